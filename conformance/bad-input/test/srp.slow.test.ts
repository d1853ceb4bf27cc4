import { checkTable } from '../check.js'
import { COGNITO } from '../tables/cognito.js'
import { DEFINE } from '../tables/define.js'
import { HANDSHAKE } from '../tables/handshake.js'

checkTable('@srp6a/srp', { ...HANDSHAKE, ...DEFINE, ...COGNITO }, 1)
