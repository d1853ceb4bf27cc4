import { assertObject, assertText, type Bytes, equalBytes, fromHex, toHex, utf8, wipe } from '../bytes.js'
import { SrpError } from '../errors.js'
import { randomBytes } from '../random.js'
import { type SrpOptions, scrambler } from '../suite.js'
import { cognitoGroup } from './group.js'
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

/** What a user pool keeps of a password: enough to check it, not enough to sign in with it. */
export interface CognitoRecord {
  /** The pool name for a user, the device group key for a device. */
  readonly scope: string
  /** The user's or the device's own id. */
  readonly userId: string
  /** Hex. */
  readonly salt: string
  /** Hex: see `cognitoVerifier`. */
  readonly verifier: string
}

/** The client's answer, as the service's API carries it. */
export interface CognitoAnswer {
  /** SRP_A: hex. */
  readonly srpA: string
  /** PASSWORD_CLAIM_SECRET_BLOCK: base64. */
  readonly secretBlock: string
  /** PASSWORD_CLAIM_SIGNATURE: base64. */
  readonly signature: string
  /** TIMESTAMP, as it came: whether its format and time are acceptable is for the caller to say. */
  readonly timestamp: string
}

/** The server's half of one handshake. */
export interface CognitoServer {
  /** SALT: hex as `BigInteger.toString(16)` writes it, so of odd length at times. */
  readonly salt: string
  /** SRP_B: hex likewise. */
  readonly srpB: string
  /**
   * Whether the signature is right; compared in constant time. May be asked again: clients resend an answer without its
   * device key.
   *
   * @throws SrpError `invalid-encoding`, `too-large`, `invalid-public-key` for SRP_A and the secret block
   */
  verify(answer: CognitoAnswer): boolean
  /**
   * The handshake as text, for `resumeCognitoServer` in another process. It holds the verifier and the private key:
   * whoever reads it can sign in as this user while the handshake lasts.
   */
  save(): string
}

const PRIVATE_KEY_LENGTH = 32
const STATE_VERSION = 1

/** Characters: names of the greatest length, every character of them escaped. */
const LONGEST_STATE = 1 << 20

/**
 * `v = g^x mod N` in hex: what to store instead of a password.
 *
 * @throws SrpError `invalid-encoding`, `too-large` for the salt
 */
export function cognitoVerifier(
  values: { scope: string; userId: string; password: string; salt: string },
  options: SrpOptions = {},
): string {
  assertObject(values, 'values')
  const { scope, userId, password, salt } = values
  assertText(password, 'password')
  const x = passwordExponent(identity(scope, userId), password, parseSalt(salt))
  const verifier = cognitoArithmetic(options).power(x)
  wipe(x)
  return toHex(verifier)
}

/**
 * Checks SRP_A as a server must before it answers.
 *
 * @throws SrpError `invalid-encoding`; `too-large` if it is longer than N; `invalid-public-key` if it is 0 modulo N
 */
export function checkSrpA(srpA: string, options: SrpOptions = {}): void {
  parsePublicKey(cognitoArithmetic(options), srpA, 'srpA')
}

/**
 * Begins a handshake as the service does.
 *
 * @throws SrpError `invalid-encoding`, `too-large` for the record; `no-random`, `bad-random`
 */
export function startCognitoServer(record: CognitoRecord, options: SrpOptions = {}): CognitoServer {
  return cognitoServer(record, randomBytes(PRIVATE_KEY_LENGTH, options), options)
}

/**
 * Goes on with a handshake that `save` wrote.
 *
 * @throws SrpError `invalid-state` if the text is not one of them
 * @throws TypeError unless it is a text
 */
export function resumeCognitoServer(state: string, options: SrpOptions = {}): CognitoServer {
  if (typeof state !== 'string') throw new TypeError('state must be a string')
  cognitoArithmetic(options)
  const invalid = new SrpError('invalid-state', 'The saved handshake is damaged or of another version')
  try {
    if (state.length > LONGEST_STATE) throw invalid
    const [version, scope, userId, salt, verifier, privateKey, ...rest]: unknown[] = JSON.parse(state)
    if (version !== STATE_VERSION || rest.length > 0) throw invalid
    assertText(scope, 'scope')
    assertText(userId, 'userId')
    assertText(salt, 'salt')
    assertText(verifier, 'verifier')
    const b = fromHex(privateKey, 'privateKey', cognitoGroup.modulus.length)
    return cognitoServer({ scope, userId, salt, verifier }, b, options)
  } catch {
    throw invalid
  }
}

/** The same with a private key of the caller's. For tests: see testing.ts. */
export function cognitoServer(record: CognitoRecord, privateKey: Bytes, options: SrpOptions): CognitoServer {
  assertObject(record, 'record')
  const { scope, userId, salt, verifier: verifierHex } = record
  const arithmetic = cognitoArithmetic(options)
  const who = identity(scope, userId)
  parseSalt(salt)
  const verifier = parsePublicKey(arithmetic, verifierHex, 'verifier')
  const B = arithmetic.serverPublicKey({ k: cognitoMultiplier(), v: verifier, b: privateKey })
  return {
    salt: integerText(salt),
    srpB: integerText(toHex(B)),
    verify(answer) {
      assertObject(answer, 'answer')
      const { srpA, secretBlock, signature, timestamp } = answer
      assertText(signature, 'signature')
      assertText(timestamp, 'timestamp')
      const A = parsePublicKey(arithmetic, srpA, 'srpA')
      const block = parseSecretBlock(secretBlock)
      const u = scrambler(cognitoSuite, A, B)
      const S = arithmetic.serverSecret({ A, u, v: verifier, b: privateKey })
      const expected = claimSignature({ S, u }, { who, secretBlock: block, timestamp })
      return equalBytes(utf8(signature), utf8(expected))
    },
    save: () => JSON.stringify([STATE_VERSION, scope, userId, salt, verifierHex, toHex(privateKey)]),
  }
}

/** Hex without leading zeros. */
function integerText(hex: string): string {
  return hex.toLowerCase().replace(/^(-?)0+(?=.)/, '$1')
}
