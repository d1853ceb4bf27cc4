// cognito-srp-helper: createSrpSession with an injected private key, then signSrpSession. It is one minified file, so
// x, u, S and the key are read from the calls it makes to jsbn and crypto-js.
import type { Conversation, DeviceInputs, Oracle, Values } from '../types.js'
import { openPackage, type RandomSource, withClock, withRandom } from './fixed.js'

interface Integer {
  toString(radix: number): string
  modPow(exponent: Integer, modulus: Integer): Integer
}
interface Session {
  timestamp: string
  largeA: string
}
interface Response {
  ChallengeParameters: Record<string, string>
}
interface Package {
  createSrpSession(username: string, password: string, poolId: string, isHashed: boolean): Session
  signSrpSession(session: Session, response: Response): Session & { passwordSignature: string }
  signSrpSessionWithDevice(
    session: Session,
    response: Response,
    deviceGroupKey: string,
    password: string,
  ): Session & { passwordSignature: string }
  createDeviceVerifier(
    deviceKey: string,
    deviceGroupKey: string,
  ): { DeviceRandomPassword: string; DeviceSecretVerifierConfig: { PasswordVerifier: string; Salt: string } }
  createSecretHash(username: string, clientId: string, clientSecret: string): string
}

const { id, load, loadDependency } = openPackage('cognito-srp-helper')
const helper = load<Package>('dist/cjs/index.js')
const { BigInteger } = loadDependency<{ BigInteger: { prototype: Integer } }>('jsbn')
const CryptoJS = loadDependency<{
  lib: { WordArray: RandomSource }
  HmacSHA256(message: unknown, key: unknown): unknown
}>('crypto-js')

function converse(
  conversation: Conversation,
  sign: (session: Session) => { passwordSignature: string },
): Promise<Values> {
  const { scope, userId, password, privateKey, now } = conversation
  return withClock(now, () =>
    withRandom(CryptoJS.lib.WordArray, [privateKey], () => {
      const session = helper.createSrpSession(userId, password, `us-east-1_${scope}`, false)
      const powers: { exponent: string; result: string }[] = []
      const keys: string[] = []
      const modPow = BigInteger.prototype.modPow
      const hmac = CryptoJS.HmacSHA256
      BigInteger.prototype.modPow = function (this: Integer, exponent, modulus) {
        const result = modPow.call(this, exponent, modulus)
        powers.push({ exponent: exponent.toString(16), result: result.toString(16) })
        return result
      }
      CryptoJS.HmacSHA256 = (message, key) => {
        keys.push(String(key))
        return hmac(message, key)
      }
      try {
        const signature = sign(session).passwordSignature
        const [first, second] = powers
        const key = keys.at(-1)
        if (first === undefined || second === undefined || key === undefined)
          throw new Error('cognito-srp-helper changed')
        // Its second exponent is a + u * x.
        const x = BigInt(`0x${first.exponent}`)
        const u = (BigInt(`0x${second.exponent}`) - BigInt(`0x${privateKey}`)) / x
        const hex = { A: session.largeA, u: u.toString(16), x: first.exponent, S: second.result }
        return { ...hex, key, timestamp: session.timestamp, signature }
      } finally {
        BigInteger.prototype.modPow = modPow
        CryptoJS.HmacSHA256 = hmac
      }
    }),
  )
}

export const srpHelper: Oracle = {
  package: id,
  user: (conversation) => {
    const { salt: SALT, srpB: SRP_B, secretBlock: SECRET_BLOCK, userId: USER_ID_FOR_SRP } = conversation
    const ChallengeParameters = { SALT, SRP_B, SECRET_BLOCK, USER_ID_FOR_SRP }
    return converse(conversation, (session) => helper.signSrpSession(session, { ChallengeParameters }))
  },
  device: (conversation) => {
    const { scope, password, salt: SALT, srpB: SRP_B, secretBlock: SECRET_BLOCK, userId: DEVICE_KEY } = conversation
    const ChallengeParameters = { SALT, SRP_B, SECRET_BLOCK, DEVICE_KEY }
    return converse(conversation, (session) =>
      helper.signSrpSessionWithDevice(session, { ChallengeParameters }, scope, password),
    )
  },
  deviceVerifier: ({ deviceGroupKey, deviceKey, devicePassword, salt }: DeviceInputs) => {
    const password = Buffer.from(devicePassword, 'base64').toString('hex')
    return withRandom(CryptoJS.lib.WordArray, [password, salt], () => {
      const made = helper.createDeviceVerifier(deviceKey, deviceGroupKey)
      const { Salt, PasswordVerifier } = made.DeviceSecretVerifierConfig
      return { devicePassword: made.DeviceRandomPassword, salt: Salt, passwordVerifier: PasswordVerifier }
    })
  },
  timestamp: (now) =>
    withClock(now, () =>
      withRandom(CryptoJS.lib.WordArray, ['01'], () => ({
        timestamp: helper.createSrpSession('user', 'password', 'us-east-1_AbCdEfGhI', false).timestamp,
      })),
    ),
  secretHash: async (username, clientId, clientSecret) => ({
    secretHash: helper.createSecretHash(username, clientId, clientSecret),
  }),
}
