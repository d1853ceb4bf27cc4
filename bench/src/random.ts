// A seeded generator for everything that must differ between samples but be the same in two runs. Not for secrets:
// every library under test draws its own.

/** Mulberry32: 32 bits of state, enough to shuffle rounds and to fill test inputs. */
export class SeededRandom {
  #state: number

  constructor(seed: number) {
    this.#state = seed >>> 0
  }

  /** A whole number in [0, 2^32). */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0
    let mixed = this.#state
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return (mixed ^ (mixed >>> 14)) >>> 0
  }

  /** A whole number in [0, limit). */
  below(limit: number): number {
    if (!Number.isInteger(limit) || limit < 1 || limit > 0x1_0000_0000) throw new RangeError(`limit: ${limit}`)
    return Math.floor((this.next() / 0x1_0000_0000) * limit)
  }

  bytes(length: number): Uint8Array {
    const bytes = new Uint8Array(length)
    for (let index = 0; index < length; index++) bytes[index] = this.next() >>> 24
    return bytes
  }

  /** Return the items in another order (Fisher-Yates); the given array stays as it is. */
  shuffle<T>(items: readonly T[]): T[] {
    const shuffled = [...items]
    for (let index = shuffled.length - 1; index > 0; index--) {
      const other = this.below(index + 1)
      const a = shuffled[index] as T
      shuffled[index] = shuffled[other] as T
      shuffled[other] = a
    }
    return shuffled
  }
}
