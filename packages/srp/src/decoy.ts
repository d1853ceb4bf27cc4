import { hkdf } from '@noble/hashes/hkdf.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { assertBytes, assertObject, assertText, type Bytes, utf8 } from './bytes.js'
import type { Derived, Suite } from './define-suite.js'
import type { Enrollment } from './enroll.js'
import { assertSuite } from './handshake.js'

/**
 * A salt and verifier for a user who does not exist, so that nobody can tell by asking: the same at every call for one
 * name, unlike any other name's, and of the same work for the server as a real record. No password fits it.
 *
 * @param values.seed 16 secret random bytes or more, up to 1,024, that the server keeps: whoever knows it can tell decoys apart
 * @param values.saltLength bytes of the salt, as your real users have it; 16 if left out
 * @throws TypeError, RangeError for an argument that is missing or wrong
 */
export function decoyRecord(
  suite: Suite<Derived>,
  values: { readonly username: string; readonly seed: Bytes; readonly saltLength?: number },
): Enrollment {
  assertSuite(suite)
  assertObject(values, 'values')
  const { username, seed, saltLength = 16 } = values
  assertText(username, 'username')
  assertBytes(seed, 'seed')
  if (seed.length < 16 || seed.length > 1024) throw new RangeError('seed must have from 16 to 1,024 bytes')
  if (!(Number.isInteger(saltLength) && saltLength >= 1 && saltLength <= 1024)) {
    throw new RangeError('saltLength must be a whole number from 1 to 1024')
  }
  // Any number is a power of a primitive root, and the arithmetic reduces it: no exponentiation gives the decoy away.
  const info = (use: string) => utf8(`SRP-6a decoy ${use}\0${suite.name}\0${username}`)
  return {
    salt: hkdf(sha256, seed, undefined, info('salt'), saltLength),
    verifier: hkdf(sha256, seed, undefined, info('verifier'), suite.group.modulus.length),
  }
}
