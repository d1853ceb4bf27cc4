import { assertObject, assertText, type Bytes, toHex, wipe } from '../bytes.js'
import { SrpError } from '../errors.js'
import { randomBytes } from '../random.js'
import { type SrpOptions, scrambler } from '../suite.js'
import {
  claimSignature,
  cognitoArithmetic,
  cognitoMultiplier,
  cognitoSuite,
  identity,
  parsePublicKey,
  parseSalt,
  parseSecretBlock,
  passwordExponent,
} from './suite.js'
import { formatTimestamp } from './timestamp.js'

/** What the service asked, with the password that answers it. */
export interface CognitoChallenge {
  /** The pool name for a user (see `parseUserPoolId`), the device group key for a device. */
  readonly scope: string
  /** USER_ID_FOR_SRP for a user, never the alias that was typed; the device key for a device. */
  readonly userId: string
  readonly password: string
  /** SALT: hex of any length and case. */
  readonly salt: string
  /** SRP_B: hex of any length and case. */
  readonly srpB: string
  /** SECRET_BLOCK: base64. */
  readonly secretBlock: string
  /** When the claim is signed; the present if left out. */
  readonly now?: Date
}

/** The answer to PASSWORD_VERIFIER or DEVICE_PASSWORD_VERIFIER. */
export interface PasswordClaim {
  /** PASSWORD_CLAIM_SIGNATURE: base64. */
  readonly signature: string
  /** PASSWORD_CLAIM_SECRET_BLOCK: the service's secret block, as it came. */
  readonly secretBlock: string
  /** TIMESTAMP, the one that was signed. */
  readonly timestamp: string
}

/** The client's half of one handshake. */
export interface CognitoSrp {
  /** SRP_A: hex. */
  readonly srpA: string
  /**
   * Signs the service's challenge, once.
   *
   * @throws SrpError `invalid-encoding`, `too-large`, `invalid-public-key` if the service sent nonsense, and nothing else
   *   happens; `used-twice` the second time
   * @throws TypeError, RangeError if an argument of the caller's is missing or wrong
   */
  claim(challenge: CognitoChallenge): PasswordClaim
}

/** Bytes of the private key: RFC 5054, section 2.5.4 asks for at least 256 bits, and more only makes it slower. */
const PRIVATE_KEY_LENGTH = 32

/**
 * Begins a sign-in: send `srpA` as SRP_A, then answer the challenge with `claim`.
 *
 * @example
 * const srp = startCognitoSrp()
 * // InitiateAuth { AuthFlow: 'USER_SRP_AUTH', AuthParameters: { USERNAME, SRP_A: srp.srpA } }
 * const claim = srp.claim({ scope: poolName, userId: p.USER_ID_FOR_SRP, password, salt: p.SALT, srpB: p.SRP_B, secretBlock: p.SECRET_BLOCK })
 * @throws SrpError `no-random`, `bad-random`
 */
export function startCognitoSrp(options: SrpOptions = {}): CognitoSrp {
  return cognitoClient(randomBytes(PRIVATE_KEY_LENGTH, options), options)
}

/** The same with a private key of the caller's, which it wipes after use. For tests: see testing.ts. */
export function cognitoClient(privateKey: Bytes, options: SrpOptions): CognitoSrp {
  const arithmetic = cognitoArithmetic(options)
  const A = arithmetic.power(privateKey)
  let used = false
  return {
    srpA: toHex(A),
    claim(challenge) {
      assertObject(challenge, 'challenge')
      const { scope, userId, password, salt, srpB, secretBlock, now = new Date() } = challenge
      if (used) throw new SrpError('used-twice', 'This handshake has been answered already: start another')
      assertText(password, 'password')
      const who = identity(scope, userId)
      const timestamp = formatTimestamp(now)
      const encodedSalt = parseSalt(salt)
      const block = parseSecretBlock(secretBlock)
      const B = parsePublicKey(arithmetic, srpB, 'srpB')
      const u = scrambler(cognitoSuite, A, B)
      used = true
      const x = passwordExponent(who, password, encodedSalt)
      const S = arithmetic.clientSecret({ B, k: cognitoMultiplier(), u, x, a: privateKey })
      wipe(x, privateKey)
      const signature = claimSignature({ S, u }, { who, secretBlock: block, timestamp })
      return { signature, secretBlock, timestamp }
    },
  }
}
