// The kernels with digits at their bounds, beside BigInt.
import { describe, expect, it } from 'vitest'
import { openDigits } from '../../support/digits.js'
import { kernels } from '../../support/kernels.js'

const MODULI: [string, (bits: number) => bigint][] = [
  ['ones', (bits) => (1n << BigInt(bits)) - 1n],
  ['zeros', (bits) => (1n << BigInt(bits - 1)) + 1n],
  [
    'no pattern',
    (bits) =>
      BigInt.asUintN(bits - 1, BigInt(`0x${'9e3779b97f4a7c15f39cc0605cedc835'.repeat(70)}`)) | (1n << BigInt(bits - 1)),
  ],
]
const cases = kernels.flatMap(([name, module]) =>
  [512, 1024, 3072, 3576, 3584, 8192].flatMap((bits) =>
    MODULI.map(([fill, modulusOf]) => [name, bits, fill, module, modulusOf(bits)] as const),
  ),
)

it.each(cases)('%s multiplies and squares the largest digits: %i bits, N with %s', (_name, bits, _fill, module, N) => {
  const { kernel, residues, R, put, get, patterns, mostOfProduct } = openDigits(module, N, bits)
  const [x, y, z] = residues.slots
  const check = (product: bigint): void => {
    const { value, most } = get(z)
    expect((value * R - product) % N).toBe(0n)
    expect(most).toBeLessThanOrEqual(mostOfProduct)
  }
  for (const [, first] of patterns) {
    for (const [, second] of patterns) {
      const product = put(x, first) * put(y, second)
      kernel.multiply(z, x, y)
      check(product)
    }
    const a = put(x, first)
    kernel.square(z, x)
    check(a * a)
  }
})

describe.each(kernels)('%s', (_name, module) => {
  it('takes, as one factor, the difference of a sum and a product', () => {
    const { kernel, residues, R, put, get, mostOfProduct, layout } = openDigits(
      module,
      MODULI[0]?.[1](3072) ?? 1n,
      3072,
    )
    const [x, y, z] = residues.slots
    const N = MODULI[0]?.[1](3072) ?? 1n
    // Two products less one with signed digits; 32-bit digits are always those of one number.
    const factor = layout.digitSize === 8 ? 3 : 1
    const read = layout.digitSize === 8 ? 2 ** 50 - 1 : mostOfProduct
    for (const sign of factor === 3 ? [1, -1] : [1]) {
      const product = put(x, () => factor * sign * mostOfProduct) * put(y, () => read)
      kernel.multiply(z, x, y)
      expect((get(z).value * R - product) % N).toBe(0n)
    }
  })
})
