// amazon-cognito-identity-js: its own CognitoUser signs in to a service that is played by this file, so the signature
// is what the package would have sent. x, S and the key are read where its AuthenticationHelper computes them.
import type { Conversation, DeviceInputs, Oracle, Values } from '../types.js'
import { openPackage, type RandomSource, withClock, withRandom } from './fixed.js'

interface Integer {
  abs(): Integer
  toString(radix: number): string
}
type IntegerClass = new (text: string, radix: number) => Integer
type Callback<T> = (error: unknown, value: T) => void
interface Helper {
  UHexHash: string
  calculateS(x: Integer, B: Integer, callback: Callback<Integer>): void
  computehkdf(ikm: Uint8Array, salt: Uint8Array): Uint8Array
  padHex(value: Integer): string
  generateHashDevice(group: string, key: string, callback: Callback<null>): void
  getRandomPassword(): string
  getSaltDevices(): string
  getVerifierDevices(): string
}
interface Request {
  AuthParameters?: Record<string, string>
  ChallengeResponses?: Record<string, string>
}
interface User {
  client: { request(operation: string, body: Request, callback: Callback<unknown>): void }
  deviceKey: string
  deviceGroupKey: string
  randomPassword: string
  authenticateUser(details: unknown, callbacks: Record<string, (value: unknown) => void>): void
  getDeviceResponse(callbacks: Record<string, (value: unknown) => void>): void
}

const { id, load } = openPackage('amazon-cognito-identity-js')
const BigInteger = load<{ default: IntegerClass }>('lib/BigInteger.js').default
const WordArray = load<{ default: { prototype: RandomSource } }>('lib/utils/WordArray.js').default
const AuthenticationHelper = load<{ default: (new (scope: string) => Helper) & { prototype: Helper } }>(
  'lib/AuthenticationHelper.js',
).default
const DateHelper = load<{ default: new () => { getNowString(): string } }>('lib/DateHelper.js').default
const { CognitoUser, CognitoUserPool, AuthenticationDetails } = load<{
  CognitoUser: new (options: unknown) => User
  CognitoUserPool: new (options: unknown) => unknown
  AuthenticationDetails: new (options: unknown) => unknown
}>('lib/index.js')

/** Plays the service, and gives back what the package answered with. */
function converse(
  user: User,
  { srpB, salt, secretBlock, userId }: Conversation,
  start: (fail: (error: unknown) => void) => void,
): Values {
  const seen: Record<string, string> = {}
  const { calculateS, computehkdf } = AuthenticationHelper.prototype
  AuthenticationHelper.prototype.calculateS = function (this: Helper, x, B, callback) {
    seen.x = x.toString(16)
    seen.u = this.UHexHash.replace(/^0+(?=.)/, '')
    calculateS.call(this, x, B, (error, S) => {
      seen.S = S.toString(16)
      callback(error, S)
    })
  }
  AuthenticationHelper.prototype.computehkdf = function (this: Helper, ikm, hkdfSalt) {
    const key = computehkdf.call(this, ikm, hkdfSalt)
    seen.key = Buffer.from(key).toString('hex')
    return key
  }
  user.client.request = (_operation, body, callback) => {
    const sent = { ...body.AuthParameters, ...body.ChallengeResponses }
    if (sent.SRP_A !== undefined) seen.A = sent.SRP_A
    if (sent.PASSWORD_CLAIM_SIGNATURE === undefined) {
      const ChallengeParameters = { SRP_B: srpB, SALT: salt, SECRET_BLOCK: secretBlock, USER_ID_FOR_SRP: userId }
      callback(null, { ChallengeName: 'PASSWORD_VERIFIER', ChallengeParameters })
    } else {
      seen.signature = sent.PASSWORD_CLAIM_SIGNATURE
      seen.timestamp = sent.TIMESTAMP ?? ''
    }
  }
  try {
    start((error) => {
      throw error
    })
  } finally {
    Object.assign(AuthenticationHelper.prototype, { calculateS, computehkdf })
  }
  return seen
}

function newUser(scope: string): User {
  const pool = new CognitoUserPool({ UserPoolId: `us-east-1_${scope}`, ClientId: '4abcdefghijklmnopqrstuvwxy' })
  return new CognitoUser({ Username: 'alias', Pool: pool })
}

export const identityJs: Oracle = {
  package: id,
  user: (conversation) =>
    withClock(conversation.now, () =>
      withRandom(WordArray.prototype, [conversation.privateKey], () => {
        const user = newUser(conversation.scope)
        const details = new AuthenticationDetails({ Username: 'alias', Password: conversation.password })
        return converse(user, conversation, (fail) => user.authenticateUser(details, { onFailure: fail }))
      }),
    ),
  device: (conversation) =>
    withClock(conversation.now, () =>
      withRandom(WordArray.prototype, [conversation.privateKey], () => {
        const user = newUser('AbCdEfGhI')
        user.deviceGroupKey = conversation.scope
        user.deviceKey = conversation.userId
        user.randomPassword = conversation.password
        return converse(user, conversation, (fail) => user.getDeviceResponse({ onFailure: fail }))
      }),
    ),
  deviceVerifier: ({ deviceGroupKey, deviceKey, devicePassword, salt }: DeviceInputs) => {
    const password = Buffer.from(devicePassword, 'base64').toString('hex')
    // The helper draws a private key first, whether or not it is needed.
    return withRandom(WordArray.prototype, ['01', password, salt], () => {
      const helper = new AuthenticationHelper('AbCdEfGhI')
      helper.generateHashDevice(deviceGroupKey, deviceKey, (error) => {
        if (error) throw error
      })
      return {
        devicePassword: helper.getRandomPassword(),
        salt: Buffer.from(helper.getSaltDevices(), 'hex').toString('base64'),
        passwordVerifier: Buffer.from(helper.getVerifierDevices(), 'hex').toString('base64'),
      }
    })
  },
  timestamp: (now) => withClock(now, () => ({ timestamp: new DateHelper().getNowString() })),
  signedBytes: async (hex) => ({
    bytes: AuthenticationHelper.prototype.padHex(new BigInteger(hex, 16)).toLowerCase(),
  }),
}
