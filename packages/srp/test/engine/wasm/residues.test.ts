// The arithmetic in WebAssembly beside BigInt and @noble/curves, over moduli of every shape, and its digits at their worst.
import { Field, FpPow } from '@noble/curves/abstract/modular.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bigintEngine } from '../../../src/engine/bigint.js'
import { compileKernel, instantiate } from '../../../src/engine/wasm/instance.js'
import { createResidues } from '../../../src/engine/wasm/residues.js'
import { wasmEngine } from '../../../src/engine/wasm.js'
import { fromBig, power, toBig } from '../../support/reference.js'

/** One above, at and below a block of 16 digits (224 bits, less 12 of headroom), a byte, a word; and what people use. */
const SIZES = [
  512, 513, 653, 656, 657, 659, 660, 664, 665, 672, 1023, 1024, 1537, 2048, 3071, 3072, 3073, 4096, 6144, 8192,
]
const modulusOf = (bits: number, fill: bigint): bigint => (1n << BigInt(bits - 1)) | BigInt.asUintN(bits - 1, fill) | 1n
const DIGITS = (digit: bigint): bigint =>
  Array.from({ length: 640 }, () => digit).reduce((sum, next) => (sum << 14n) | next)
const FILLS: [string, bigint][] = [
  ['all ones', -1n],
  ['all zeros', 0n],
  ['the largest digits', DIGITS(8191n)],
  ['the most negative digits', DIGITS(8192n)],
  ['no pattern', BigInt(`0x${'9e3779b97f4a7c15f39cc0605cedc834'.repeat(70)}`)],
]
const mod = (value: bigint, n: bigint): bigint => ((value % n) + n) % n

describe.each(SIZES)('a modulus of %i bits', (bits) => {
  it.each(FILLS)('with %s multiplies, squares, adds and subtracts like BigInt', (_, fill) => {
    const n = modulusOf(bits, fill)
    const length = Math.ceil(bits / 8)
    const residues = createResidues(instantiate(compileKernel()), fromBig(n, length))
    const [x, y, z] = residues.slots
    const largest = (1n << BigInt(8 * length)) - 1n
    const edges = [0n, 1n, 2n, n - 1n, n, n + 1n, 2n * n - 1n, largest].filter((edge) => edge <= largest)
    const value = fc.oneof(
      fc.constantFrom(...edges),
      fc.uint8Array({ minLength: length, maxLength: length }).map(toBig),
      // Runs of ones and zeros: carries that go far.
      fc.tuple(fc.nat(bits - 1), fc.nat(bits - 1)).map(([i, j]) => ((1n << BigInt(i)) - (1n << BigInt(j))) & largest),
    )
    const after = (run: () => void): bigint => {
      run()
      return toBig(residues.toBytes(z))
    }
    fc.assert(
      fc.property(value, value, (a, b) => {
        residues.load(x, fromBig(a, length))
        residues.load(y, fromBig(b, length))
        expect(toBig(residues.toBytes(x))).toBe(mod(a, n))
        expect(after(() => residues.multiply(z, x, y))).toBe(mod(a * b, n))
        expect(after(() => residues.add(z, x, y))).toBe(mod(a + b, n))
        expect(after(() => residues.subtract(z, x, y))).toBe(mod(a - b, n))
        // Of the sums, which are the largest residues there are, and in place.
        expect(after(() => residues.multiply(z, z, z))).toBe(mod((a - b) ** 2n, n))
        residues.power(z, x, Uint8Array.of(2))
        expect(toBig(residues.toBytes(z))).toBe(mod(a * a, n))
      }),
      { numRuns: bits > 4096 ? 4 : 12 },
    )
  })
})

