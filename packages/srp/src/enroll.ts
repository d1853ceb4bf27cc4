import { assertObject, type Bytes } from './bytes.js'
import type { Derived, Suite } from './define-suite.js'
import { arithmeticOf, type Outcome, withPasswordExponent } from './handshake.js'
import { randomBytes } from './random.js'
import type { SrpOptions } from './suite.js'

/** What a server keeps of a password. Guard it as you would a password hash: it lets one guess the password offline. */
export interface Enrollment {
  readonly salt: Bytes
  /** `v = g^x mod N`, in the length of N. */
  readonly verifier: Bytes
}

/** A name and its password; bytes are taken as they are, for passwords that were derived elsewhere. */
export interface Credentials {
  readonly username: string
  readonly password: string | Bytes
}

export interface EnrollOptions extends SrpOptions {
  /** Bytes of the salt, 16 if left out; at least 8, at most 1,024. */
  readonly saltLength?: number
}

const SALT_LENGTH = 16

/**
 * Makes a new user's salt and verifier, best on the user's own machine, so that the server never sees the password.
 *
 * @returns a promise of it if the suite's key derivation is asynchronous
 * @throws TypeError, RangeError for an argument that is missing or wrong; SrpError `no-random`, `bad-random`
 */
export function enroll<D extends Derived>(
  suite: Suite<D>,
  credentials: Credentials,
  options: EnrollOptions = {},
): Outcome<D, Enrollment> {
  assertObject(options, 'options')
  const { saltLength = SALT_LENGTH } = options
  if (!(Number.isInteger(saltLength) && saltLength >= 8 && saltLength <= 1024)) {
    throw new RangeError('saltLength must be a whole number from 8 to 1024')
  }
  return enrollWithSalt(suite, credentials, randomBytes(saltLength, options), options)
}

/** The same with the salt given. For tests and for migration: see testing.ts. */
export function enrollWithSalt<D extends Derived>(
  suite: Suite<D>,
  credentials: Credentials,
  salt: Bytes,
  options: SrpOptions = {},
): Outcome<D, Enrollment> {
  const arithmetic = arithmeticOf(suite, options)
  assertObject(credentials, 'credentials')
  const { username, password } = credentials
  return withPasswordExponent(suite, { username, password, salt }, (x) => ({ salt, verifier: arithmetic.power(x) }))
}
