// The arithmetic in WebAssembly beside BigInt and @noble/curves, over moduli of every shape, and its digits at their worst.
import { Field, FpPow } from '@noble/curves/abstract/modular.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bigintEngine } from '../../../src/engine/bigint.js'
import { instantiate } from '../../../src/engine/wasm/instance.js'
import { createResidues } from '../../../src/engine/wasm/residues.js'
import { createWasmEngine } from '../../../src/engine/wasm.js'
import { kernels } from '../../support/kernels.js'
import { fromBig, power, toBig } from '../../support/reference.js'
import { share } from '../../support/share.js'

/**
 * One above and below where a number gets more digits (4 of 50 bits less 10 of headroom, 8 of 28 or 27 bits less 8), where
 * digits become shorter (3576), a byte, a word; and what people use.
 */
const SIZES = [512, 513, 664, 665, 688, 689, 888, 889, 1023, 1024, 2048, 3072, 3073, 3576, 3577, 4096, 8192]
const modulusOf = (bits: number, fill: bigint): bigint => (1n << BigInt(bits - 1)) | BigInt.asUintN(bits - 1, fill) | 1n
const DIGITS = (digit: bigint): bigint =>
  Array.from({ length: 180 }, () => digit).reduce((sum, next) => (sum << 50n) | next)
const FILLS: [string, bigint][] = [
  ['all ones', -1n],
  ['all zeros', 0n],
  ['digits of a half', DIGITS(1n << 49n)],
  ['digits just below a half', DIGITS((1n << 49n) - 1n)],
  ['no pattern', BigInt(`0x${'9e3779b97f4a7c15f39cc0605cedc834'.repeat(70)}`)],
]
const mod = (value: bigint, n: bigint): bigint => ((value % n) + n) % n

const cases = kernels.flatMap(([name, module]) => share(SIZES, 4).map((bits) => [name, bits, module] as const))

describe.each(cases)('%s: a modulus of %i bits', (_kernel, bits, module) => {
  it.each(FILLS)('with %s multiplies, squares, adds and subtracts like BigInt', (_, fill) => {
    const n = modulusOf(bits, fill)
    const length = Math.ceil(bits / 8)
    const residues = createResidues(instantiate(module), fromBig(n, length))
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
      { numRuns: bits > 4096 ? 2 : 6 },
    )
  })
})

describe.each(kernels)('the kernel %s', (_name, module) => {
  it('leaves no digit of a secret behind', () => {
    const kernel = instantiate(module)
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

describe.each(kernels)('the engine on %s', (_name, module) => {
  const wasmEngine = createWasmEngine(module)

  it.each(share([512, 1023, 1537, 3072, 8192], 4, 1))('powers like @noble/curves at %i bits', (bits) => {
    const n = modulusOf(bits, BigInt(`0x${'c3a5'.repeat(600)}`))
    const length = Math.ceil(bits / 8)
    const field = Field(n)
    const residues = createResidues(instantiate(module), fromBig(n, length))
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

  it.each(share([512, 1023, 2048], 2, 1))('gives the four expressions for hostile values too: %i bits', (bits) => {
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
