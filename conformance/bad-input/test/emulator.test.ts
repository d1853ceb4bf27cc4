import { checkTable } from '../check.js'
import { EMULATOR } from '../tables/emulator.js'

checkTable('cognito-user-pool-emulator', EMULATOR, 10)
