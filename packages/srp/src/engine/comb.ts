// Fixed-base exponentiation (Lim and Lee, CRYPTO '94). The exponent's bits are laid out in TEETH rows; one table entry
// stands for each choice of rows in a column, and two tables, for the left and the right half of the columns, share the
// squarings. A 256-bit power takes 25 squarings and 52 multiplications instead of 252 and 78.
import type { Bytes } from '../bytes.js'
import { bitsAt } from './exponent.js'
import { at, type Modulus } from './modular.js'

/** Six would save a seventh of the multiplications, and no table of 3072 bits would fit in a processor's first cache. */
const TEETH = 5
const BLOCKS = 2

/**
 * @param base the residue of the fixed base
 * @param length the length of the exponents in bytes; longer ones are a mistake of the caller
 * @returns `base^exponent`
 */
export function createComb<T>(modulus: Modulus<T>, base: T, length: number): (exponent: Bytes) => T {
  const { multiply, touch, one } = modulus
  const columns = Math.ceil((8 * length) / TEETH / BLOCKS)
  const tables = buildTables()

  function buildTables(): T[][] {
    const built: T[][] = Array.from({ length: BLOCKS }, () => [one])
    let power = base
    for (let tooth = 0; tooth < TEETH; tooth++) {
      for (const table of built) {
        if (table !== built[0] || tooth > 0) for (let i = 0; i < columns; i++) power = multiply(power, power)
        // A tooth doubles the table: every entry so far, times the new power.
        table.push(power, ...table.slice(1).map((entry) => multiply(entry, power)))
      }
    }
    return built
  }

  return (exponent) => {
    let result = one
    for (let column = columns - 1; column >= 0; column--) {
      if (column < columns - 1) result = multiply(result, result)
      for (let block = 0; block < BLOCKS; block++) {
        const table = at(tables, block)
        // The whole of it is read: an entry that a secret uses again and again would else be the only one in the cache.
        table.forEach(touch)
        let index = 0
        for (let tooth = 0; tooth < TEETH; tooth++) {
          index |= bitsAt(exponent, (tooth * BLOCKS + block) * columns + column, 1) << tooth
        }
        result = multiply(result, at(table, index))
      }
    }
    return result
  }
}
