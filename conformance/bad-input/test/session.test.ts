import { checkTable } from '../check.js'
import { SESSION } from '../tables/session.js'

checkTable('cognito-srp-flows/session', SESSION, 10)
