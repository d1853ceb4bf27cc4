import { checkTable } from '../check.js'
import { FLOWS } from '../tables/flows.js'
import { REPLIES } from '../tables/replies.js'

checkTable('cognito-srp-flows', { ...FLOWS, ...REPLIES }, 1)
