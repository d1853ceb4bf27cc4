// A seeded generator for whatever must differ between samples but be the same in two runs. Not for secrets.

/** Mulberry32: 32 bits of state, enough to shuffle rounds and to fill test inputs. */
export class SeededRandom {
  #state

  constructor(seed) {
    this.#state = seed >>> 0
  }

  next() {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0
    let mixed = this.#state
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return (mixed ^ (mixed >>> 14)) >>> 0
  }

  below(limit) {
    if (!Number.isInteger(limit) || limit < 1 || limit > 0x1_0000_0000) throw new RangeError(`limit: ${limit}`)
    return Math.floor((this.next() / 0x1_0000_0000) * limit)
  }

  pick(items) {
    return items[this.below(items.length)]
  }

  bytes(length) {
    const bytes = new Uint8Array(length)
    for (let index = 0; index < length; index++) bytes[index] = this.next() >>> 24
    return bytes
  }

  shuffle(items) {
    const shuffled = [...items]
    for (let index = shuffled.length - 1; index > 0; index--) {
      const other = this.below(index + 1)
      const held = shuffled[index]
      shuffled[index] = shuffled[other]
      shuffled[other] = held
    }
    return shuffled
  }
}
