// The bounds that fma.wat and extmul.wat rely on, derived by interval arithmetic for every size of N: nothing here is
// sampled. A layout depends on the bytes of N, and N is taken as anything of that length.
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { BYTES, extmulLayout, FREE, fmaLayout, INVERSE, type Layout, MODULUS } from '../../../src/engine/wasm/layout.js'

const pow = (exponent: number): bigint => 1n << BigInt(exponent)
const ceilDivide = (a: bigint, b: bigint): bigint => (a + b - 1n) / b
const lengths = Array.from({ length: 1024 - 64 + 1 }, (_, i) => 64 + i)
function most(...values: bigint[]): bigint {
  let greatest = 0n
  for (const value of values) if (value > greatest) greatest = value
  return greatest
}
const textOf = (name: string): string =>
  readFileSync(new URL(`../../../src/engine/wasm/${name}.wat`, import.meta.url), 'utf8')

/** The numbers of `length` bytes between which N lies. */
const modulusRange = (length: number): [bigint, bigint] => [pow(8 * (length - 1)), pow(8 * length) - 1n]

type Must = (claim: string, holds: boolean) => void

function collect(work: (must: Must) => void): string[] {
  const broken = new Set<string>()
  work((claim, holds) => {
    if (!holds) broken.add(claim)
  })
  return [...broken]
}

/** Check that the parts of memory at fixed addresses do not overlap; `columnSize` is in bytes. */
function checkMemory({ digits, digitSize, width }: Layout, length: number, columnSize: number, must: Must): void {
  const slot = digits * digitSize + 64
  must('slots do not overlap', slot <= INVERSE - MODULUS && 0x1820 + slot - 32 <= 0x1e00 + 32)
  must('columns do not overlap', 2 * digits * columnSize <= 0x3800 - 0x2000)
  must('columns of q do not overlap', (digits + 2) * columnSize <= BYTES - 0x3800)
  must('bytes in and out fit', Math.ceil((width * digits) / 8) + 8 <= FREE - BYTES && length <= FREE - BYTES)
}

/**
 * Derive the bounds of fma.wat.
 *
 * @param products how many products make the greatest factor: residues.ts adds two and subtracts one
 */
