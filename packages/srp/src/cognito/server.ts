import { assertString, readFields } from '../arguments.js'
import { type Bytes, equalBytes, utf8, wipe } from '../bytes.js'
import { encodeHex, parseHex } from '../codec.js'
import type { GroupArithmetic } from '../engine/engine.js'
import { SrpError } from '../errors.js'
import { randomBytes } from '../random.js'
import type { EngineOptions } from '../suite.js'
import type { Claim } from './claim.js'
import { cognitoGroup } from './group.js'
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

/** The record that a user pool keeps of a password: enough to check it, not enough to sign in with it. */
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

/** The client's answer: SRP_A of the first request, the claim of the second. */
export interface CognitoAnswer extends Claim {
  /** Hex. */
  readonly SRP_A: string
}

/** The server's half of one handshake, under the names of the service. */
export interface CognitoServer {
  /** Hex as `BigInteger.toString(16)` writes it, so of odd length at times. */
  readonly SALT: string
  /** B, written in the way of SALT. */
  readonly SRP_B: string
  /**
   * Check the signature, in constant time. May be asked again: clients resend an answer without its device key. The
   * format and the age of TIMESTAMP are for the caller to check.
   *
   * @throws SrpError `wrong-proof` if the signature is wrong; `invalid-encoding`, `too-large`, `invalid-public-key` for
   *   SRP_A and the secret block
   * @throws TypeError, RangeError for an argument that is missing or wrong
   */
  verify(answer: CognitoAnswer): void
  /**
   * Write the handshake as text, for `resumeCognitoServer` in another process. It holds the verifier and the private
   * key: with it one can sign in as this user while the handshake lasts.
   */
  save(): string
}

const PRIVATE_KEY_LENGTH = 32
const STATE_VERSION = 1

/** Characters: names of the greatest length, every character of them escaped. */
const LONGEST_STATE = 1 << 20

const IDENTITY = ['scope', 'userId'] as const

/**
 * Compute `v = g^x mod N`, which a user pool stores instead of a password.
 *
 * @param values the identity, its password and its salt
 * @param values.scope the pool name for a user, the device group key for a device
 * @param values.userId the user's or the device's own id
 * @param values.password the password, or the device's
 * @param values.salt hex of any length and case
 * @param options the setting below, which may be left out
 * @param options.engine the arithmetic, which is required
 * @returns the verifier in hex, for `startCognitoServer`
 * @throws TypeError, RangeError for an argument that is missing or wrong
 * @throws SrpError `invalid-encoding`, `too-large` for the salt
 * @example
 * const identity = { scope: 'AbCdEfGhI', userId: 'ada', salt: toHex(randomSalt) }
 * const record = { ...identity, verifier: cognitoVerifier({ ...identity, password }, { engine }) }
 */
export function cognitoVerifier(
  values: { readonly scope: string; readonly userId: string; readonly password: string; readonly salt: string },
  options: EngineOptions,
): string {
  const { scope, userId, password, salt } = readFields(values, 'values', ['salt'], ['scope', 'userId', 'password'])
  const x = passwordExponent(identity(scope, userId), password, parseSalt(salt, 'salt'))
  const verifier = cognitoArithmetic(options).power(x)
  wipe(x)
  return encodeHex(verifier)
}

/**
 * Check SRP_A as a server must before it answers.
 *
 * @param srpA SRP_A of the first request: hex
 * @param options the setting below, which may be left out
 * @param options.engine the arithmetic, which is required
 * @throws SrpError `invalid-encoding`; `too-large` if it is longer than N; `invalid-public-key` if it is 0 modulo N
 * @example
 * checkSrpA(request.AuthParameters.SRP_A, { engine }) // throws, or says nothing
 */
export function checkSrpA(srpA: string, options: EngineOptions): void {
  parsePublicKey(cognitoArithmetic(options), srpA, 'SRP_A')
}

