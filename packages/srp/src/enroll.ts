import { assertInteger, readFields } from './arguments.js'
import { type Bytes, copyOwnBytes } from './bytes.js'
import type { Derived, Suite } from './define-suite.js'
import type { GroupArithmetic } from './engine/engine.js'
import { arithmeticOf, copySalt, type Outcome, withPasswordExponent } from './handshake.js'
import { randomBytes } from './random.js'
import type { EngineOptions, SrpOptions } from './suite.js'

/**
 * The record that a server keeps of a user. Guard it as you would a password hash: it lets one guess the password
 * offline.
 */
export interface ServerRecord {
  readonly username: string
  /** 1 to 1,024 bytes. */
  readonly salt: Bytes
  /** `v = g^x mod N`; as `enroll` makes it, in the length of N. */
  readonly verifier: Bytes
}

/** A name and its password; bytes are taken as they are, for passwords that were derived elsewhere. */
export interface Credentials {
  readonly username: string
  readonly password: string | Bytes
}

/** The options of `enroll`. */
export interface EnrollOptions extends SrpOptions {
  /** Bytes of the random salt, 16 if left out; at least 8, at most 1,024. */
  readonly saltLength?: number | undefined
  /** A salt of your own instead of a random one, 1 to 1,024 bytes: where another system has made it. */
  readonly salt?: Bytes | undefined
}

const SALT_LENGTH = 16

/**
 * Make a new user's record, best on the user's own machine, so that the server never sees the password.
 *
 * @param suite one of `suites`, or one made by `defineSuite`
 * @param credentials the new user's name and password
 * @param options the settings below; each may be left out
 * @param options.saltLength bytes of the random salt, 16 if left out
 * @param options.salt a salt of your own instead
 * @param options.engine the arithmetic, which is required
 * @param options.random the source of the salt; `crypto.getRandomValues` if left out
 * @returns the record for the server; a promise of it if the suite's key derivation is asynchronous
 * @throws TypeError, RangeError for an argument that is missing or wrong
 * @throws SrpError `no-random`, `bad-random`
 * @example
 * const { username, salt, verifier } = enroll(suites.rfc5054, { username: 'ada', password: 'correct horse' }, { engine })
 * await users.insert({ username, salt, verifier })
 */
export function enroll<D extends Derived>(
  suite: Suite<D>,
  credentials: Credentials,
  options: EnrollOptions & EngineOptions,
): Outcome<D, ServerRecord> {
  const arithmetic = arithmeticOf(suite, options)
  const { salt: given, saltLength = SALT_LENGTH } = readFields(options, 'options', ['salt', 'saltLength'])
  assertInteger(saltLength, 'saltLength', 8, 1024)
  const salt = given === undefined ? randomBytes(saltLength, options) : copyOwnBytes(given, 'salt', 1, 1024)
  return enrollOn(suite, credentials, salt, arithmetic)
}

/** Make a record with a given salt. */
export function enrollOn<D extends Derived>(
  suite: Suite<D>,
  credentials: Credentials,
  salt: Bytes,
  arithmetic: GroupArithmetic,
): Outcome<D, ServerRecord> {
  const { username, password } = readFields(credentials, 'credentials', ['username', 'password'])
  const s = copySalt(salt)
  return withPasswordExponent(suite, { username, password, salt: s }, (x) => ({
    username,
    salt: s,
    verifier: arithmetic.power(x),
  }))
}