describe('the kernel', () => {
  /** The bound of columns.wat: what a digit is at most. */
  const MOST = 8192 + 340
  const PATTERNS: [string, (i: number) => number][] = [
    ['the largest', () => MOST],
    ['the least', () => -MOST],
    ['signs in turn', (i) => (i % 2 ? MOST : -MOST)],
    ['signs in turn by block', (i) => (i & 16 ? MOST : -MOST)],
    ['a half of each', (i) => (i < 112 ? MOST : -MOST)],
    ['one digit at the bottom', (i) => (i === 0 ? MOST : 0)],
  ]
  const cases = [512, 3072, 8192].flatMap((bits) => FILLS.map(([name, fill]) => [bits, name, fill] as const))

  it.each(cases)('takes digits of the largest size, in any order: %i bits, N with %s', (bits, _, fill) => {
    const N = modulusOf(bits, fill)
    const kernel = instantiate(compileKernel())
    const residues = createResidues(kernel, fromBig(N, bits / 8))
    const [x, y, z] = residues.slots
    const n = kernel.n.value
    const R = 1n << BigInt(14 * n)
    /** A number straight from its digits, as columns.wat lays it out; the top one small, as the headroom has it. */
    function put(at: number, digitOf: (i: number) => number): bigint {
      const digits = new Int16Array(kernel.memory.buffer, at, n).map((_digit, i) => (i < n - 1 ? digitOf(i) : 0))
      new Int16Array(kernel.memory.buffer, at, n).set(digits)
      const pairs = new Int16Array(kernel.memory.buffer, at + 2 * n + 64, 2 * n + 2)
      for (let i = 0; i <= n; i++) pairs.set([digits[i] ?? 0, digits[i - 1] ?? 0], 2 * i)
      return digits.reduceRight((sum, digit) => (sum << 14n) + BigInt(digit), 0n)
    }
    function get(at: number): { value: bigint; most: number } {
      const digits = new Int16Array(kernel.memory.buffer, at, n)
      const value = digits.reduceRight((sum, digit) => (sum << 14n) + BigInt(digit), 0n)
      return { value, most: digits.reduce((most, digit) => Math.max(most, Math.abs(digit)), 0) }
    }
    for (const [, first] of PATTERNS) {
      for (const [, second] of PATTERNS) {
        const [a, b] = [put(x, first), put(y, second)]
        kernel.multiply(z, x, y)
        const product = get(z)
        expect(mod(product.value * R - a * b, N)).toBe(0n)
        expect(product.most).toBeLessThanOrEqual(MOST)
      }
      const a = put(x, first)
      kernel.square(z, x)
      const square = get(z)
      expect(mod(square.value * R - a * a, N)).toBe(0n)
      expect(square.most).toBeLessThanOrEqual(MOST)
    }
  })

  it('leaves no digit of a secret behind', () => {
    const kernel = instantiate(compileKernel())
    const residues = createResidues(kernel, fromBig(modulusOf(1024, -1n), 128))
    const memory = () => Buffer.from(kernel.memory.buffer).toString('latin1')
    residues.comb(Uint8Array.of(2), 32)
    residues.wipe()
    const clean = memory()
    const [x, y] = residues.slots
    residues.load(x, new Uint8Array(128).fill(0x5a))
    residues.power(y, x, new Uint8Array(40).fill(0xa5))
    residues.toBytes(y)
    expect(memory() === clean).toBe(false)
    residues.wipe()
    expect(memory() === clean).toBe(true)
  })
})

describe('the engine', () => {
  it.each([512, 1023, 1537, 3072, 8192])('powers like @noble/curves at %i bits', (bits) => {
    const n = modulusOf(bits, BigInt(`0x${'c3a5'.repeat(600)}`))
    const length = Math.ceil(bits / 8)
    const field = Field(n)
    const residues = createResidues(instantiate(compileKernel()), fromBig(n, length))
    const [x, y] = residues.slots
    const comb = residues.comb(Uint8Array.of(7), 33)
    for (const exponent of [1, 32, 33, 41, 65].map((size) => new Uint8Array(size).map((_, i) => i * 89 + 131))) {
      const base = new Uint8Array(length).map((_, i) => i * 57 + size(exponent))
      residues.load(x, base)
      residues.power(y, x, exponent)
      expect(toBig(residues.toBytes(y))).toBe(FpPow(field, mod(toBig(base), n), toBig(exponent)))
      if (exponent.length > 33) continue
      comb(y, exponent)
      expect(toBig(residues.toBytes(y))).toBe(FpPow(field, 7n, toBig(exponent)))
    }
  })
  const size = ({ length }: Uint8Array) => length

  it.each([512, 1023, 2048])('gives the four expressions for hostile values too: %i bits', (bits) => {
    const n = modulusOf(bits, BigInt(`0x${'7d'.repeat(300)}`))
    const length = Math.ceil(bits / 8)
    const group = { modulus: fromBig(n, length), generator: Uint8Array.of(3) }
    const [ours, theirs] = [wasmEngine.group(group), bigintEngine.group(group)]
    const [k, u, x, a] = [1, 2, 3, 4].map((seed) => new Uint8Array(32).map((_, i) => i * 7 * seed + seed))
    if (!k || !u || !x || !a) throw new TypeError('no secrets')
    const values = [0n, 1n, n - 1n, n, n + 1n, 2n * n, 3n * n - 1n, n * n - 1n, n * n * n + 5n]
    for (const value of values) {
      const bytes = fromBig(value, Math.ceil(value.toString(16).length / 2))
      expect(ours.isZeroVarTime(bytes)).toBe(value % n === 0n)
      const S = power(mod(value - toBig(k) * power(3n, toBig(x), n), n), toBig(a) + toBig(u) * toBig(x), n)
      expect(toBig(ours.clientSecret({ B: bytes, k, u, x, a }))).toBe(S)
      const serverSecret = power(mod(value * power(5n, toBig(u), n), n), toBig(a), n)
      expect(toBig(ours.serverSecret({ A: bytes, u, v: Uint8Array.of(5), b: a }))).toBe(serverSecret)
      expect(toBig(ours.serverPublicKey({ k, v: bytes, b: a }))).toBe(mod(toBig(k) * value + power(3n, toBig(a), n), n))
      if (value >= n) continue
      expect(theirs.clientSecret({ B: bytes, k, u, x, a })).toEqual(ours.clientSecret({ B: bytes, k, u, x, a }))
    }
    for (const exponent of [new Uint8Array(), Uint8Array.of(0), new Uint8Array(64), new Uint8Array(70).fill(255)]) {
      expect(ours.power(exponent)).toEqual(theirs.power(exponent))
    }
    expect(ours.isZeroVarTime(new Uint8Array())).toBe(true)
  })
})