/**
 * Begin a handshake as the service does.
 *
 * @param record the user's or the device's
 * @param options the settings below; each may be left out
 * @param options.engine the arithmetic, which is required
 * @param options.random the source of the private key; `crypto.getRandomValues` if left out
 * @returns the server's half: SALT and SRP_B are ChallengeParameters
 * @throws SrpError `invalid-encoding`, `too-large`, `invalid-public-key` for the record; `no-random`, `bad-random`
 * @throws TypeError, RangeError for an argument that is missing or wrong
 * @example
 * const server = startCognitoServer(record, { engine })
 * // ChallengeParameters { SALT: server.SALT, SRP_B: server.SRP_B, SECRET_BLOCK, USER_ID_FOR_SRP }
 * server.verify({ SRP_A, ...ChallengeResponses }) // throws `wrong-proof`, or says nothing
 */
export function startCognitoServer(record: CognitoRecord, options: EngineOptions): CognitoServer {
  const arithmetic = cognitoArithmetic(options)
  return cognitoServer(record, randomBytes(PRIVATE_KEY_LENGTH, options), arithmetic)
}

/**
 * Continue a handshake that `save` wrote.
 *
 * @param state the text that `save` returned
 * @param options the setting below, which may be left out
 * @param options.engine the arithmetic, which is required
 * @returns the server's half as it was
 * @throws SrpError `invalid-state` if the text is damaged or of another version
 * @throws TypeError unless it is a text
 * @example
 * resumeCognitoServer(state, { engine }).verify({ SRP_A, ...ChallengeResponses })
 */
export function resumeCognitoServer(state: string, options: EngineOptions): CognitoServer {
  if (typeof state !== 'string') throw new TypeError('state: expected a string')
  const arithmetic = cognitoArithmetic(options)
  const invalid = new SrpError('invalid-state', 'The saved handshake is damaged or of another version')
  try {
    if (state.length > LONGEST_STATE) throw invalid
    const [version, scope, userId, salt, verifier, privateKey, ...rest]: unknown[] = JSON.parse(state)
    if (version !== STATE_VERSION || rest.length > 0) throw invalid
    assertString(salt, 'salt')
    assertString(verifier, 'verifier')
    const b = parseHex(privateKey, 'privateKey', cognitoGroup.modulus.length)
    return cognitoServer({ scope: scope as string, userId: userId as string, salt, verifier }, b, arithmetic)
  } catch {
    throw invalid
  }
}

/** Begin a handshake with a given private key. */
export function cognitoServer(record: CognitoRecord, privateKey: Bytes, arithmetic: GroupArithmetic): CognitoServer {
  const { scope, userId, salt, verifier: verifierHex } = readFields(record, 'record', ['salt', 'verifier'], IDENTITY)
  const who = identity(scope, userId)
  parseSalt(salt, 'salt')
  const verifier = parsePublicKey(arithmetic, verifierHex, 'verifier')
  const B = arithmetic.serverPublicKey({ k: cognitoMultiplier(), v: verifier, b: privateKey })
  return {
    SALT: integerText(salt),
    SRP_B: integerText(encodeHex(B)),
    verify(answer) {
      const fields = readFields(answer, 'answer', ANSWER)
      const { PASSWORD_CLAIM_SIGNATURE: signature, TIMESTAMP: timestamp } = fields
      assertString(signature, 'PASSWORD_CLAIM_SIGNATURE')
      assertString(timestamp, 'TIMESTAMP')
      const A = parsePublicKey(arithmetic, fields.SRP_A, 'SRP_A')
      const secretBlock = parseSecretBlock(fields.PASSWORD_CLAIM_SECRET_BLOCK, 'PASSWORD_CLAIM_SECRET_BLOCK')
      const u = cognitoScrambler(A, B)
      const S = arithmetic.serverSecret({ A, u, v: verifier, b: privateKey })
      const expected = claimSignature({ S, u }, { who, secretBlock, timestamp })
      if (!equalBytes(utf8(signature), utf8(expected))) {
        throw new SrpError('wrong-proof', 'The client does not know the password')
      }
    },
    save: () => JSON.stringify([STATE_VERSION, scope, userId, salt, verifierHex, encodeHex(privateKey)]),
  }
}

const ANSWER = ['SRP_A', 'PASSWORD_CLAIM_SIGNATURE', 'PASSWORD_CLAIM_SECRET_BLOCK', 'TIMESTAMP'] as const

/** Drop leading zeros of hex. */
function integerText(hex: string): string {
  return hex.toLowerCase().replace(/^(-?)0+(?=.)/, '$1')
}
