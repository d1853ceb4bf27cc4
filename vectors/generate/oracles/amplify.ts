// @aws-amplify/auth: the calls of its handlePasswordVerifierChallenge and handleDeviceSRPAuth, in their order, without
// the network between them.
import type { Conversation, DeviceInputs, Oracle, Values } from '../types.js'
import { openPackage, type RandomSource, withClock, withRandom } from './fixed.js'

interface Integer {
  toString(radix: number): string
  subtract(other: Integer): Integer
  modPow(exponent: Integer, modulus: Integer, callback: (error: unknown, value: Integer) => void): void
}
interface Helper {
  A: Integer
  g: Integer
  getPasswordAuthenticationKey(inputs: {
    username: string
    password: string
    serverBValue: Integer
    salt: Integer
  }): Promise<Uint8Array>
  generateHashDevice(group: string, key: string): Promise<void>
  getRandomPassword(): string
  getSaltToHashDevices(): string
  getVerifierDevices(): string
}
interface SignatureInputs {
  userPoolName: string
  username: string
  challengeParameters: Record<string, string>
  dateNow: string
  hkdf: Uint8Array
}

const { id, load, loadDependency } = openPackage('@aws-amplify/auth')
const srp = 'dist/cjs/providers/cognito/utils/srp'
const { BigInteger } = load<{ BigInteger: new (text: string, radix: number) => Integer }>(`${srp}/BigInteger/index.js`)
const { getAuthenticationHelper } = load<{ getAuthenticationHelper(scope: string): Promise<Helper> }>(
  `${srp}/getAuthenticationHelper.js`,
)
const { calculateU } = load<{ calculateU(inputs: { A: Integer; B: Integer }): Integer }>(
  `${srp}/calculate/calculateU.js`,
)
const { getNowString } = load<{ getNowString(): string }>(`${srp}/getNowString.js`)
const { getSignatureString } = load<{ getSignatureString(inputs: SignatureInputs): string }>(
  `${srp}/getSignatureString.js`,
)
const { getPaddedHex } = load<{ getPaddedHex(value: Integer): string }>(`${srp}/getPaddedHex.js`)
const { WordArray } = loadDependency<{ WordArray: { prototype: RandomSource } }>('@aws-amplify/core/internals/utils')

/** Tells of every power taken of `base`. */
function watch(base: Integer, tell: (exponent: Integer, power: Integer) => void): Integer {
  const { modPow } = base
  base.modPow = (exponent, modulus, callback) =>
    modPow.call(base, exponent, modulus, (error, power) => {
      tell(exponent, power)
      callback(error, power)
    })
  return base
}

function converse(conversation: Conversation): Promise<Values> {
  const { scope, userId, password, privateKey, salt, srpB, secretBlock, now } = conversation
  return withClock(now, () =>
    withRandom(WordArray.prototype, [privateKey], async () => {
      const helper = await getAuthenticationHelper(scope)
      const B = new BigInteger(srpB, 16)
      let x: Integer | undefined
      watch(helper.g, (exponent) => {
        x = exponent
      })
      let S: Integer | undefined
      const { subtract } = B
      B.subtract = (other) =>
        watch(subtract.call(B, other), (_, power) => {
          S = power
        })
      const hkdf = await helper.getPasswordAuthenticationKey({
        username: userId,
        password,
        serverBValue: B,
        salt: new BigInteger(salt, 16),
      })
      if (x === undefined || S === undefined) throw new Error('Amplify computed no x or no S')
      const U = calculateU({ A: helper.A, B })
      const timestamp = getNowString()
      const signature = getSignatureString({
        userPoolName: scope,
        username: userId,
        challengeParameters: { SECRET_BLOCK: secretBlock },
        dateNow: timestamp,
        hkdf,
      })
      const hex = { A: helper.A.toString(16), u: U.toString(16), x: x.toString(16), S: S.toString(16) }
      return { ...hex, key: Buffer.from(hkdf).toString('hex'), timestamp, signature }
    }),
  )
}

export const amplify: Oracle = {
  package: id,
  user: converse,
  device: converse,
  deviceVerifier: ({ deviceGroupKey, deviceKey, devicePassword, salt }: DeviceInputs) => {
    const password = Buffer.from(devicePassword, 'base64').toString('hex')
    return withRandom(WordArray.prototype, ['01', password, salt], async () => {
      const helper = await getAuthenticationHelper('AbCdEfGhI')
      await helper.generateHashDevice(deviceGroupKey, deviceKey)
      return {
        devicePassword: helper.getRandomPassword(),
        salt: Buffer.from(helper.getSaltToHashDevices(), 'hex').toString('base64'),
        passwordVerifier: Buffer.from(helper.getVerifierDevices(), 'hex').toString('base64'),
      }
    })
  },
  timestamp: (now) => withClock(now, () => ({ timestamp: getNowString() })),
  signedBytes: async (hex) => ({ bytes: getPaddedHex(new BigInteger(hex, 16)).toLowerCase() }),
}