function fmaProblems(layout: Layout, length: number, products = 3n): string[] {
  return collect((must) => {
    const n = BigInt(layout.digits)
    const R = pow(layout.width * layout.digits)
    const unit = pow(layout.width)
    const half = unit / 2n
    must('n is 2 modulo 4', n % 4n === 2n)
    must('R is over 2^10 N', R >= pow(10) * pow(8 * length))
    must('an entry of a table holds n digits', layout.entrySize >= 8 * layout.digits && layout.entrySize % 32 === 0)
    checkMemory(layout, length, 16, must)

    // A number from `read`, and one from $carry: rest - 2^49 + (c of the column below - 2^10), c from 0 to 2^11 - 1.
    const readDigit = unit - 1n
    const carriedDigit = half + pow(10)
    const productDigit = half + pow(11)

    /** The greatest sums of a row's products in a column: low ones, and high ones. */
    const sums = (a: bigint, b: bigint): { low: bigint; high: bigint } => {
      const product = a * b
      const high = (product + half) / unit
      must('h stays in the binade of C1', product < pow(101))
      must('C1 + C2 - h is a multiple of 2^50 of at most 53 bits', high + 6n < pow(53))
      must('l stays in the binade of C2', half < pow(51))
      return { low: n * half, high: n * high }
    }
    /** $carry of columns whose sum has this bound, with `above` more in the carry at the start. */
    const carry = (column: bigint, above = 0n): bigint => {
      const offset = pow(60) + half
      must('a column stays under 2^60', column < pow(60))
      must('a column is not negative', offset - column >= 0n && offset + column < pow(63))
      const c = most((offset + column) / unit - pow(10), pow(10) - (offset - column) / unit)
      must('a carry is below 2^10', c <= pow(10) && above <= pow(10))
      must('a digit is an integer of 52 bits before the constant is taken off', unit + pow(10) + c + above < pow(52))
      return half + most(c, above)
    }

    // Every pair of factors that residues.ts multiplies, and a square: of digits doubled, or one of them halved.
    const factors: [bigint, bigint][] = [
      [products * productDigit, readDigit],
      [products * productDigit, productDigit],
      [2n * productDigit, 2n * productDigit],
      [readDigit, readDigit],
      [2n * productDigit, productDigit],
    ]
    for (const [a, b] of factors) {
      const T = sums(a, b)
      const low = carry(T.low + T.high)
      must('a digit of T mod R has its bound', low <= carriedDigit)
      const columnOfQ = sums(low, readDigit)
      const q = carry(columnOfQ.low + columnOfQ.high)
      must('a digit of q has its bound', q <= carriedDigit)
      const qN = sums(q, readDigit)
      // The two highest columns of the lower half say which multiple of R it is: what is below them is less than half.
      const below = ceilDivide(qN.low + qN.high + low, unit - 1n)
      must('the rounding to the nearest is exact', below < half)
      const multiple = (qN.low + qN.high + low + half) / unit + 1n
      const carryOfT = (T.low + T.high + half) / unit + 1n
      must('the carry into the upper half is not negative', pow(10) - carryOfT - multiple >= 0n)
      const digit = carry(T.low + T.high + qN.low + qN.high, carryOfT + multiple)
      must('a digit of a product has its bound', digit <= productDigit)
      must('$integer takes it', digit < pow(51))

      for (const N of modulusRange(length)) {
        const x = most(4n * N, pow(8 * length))
        const y = x === 4n * N ? x : N
        const ofQ = (q * (R - 1n)) / (unit - 1n)
        const product = ceilDivide(x * y + ofQ * N, R)
        must('a product is below 0.6 N', 10n * product < 6n * N)
        must('nothing is lost at the top', product + (digit * (R - 1n)) / (unit - 1n) < R)
        must('a sum of two products less one is a residue', products * product < 4n * N)
      }
    }
    // Whole numbers are 0 or at least 1, and what is halved at least 1/2.
    must('sums of digits are exact', products * productDigit < pow(53) && readDigit < pow(53))
    must('all doubles are 0 or between 1/2 and 2^103', pow(102) + pow(101) + pow(101) <= pow(103))
  })
}

/** Derive the bounds of extmul.wat. */
function extmulProblems(layout: Layout, length: number): string[] {
  return collect((must) => {
    const { width, digits } = layout
    const n = BigInt(digits)
    const R = pow(width * digits)
    const digit = pow(width) - 1n
    must('n is a multiple of 8', digits % 8 === 0)
    must('R is at least 2^8 N', R >= pow(8) * pow(8 * length))
    must('an entry of a table holds n digits', layout.entrySize >= 4 * digits && layout.entrySize % 32 === 0)
    must('a digit, doubled, has 32 bits', 2n * digit < pow(32))
    checkMemory(layout, length, 8, must)

    /** The greatest carry out of columns of this bound: no more than goes in for ever. */
    const carry = (column: bigint, first: bigint): bigint => {
      let c = first
      for (let k = 0; k < digits; k++) {
        must('a column and its carry stay under 2^64', column + c < pow(64))
        const next = (column + c) >> BigInt(width)
        if (next === c) break
        c = next
      }
      return most(c, first)
    }
    const column = n * digit * digit
    const carryOfT = carry(column, 0n)
    carry(column, 0n) // q: the products of two numbers of n digits, too
    const highest = ((column + digit) >> BigInt(width)) + pow(width - 1) + column + digit
    must('the two highest columns stay under 2^64', highest < pow(64))
    must('the rounding to the nearest is exact', (column + digit) / (digit * digit) + 2n < pow(width - 1))
    // The upper columns begin with what T had.
    carry(2n * n * digit * digit, carryOfT + (highest >> BigInt(width)))

    for (const N of modulusRange(length)) {
      const factors = most(36n * N * N, pow(8 * length) * N)
      const product = ceilDivide(factors + (R - 1n) * N, R)
      must('a product is below 1.2 N', 10n * product < 12n * N)
      must('a sum of two products less one, plus 2 N, is a residue', 2n * product + 2n * N <= 6n * N)
      must('a residue has n digits', 6n * N < R)
      must('what `write` takes is at most N', (6n * N + (R - 1n) * N) / R <= N)
    }
  })
}

