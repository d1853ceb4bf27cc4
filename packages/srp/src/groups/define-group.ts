import { assertInteger, assertString, readFields } from '../arguments.js'
import type { Bytes } from '../bytes.js'
import { encodeHex } from '../codec.js'
import { bigintIntegers } from '../engine/bigint.js'
import { createModulus } from '../engine/modular.js'
import { type RandomSource, randomBytes } from '../random.js'
import { type Group, knownGroupOfHex } from './group.js'

/** Characters. A suite's name holds the group's, and must fit into a saved handshake. */
const LONGEST_NAME = 1024

/** Each round lets a composite through with a chance of at most 1/4, no matter who chose it. */
const ROUNDS = 32

/**
 * Define a group of the caller's own. The check takes a second for 2048 bits and twenty for 8192: do it once, when the program
 * is set up.
 *
 * @param values the name and the parameters of the group
 * @param values.name up to 1,024 characters
 * @param values.modulus N in hex, white space allowed
 * @param values.generator g, 2 to 255
 * @param options the setting below, which may be left out
 * @param options.random the source of the test's bases; `crypto.getRandomValues` if left out
 * @returns the group, for `defineSuite` and the suites that end in `With`
 * @throws TypeError for an argument that is missing or of the wrong type
 * @throws RangeError unless N is a safe prime of 512 to 8192 bits, and g one of its primitive roots
 */
export function defineGroup(
  values: { readonly name: string; readonly modulus: string; readonly generator: number },
  options: { readonly random?: RandomSource | undefined } = {},
): Group {
  const { name, modulus: hex, generator } = readFields(values, 'values', ['name', 'modulus', 'generator'])
  assertString(name, 'name', 0, LONGEST_NAME)
  assertString(hex, 'modulus')
  const text = hex.replace(/\s/g, '').replace(/^0+/, '')
  if (!/^[0-9a-f]{128,2048}$/i.test(text)) throw new RangeError('modulus: expected the hex of 512 to 8192 bits')
  assertInteger(generator, 'generator', 2, 255)
  const source = readFields(options, 'options', ['random'])
  const group = knownGroupOfHex(name, text, generator, text.length < 512)
  const { modulus } = group
  // Its half, rounded down, is odd too.
  if ((lastByte(modulus) & 3) !== 3) throw new RangeError('modulus: expected a safe prime')
  const half = shiftRight(modulus)
  if (!isProbablePrime(half, source))
    throw new RangeError('modulus: expected a safe prime, and (N - 1) / 2 is composite')
  const n = createModulus(bigintIntegers, modulus)
  const power = (base: number, exponent: Bytes) =>
    encodeHex(n.toBytes(n.power(n.residue(Uint8Array.of(base)), exponent)))
  const one = encodeHex(n.toBytes(n.one))
  // Pocklington: with q = (N - 1) / 2 prime, 2^(N-1) = 1 and gcd(2^2 - 1, N) = 1 prove that N is prime.
  const digits = Array.from(modulus, (byte) => byte % 3).reduce((sum, digit) => sum + digit, 0)
  const minusOne = Uint8Array.from(modulus)
  minusOne[modulus.length - 1] = lastByte(modulus) - 1
  if (digits % 3 === 0 || power(2, minusOne) !== one)
    throw new RangeError('modulus: expected a safe prime, and N is composite')
  // The order of g divides 2q: it is 2q unless g^2 or g^q is 1, and g^2 is too small to be.
  if (power(generator, half) === one) throw new RangeError('generator: expected a primitive root of N')
  return group
}

/** Half of an odd number, rounded down. */
function shiftRight(value: Bytes): Bytes {
  return value.map((byte, i) => (byte >> 1) | ((i > 0 ? (value[i - 1] as number) & 1 : 0) << 7))
}

/** Miller and Rabin, with bases that cannot be foreseen: composites exist that pass for every base in a list. */
function isProbablePrime(q: Bytes, options: { readonly random?: RandomSource | undefined }): boolean {
  const trimmed = q[0] === 0 ? q.subarray(1) : q
  const n = createModulus(bigintIntegers, trimmed)
  const minusOne = trimmed.slice()
  minusOne[trimmed.length - 1] = lastByte(trimmed) - 1
  const [one, last] = [encodeHex(n.toBytes(n.one)), encodeHex(minusOne)]
  let odd: Bytes = minusOne
  let twos = 0
  while ((lastByte(odd) & 1) === 0) {
    odd = shiftRight(odd)
    twos++
  }
  for (let round = 0; round < ROUNDS; round++) {
    let x = n.power(n.residue(randomBytes(trimmed.length, options)), odd)
    let seen = encodeHex(n.toBytes(x))
    if (seen === one) continue
    for (let i = 1; i < twos && seen !== last; i++) {
      x = n.multiply(x, x)
      seen = encodeHex(n.toBytes(x))
    }
    if (seen !== last) return false
  }
  return true
}

function lastByte(bytes: Bytes): number {
  return bytes[bytes.length - 1] as number
}
