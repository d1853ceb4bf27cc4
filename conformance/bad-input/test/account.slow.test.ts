import { checkTable } from '../check.js'
import { ACCOUNT } from '../tables/account.js'

checkTable('cognito-srp-flows/account', ACCOUNT, 1)
