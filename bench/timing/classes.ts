// Kinds of secrets. If the time depended on the secret, some two of them would differ.
import type { SeededRandom } from 'srp6a-tools/measure/random.mjs'

/** Big-endian bytes of the length asked for: how many bytes a secret has is public. */
export type SecretClass = (random: SeededRandom, length: number) => Uint8Array

const full: SecretClass = (random, length) => {
  const bytes = random.bytes(length)
  bytes[0] = (bytes[0] ?? 0) | 0x80
  return bytes
}

/** The top bit and at most two others. */
const sparse: SecretClass = (random, length) => {
  const bytes = new Uint8Array(length)
  bytes[0] = 0x80
  for (let bit = 0; bit < 2; bit++) {
    const at = random.below(8 * length)
    bytes[at >> 3] = (bytes[at >> 3] ?? 0) | (1 << (at & 7))
  }
  return bytes
}

export const CLASSES = {
  random: full,
  'random again': full,
  sparse,
  /** All bits but one to three. */
  dense: (random, length) => sparse(random, length).map((byte) => byte ^ 0xff),
  /** A quarter of leading zero bytes: 192 of 256 bits. */
  short: (random, length) => random.bytes(length).fill(0, 0, Math.ceil(length / 4)),
  /** Ones and zeros in turn, the phase by chance. */
  alternating: (random, length) => new Uint8Array(length).fill(random.below(2) === 0 ? 0xaa : 0x55),
  /** The second byte tells if the name is a user's, and the last byte which name. */
  known: (random, length) => withByte(random.bytes(length), 1),
  unknown: (random, length) => withByte(random.bytes(length), 0),
} as const satisfies Record<string, SecretClass>

function withByte(bytes: Uint8Array, known: number): Uint8Array {
  bytes[1] = known
  return bytes
}

export type ClassName = keyof typeof CLASSES

/** The pairs to compare. The last pair holds no difference: it shows the noise of the method on this machine. */
export const PAIRS: readonly (readonly [ClassName, ClassName])[] = [
  ['sparse', 'random'],
  ['dense', 'random'],
  ['short', 'random'],
  ['alternating', 'random'],
  ['sparse', 'dense'],
  ['random again', 'random'],
  ['known', 'unknown'],
]
