import { hkdf } from '@noble/hashes/hkdf.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { assertInteger, assertString, readFields } from './arguments.js'
import { type Bytes, copyOwnBytes, utf8 } from './bytes.js'
import type { Derived, Suite } from './define-suite.js'
import type { ServerRecord } from './enroll.js'
import { assertSuite } from './handshake.js'

/**
 * Make the record of a user who does not exist, so that an unknown name looks like a known one. The record is the same at
 * every call for one name, unlike any other name's, and of the same form and work as a real one. No password fits it.
 *
 * Derive it for every name, before you look whether the user exists: to derive takes time, which a server that does it
 * for unknown names alone would show.
 *
 * A real user's salt changes with the password. Let a decoy's change too: with `epoch` as a time in units of the usual
 * age of a password, each name's record changes once in a unit, at a moment of its own.
 *
 * @param suite the suite of the real users
 * @param values the name, the secret and the form of the record
 * @param values.username the name that was asked for
 * @param values.seed 16 secret random bytes or more, up to 1,024, that the server keeps: with it one can tell decoys apart
 * @param values.saltLength bytes of the salt, as your real users have it; 16 if left out
 * @param values.epoch the time in units of a password's usual age, from 0 on: `Date.now() / (180 * 86_400_000)` for half a
 *   year; 0 if left out, and the record never changes
 * @returns a record for `startServer`
 * @throws TypeError, RangeError for an argument that is missing or wrong
 * @example
 * const decoy = decoyRecord(suites.rfc5054, { username, seed, epoch: Date.now() / (180 * 86_400_000) })
 * const { salt, serverPublicKey } = startServer(suites.rfc5054, (await users.find(username)) ?? decoy)
 */
export function decoyRecord(
  suite: Suite<Derived>,
  values: {
    readonly username: string
    readonly seed: Bytes
    readonly saltLength?: number | undefined
    readonly epoch?: number | undefined
  },
): ServerRecord {
  assertSuite(suite)
  const fields = readFields(values, 'values', ['username', 'seed', 'saltLength', 'epoch'])
  const { username, saltLength = 16, epoch = 0 } = fields
  assertString(username, 'username')
  const seed = copyOwnBytes(fields.seed, 'seed', 16, 1024)
  assertInteger(saltLength, 'saltLength', 1, 1024)
  if (typeof epoch !== 'number') throw new TypeError('epoch: expected a number')
  if (!(epoch >= 0 && epoch <= 2 ** 32)) throw new RangeError('epoch: expected a number from 0 to 4294967296')
  const derive = (use: string, length: number) =>
    hkdf(sha256, seed, undefined, utf8(`SRP-6a decoy ${use}\0${suite.name}\0${username}`), length)
  // Each name changes at its own moment: were it the same for all, the names that stay would be the real ones.
  const phase = derive('phase', 4).reduce((sum, byte) => (sum + byte) / 256, 0)
  const turn = Math.floor(epoch + phase)
  const label = (use: string) => (turn === 0 ? use : `${use} ${turn}`)
  return {
    username,
    salt: derive(label('salt'), saltLength),
    verifier: belowModulus(derive(label('verifier'), suite.group.modulus.length), suite.group.modulus),
  }
}

/**
 * Clear the highest bit that N has, and those above: the rest is below N, as every verifier is. Any number is a power of a
 * primitive root, so that no exponentiation is needed to make one of the right form.
 */
function belowModulus(digits: Bytes, modulus: Bytes): Bytes {
  digits[0] = (digits[0] as number) & ((1 << (31 - Math.clz32(modulus[0] as number))) - 1)
  return digits
}
