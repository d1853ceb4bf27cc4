import { hkdf } from '@noble/hashes/hkdf.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { assertInteger, assertString, readFields } from './arguments.js'
import { type Bytes, copyBytes, utf8 } from './bytes.js'
import type { Derived, Suite } from './define-suite.js'
import type { ServerRecord } from './enroll.js'
import { assertSuite } from './handshake.js'

/**
 * Make the record of a user who does not exist: the same at every call for one name, unlike any other name's, and of the
 * same work for the server as a real record. No password fits it.
 *
 * @param suite the suite of the real users
 * @param values.username the name that was asked for
 * @param values.seed 16 secret random bytes or more, up to 1,024, that the server keeps: with it one can tell decoys apart
 * @param values.saltLength bytes of the salt, as your real users have it; 16 if left out
 * @returns a record for `startServer`
 * @throws TypeError, RangeError for an argument that is missing or wrong
 * @example
 * const record = users.find(username) ?? decoyRecord(suites.rfc5054, { username, seed })
 */
export function decoyRecord(
  suite: Suite<Derived>,
  values: { readonly username: string; readonly seed: Bytes; readonly saltLength?: number | undefined },
): ServerRecord {
  assertSuite(suite)
  const fields = readFields(values, 'values', ['username', 'seed', 'saltLength'])
  const { username, saltLength = 16 } = fields
  assertString(username, 'username')
  const seed = copyBytes(fields.seed, 'seed')
  if (seed.length < 16 || seed.length > 1024) throw new RangeError('seed: expected 16 to 1024 bytes')
  assertInteger(saltLength, 'saltLength', 1, 1024)
  // Any number is a power of a primitive root, and the arithmetic reduces it: no exponentiation gives the decoy away.
  const info = (use: string) => utf8(`SRP-6a decoy ${use}\0${suite.name}\0${username}`)
  return {
    username,
    salt: hkdf(sha256, seed, undefined, info('salt'), saltLength),
    verifier: hkdf(sha256, seed, undefined, info('verifier'), suite.group.modulus.length),
  }
}
