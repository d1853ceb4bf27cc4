import { type Clock, readClock, readFields } from '../arguments.js'
import { type Bytes, wipe } from '../bytes.js'
import { assertEncoded, encodeHex } from '../codec.js'
import type { GroupArithmetic } from '../engine/engine.js'
import { SrpError } from '../errors.js'
import { randomBytes } from '../random.js'
import type { EngineOptions } from '../suite.js'
import type { ChallengeParameters, Claim } from './claim.js'
import {
  claimSignature,
  cognitoArithmetic,
  cognitoMultiplier,
  cognitoScrambler,
  identity,
  parsePublicKey,
  parseSalt,
  parseSecretBlock,
  passwordExponent,
} from './suite.js'
import { timestampOf } from './timestamp.js'
import { parseUserPoolId } from './user-pool-id.js'

/** The service's challenge to a user, with the password that answers it. */
export interface UserChallenge {
  /** `us-east-1_AbCdEfGhI` */
  readonly userPoolId: string
  readonly password: string
  /** ChallengeParameters of PASSWORD_VERIFIER: SALT, SRP_B, SECRET_BLOCK and USER_ID_FOR_SRP. */
  readonly challenge: ChallengeParameters
  /** The time of the claim; the system's clock if left out. */
  readonly now?: Clock | undefined
}

/** The service's challenge to a device, with the device's password that answers it. */
export interface DeviceChallenge {
  readonly deviceGroupKey: string
  /** `<region>_<uuid>` */
  readonly deviceKey: string
  /** The one that `createDeviceVerifier` made. */
  readonly devicePassword: string
  /** ChallengeParameters of DEVICE_PASSWORD_VERIFIER: SALT, SRP_B and SECRET_BLOCK. */
  readonly challenge: ChallengeParameters
  /** The time of the claim; the system's clock if left out. */
  readonly now?: Clock | undefined
}

/** The client's half of one handshake with the service. */
export interface CognitoClient {
  /** SRP_A: hex. */
  readonly srpA: string
  /**
   * Answer PASSWORD_VERIFIER. Each handshake answers one challenge, of a user or of a device.
   *
   * @returns three fields of ChallengeResponses: spread them into it
   * @throws SrpError `invalid-encoding`, `too-large`, `invalid-public-key` if the service sent nonsense, and nothing else
   *   happens; `used-twice` the second time
   * @throws TypeError, RangeError if an argument of the caller's is missing or wrong
   */
  answerUser(values: UserChallenge): Claim
  /**
   * Answer DEVICE_PASSWORD_VERIFIER. Each handshake answers one challenge, of a user or of a device.
   *
   * @returns three fields of ChallengeResponses: spread them into it
   * @throws SrpError `invalid-encoding`, `too-large`, `invalid-public-key` if the service sent nonsense, and nothing else
   *   happens; `used-twice` the second time
   * @throws TypeError, RangeError if an argument of the caller's is missing or wrong
   */
  answerDevice(values: DeviceChallenge): Claim
}

/** Bytes of the private key: RFC 5054, section 2.5.4 asks for at least 256 bits, and more only makes it slower. */
const PRIVATE_KEY_LENGTH = 32

/**
 * Begin a sign-in: send `srpA` as SRP_A, then answer the challenge.
 *
 * @param options the settings below; each may be left out
 * @param options.engine the arithmetic, which is required
 * @param options.random the source of the private key; `crypto.getRandomValues` if left out
 * @returns the client's half, which answers one challenge
 * @throws TypeError for an option that is wrong
 * @throws SrpError `no-random`, `bad-random`
 * @example
 * const { srpA, answerUser } = startCognitoClient({ engine })
 * // InitiateAuth { AuthFlow: 'USER_SRP_AUTH', AuthParameters: { USERNAME: username, SRP_A: srpA } }
 * const claim = answerUser({ userPoolId, password, challenge: reply.ChallengeParameters })
 * // RespondToAuthChallenge { ChallengeResponses: { USERNAME: reply.ChallengeParameters.USER_ID_FOR_SRP, ...claim } }
 */
export function startCognitoClient(options: EngineOptions): CognitoClient {
  const arithmetic = cognitoArithmetic(options)
  return cognitoClient(randomBytes(PRIVATE_KEY_LENGTH, options), arithmetic)
}

const PARAMETERS = ['SALT', 'SRP_B', 'SECRET_BLOCK', 'USER_ID_FOR_SRP'] as const

type Parameters = Pick<ChallengeParameters, (typeof PARAMETERS)[number]>

/** The two kinds of answer have these in common. */
type Answer = UserChallenge | DeviceChallenge

/** The longest name of a user in the pool, in characters. */
const LONGEST_ID = 65_536

/** Begin a sign-in with a given private key, which is wiped after use. */
export function cognitoClient(privateKey: Bytes, arithmetic: GroupArithmetic): CognitoClient {
  const A = arithmetic.power(privateKey)
  let used = false
  const read = <T extends Answer, S extends keyof T & string>(values: T, strings: readonly S[]) => {
    if (used) throw new SrpError('used-twice', 'This handshake has been answered already: start another')
    const { challenge, now, ...rest } = readFields(values, 'values', ['challenge', 'now'], strings)
    return { ...rest, challenge: readFields(challenge, 'challenge', PARAMETERS), now }
  }
  const sign = (who: Bytes, password: string, challenge: Parameters, now: Clock | undefined): Claim => {
    const TIMESTAMP = timestampOf(readClock(now))
    const salt = parseSalt(challenge.SALT, 'SALT')
    const secretBlock = parseSecretBlock(challenge.SECRET_BLOCK, 'SECRET_BLOCK')
    const B = parsePublicKey(arithmetic, challenge.SRP_B, 'SRP_B')
    const u = cognitoScrambler(A, B)
    used = true
    const x = passwordExponent(who, password, salt)
    const S = arithmetic.clientSecret({ B, k: cognitoMultiplier(), u, x, a: privateKey })
    wipe(x, privateKey)
    return {
      PASSWORD_CLAIM_SIGNATURE: claimSignature({ S, u }, { who, secretBlock, timestamp: TIMESTAMP }),
      PASSWORD_CLAIM_SECRET_BLOCK: challenge.SECRET_BLOCK as string,
      TIMESTAMP,
    }
  }
  return {
    srpA: encodeHex(A),
    answerUser(values) {
      const { userPoolId, password, challenge, now } = read(values, ['userPoolId', 'password'])
      const { poolName } = parseUserPoolId(userPoolId)
      const userId: unknown = challenge.USER_ID_FOR_SRP
      assertEncoded(userId, 'USER_ID_FOR_SRP', LONGEST_ID, /./s)
      return sign(identity(poolName, userId), password, challenge, now)
    },
    answerDevice(values) {
      const names = ['deviceGroupKey', 'deviceKey', 'devicePassword'] as const
      const { deviceGroupKey, deviceKey, devicePassword, challenge, now } = read(values, names)
      return sign(identity(deviceGroupKey, deviceKey), devicePassword, challenge, now)
    },
  }
}