const failing = (layoutOf: (length: number) => Layout, problems: (layout: Layout, length: number) => string[]) =>
  lengths.flatMap((length) => problems(layoutOf(length), length).map((claim) => `${length} bytes: ${claim}`))

describe('fma', () => {
  it('keeps its bounds for every size of 512 to 8192 bits', () => {
    expect(failing(fmaLayout, fmaProblems)).toEqual([])
  })

  it('has the constants that the bounds are derived for', () => {
    const text = textOf('fma')
    for (const constant of [
      'f64x2 0x1.8p102 0x1.8p102',
      'f64x2 0x1.8000000000006p102 0x1.8000000000006p102', // + 6 of 2^50
      'i64x2 0x1002000000000000 0x1002000000000000', // 2^60 + 2^49
      'f64x2 0x1.20000000004p52 0x1.20000000004p52', // 2^52 + 2^49 + 2^10
      'f64x2 0x1.8p52 0x1.8p52',
      'i64x2 1024 1024',
    ]) {
      expect(text).toContain(`v128.const ${constant}`)
    }
  })

  const largest = fmaLayout(1024)
  it.each<[string, Layout, bigint, string]>([
    ['digits of 51 bits', { ...largest, width: 51 }, 3n, 'h stays in the binade of C1'],
    ['five products in a factor', largest, 5n, 'h stays in the binade of C1'],
    ['a factor of eight products', largest, 8n, 'a sum of two products less one is a residue'],
    ['four digits too few', { ...largest, digits: largest.digits - 4 }, 3n, 'R is over 2^10 N'],
    ['an odd pair', { ...largest, digits: largest.digits + 2 }, 3n, 'n is 2 modulo 4'],
    ['16384 bits', fmaLayout(2048), 3n, 'columns do not overlap'],
    ['more digits than a column holds', fmaLayout(4096), 3n, 'a column stays under 2^60'],
    ['32768 bits', fmaLayout(4096), 3n, 'the carry into the upper half is not negative'],
  ])('would notice %s', (_what, layout, products, claim) => {
    expect(fmaProblems(layout, 1024, products)).toContain(claim)
  })
})

describe('extmul', () => {
  it('keeps its bounds for every size of 512 to 8192 bits', () => {
    expect(failing(extmulLayout, extmulProblems)).toEqual([])
  })

  it('takes 28 bits wherever the bounds hold, and nowhere else', () => {
    const wide = (length: number): Layout => {
      const digits = 8 * Math.ceil((8 * length + 8) / 28 / 8)
      return { width: 28, digits, digitSize: 4, entrySize: 4 * digits }
    }
    for (const length of lengths) {
      const holds = extmulProblems(wide(length), length).length === 0
      expect([length, extmulLayout(length).width]).toEqual([length, holds ? 28 : 27])
    }
    expect([447, 448].map((length) => extmulLayout(length).width)).toEqual([28, 27])
    expect(extmulProblems(wide(1024), 1024)).toContain('a column and its carry stay under 2^64')
  })

  const largest = extmulLayout(1024)
  it.each<[string, Layout, string]>([
    ['28 bits at 8192', { ...largest, width: 28 }, 'a column and its carry stay under 2^64'],
    ['eight digits too few', { ...largest, digits: largest.digits - 8 }, 'R is at least 2^8 N'],
    ['digits of 32 bits', { ...largest, width: 32 }, 'a digit, doubled, has 32 bits'],
  ])('would notice %s', (_what, layout, claim) => {
    expect(extmulProblems(layout, 1024)).toContain(claim)
  })
})
