// What enrolment, client and server have in common.
import { assertBytes, assertText, type Bytes, isBytes, utf8, wipe } from './bytes.js'
import type { Derived, Suite } from './define-suite.js'
import { minimal, padded } from './encode.js'
import type { GroupArithmetic } from './engine/engine.js'
import { SrpError } from './errors.js'
import { digest, groupArithmetic, hashInput, type SrpOptions, type Values } from './suite.js'

/** `T` where the key derivation is synchronous, a promise of it where it is not. */
export type Outcome<D extends Derived, T> = D extends Promise<Bytes> ? Promise<T> : T

/** Bytes of a private key: RFC 5054, section 2.5.4 asks for at least 256 bits, and more only makes it slower. */
export const PRIVATE_KEY_LENGTH = 32

/** The longest salt taken, in bytes. */
const MAX_SALT = 1024

/** The longest password taken as bytes; one of text may have as many characters. */
const MAX_PASSWORD = 65_536

/** @throws TypeError for a suite of the caller's own making, which would have skipped the checks */
export function assertSuite(suite: Suite<Derived>): void {
  if (typeof suite !== 'object' || !suite || !Object.isFrozen(suite)) {
    throw new TypeError('suite must be one of suites, or made by defineSuite')
  }
}

export function arithmeticOf(suite: Suite<Derived>, options: SrpOptions): GroupArithmetic {
  assertSuite(suite)
  return groupArithmetic(suite.group, options)
}

/**
 * @throws TypeError unless it is a Uint8Array
 * @throws SrpError `invalid-encoding` if it is empty; `too-large` above 1,024 bytes
 */
export function checkSalt(salt: Bytes): void {
  assertBytes(salt, 'salt')
  if (salt.length === 0) throw new SrpError('invalid-encoding', 'salt is empty')
  if (salt.length > MAX_SALT) throw new SrpError('too-large', `salt is longer than ${MAX_SALT} bytes`)
}

/**
 * `x` of a username, password and salt, handed to `use` and wiped after it.
 *
 * @throws TypeError, RangeError for what is no text; whatever the suite's key derivation throws
 */
export function withPasswordExponent<D extends Derived, T>(
  suite: Suite<D>,
  credentials: { username: string; password: string | Bytes; salt: Bytes },
  use: (x: Bytes) => T,
): Outcome<D, T> {
  const { username, password, salt } = credentials
  assertText(username, 'username')
  if (!isBytes(password)) assertText(password, 'password')
  else if (password.length > MAX_PASSWORD) throw new RangeError(`password is longer than ${MAX_PASSWORD} bytes`)
  checkSalt(salt)
  // Not slice(): that of a Buffer shares its memory, and what is wiped here would be the caller's.
  const given = isBytes(password) ? Uint8Array.from(password) : utf8(password)
  const finish = (P: Bytes): T => {
    assertBytes(P, 'what passwordKdf returns')
    if (P.length > MAX_PASSWORD) throw new RangeError(`what passwordKdf returns is longer than ${MAX_PASSWORD} bytes`)
    const x = digest(suite, suite.x, { I: utf8(username), P, s: salt })
    wipe(P, given)
    try {
      return use(x)
    } finally {
      wipe(x)
    }
  }
  const fail = (error: unknown): never => {
    wipe(given)
    throw error
  }
  try {
    const P = suite.passwordKdf ? suite.passwordKdf({ username, password: given, salt }) : given
    // The condition in Outcome is the one here, which the compiler cannot follow.
    return (P instanceof Promise ? P.then(finish).catch(fail) : finish(P)) as Outcome<D, T>
  } catch (error) {
    return fail(error)
  }
}

/** The session key and both proofs. `S` is wiped. */
export function agree(suite: Suite<Derived>, values: Values & { S: Bytes }): { K: Bytes; M1: Bytes; M2: Bytes } {
  const K = 'plain' in suite.K ? hashInput(suite, suite.K.plain, values) : digest(suite, suite.K, values)
  const M1 = digest(suite, suite.M1, { ...values, K })
  const M2 = digest(suite, suite.M2, { ...values, K, M1 })
  wipe(values.S)
  return { K, M1, M2 }
}

/**
 * A proof as it came, in the length of a digest: peers that write it as an integer drop its leading zeros.
 *
 * @throws TypeError unless it is a Uint8Array
 * @throws SrpError `invalid-encoding` if it is empty; `too-large` if it is longer than a digest
 */
export function checkProof(suite: Suite<Derived>, proof: Bytes, name: string): Bytes {
  assertBytes(proof, name)
  if (proof.length === 0) throw new SrpError('invalid-encoding', `${name} is empty`)
  const { outputLen } = suite.hash
  if (minimal(proof, 0).length > outputLen) throw new SrpError('too-large', `${name} is longer than a digest`)
  return padded(proof, outputLen)
}
