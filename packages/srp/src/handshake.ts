// The common parts of enrolment, client and server.
import { assertString, hasOwn } from './arguments.js'
import { assertBytes, type Bytes, copyBytes, isBytes, utf8, wipe } from './bytes.js'
import { type Derived, isSuite, type Suite } from './define-suite.js'
import { minimal, padded } from './encode.js'
import type { GroupArithmetic } from './engine/engine.js'
import { SrpError } from './errors.js'
import { digest, type EngineOptions, groupArithmetic, type HashInput, hashInput, type Values } from './suite.js'

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
  if (!isSuite(suite)) throw new TypeError('suite: expected one of suites, or one made by defineSuite')
}

/** Open the arithmetic of a suite's group. */
export function arithmeticOf(suite: Suite<Derived>, options: EngineOptions): GroupArithmetic {
  assertSuite(suite)
  return groupArithmetic(suite.group, options)
}

/**
 * Copy a salt and check the copy.
 *
 * @throws TypeError unless it is a Uint8Array
 * @throws SrpError `invalid-encoding` if it is empty; `too-large` above 1,024 bytes
 */
export function copySalt(salt: unknown): Bytes {
  const copy = copyBytes(salt, 'salt', MAX_SALT)
  if (copy.length === 0) throw new SrpError('invalid-encoding', 'salt: expected a non-empty Uint8Array')
  return copy
}

/** Copy a password's bytes, or encode its text. */
function copyPassword(password: unknown): Bytes {
  if (!isBytes(password)) {
    assertString(password, 'password')
    return utf8(password)
  }
  if (password.length > MAX_PASSWORD) throw new RangeError(`password: expected at most ${MAX_PASSWORD} bytes`)
  return copyBytes(password, 'password', MAX_PASSWORD)
}

/**
 * Compute `x` of a username, password and salt, hand it to `use` and wipe it.
 *
 * @param credentials.salt a copy that no one else writes into: see `copySalt`
 * @throws TypeError, RangeError for what is not text; whatever the suite's key derivation throws
 */
export function withPasswordExponent<D extends Derived, T>(
  suite: Suite<D>,
  { username, password, salt }: { username: string; password: string | Bytes; salt: Bytes },
  use: (x: Bytes) => T,
): Outcome<D, T> {
  assertString(username, 'username')
  const given = copyPassword(password)
  const finish = (derived: Bytes): T => {
    assertBytes(derived, 'result of passwordKdf')
    if (derived.length > MAX_PASSWORD) {
      throw new RangeError(`result of passwordKdf: expected at most ${MAX_PASSWORD} bytes`)
    }
    const x = digest(suite, suite.x, { I: utf8(username), P: derived, s: salt })
    wipe(derived, given)
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
    const derived =
      hasOwn(suite, 'passwordKdf') && suite.passwordKdf
        ? suite.passwordKdf({ username, password: given, salt: salt.slice() })
        : given
    // Not instanceof: other realms, and libraries that patch Promise, have promises of their own.
    const pending = !isBytes(derived) && typeof derived?.then === 'function'
    // The condition in Outcome is the one here, which the compiler cannot follow.
    return (pending ? Promise.resolve(derived).then(finish).catch(fail) : finish(derived as Bytes)) as Outcome<D, T>
  } catch (error) {
    return fail(error)
  }
}

/** Compute the session key and both proofs. `S` is wiped. */
export function agree(suite: Suite<Derived>, values: Values & { S: Bytes }): { K: Bytes; M1: Bytes; M2: Bytes } {
  const K = hasOwn(suite.K, 'plain')
    ? hashInput(suite, (suite.K as { plain: HashInput }).plain, values)
    : digest(suite, suite.K as HashInput, values)
  const M1 = digest(suite, suite.M1, { ...values, K })
  const M2 = digest(suite, suite.M2, { ...values, K, M1 })
  wipe(values.S)
  return { K, M1, M2 }
}

/**
 * Copy a proof, in the length of a digest: peers that write it as an integer drop its leading zeros.
 *
 * @throws TypeError unless it is a Uint8Array
 * @throws SrpError `invalid-encoding` if it is empty; `too-large` if it is longer than a digest
 */
export function copyProof(suite: Suite<Derived>, proof: unknown, name: string): Bytes {
  const copy = copyBytes(proof, name)
  if (copy.length === 0) throw new SrpError('invalid-encoding', `${name}: expected a non-empty Uint8Array`)
  const { outputLen } = suite.hash
  if (minimal(copy, 0).length > outputLen) throw new SrpError('too-large', `${name}: longer than a digest`)
  return padded(copy, outputLen)
}

/** Put a session key beside other values, where neither a logger nor `JSON.stringify` nor a spread finds it. */
export function withSessionKey<T extends object>(values: T, sessionKey: Bytes): T & { readonly sessionKey: Bytes } {
  return Object.defineProperty(values, 'sessionKey', { value: sessionKey, enumerable: false }) as T & {
    readonly sessionKey: Bytes
  }
}
