// A stream of bytes that look random and are the same on every run: SHA-256 over a label and a counter.
import { seededBlock } from 'srp6a-vectors/generate/seed.js'

export class Draw {
  readonly #label: string
  #block: Buffer = Buffer.alloc(0)
  #at = 0
  #counter = 0

  constructor(label: string) {
    this.#label = label
  }

  bytes(length: number): Buffer {
    const bytes = Buffer.alloc(length)
    for (let i = 0; i < length; i++) bytes[i] = this.#next()
    return bytes
  }

  /** A whole number in [0, limit), limit up to 2^32; even enough, for nothing secret hangs on it. */
  below(limit: number): number {
    return this.bytes(6).readUIntBE(0, 6) % limit
  }

  /** True once in `times` on average. */
  oneIn(times: number): boolean {
    return this.below(times) === 0
  }

  pick<T>(items: readonly [T, ...T[]]): T {
    return items[this.below(items.length)] ?? items[0]
  }

  #next(): number {
    if (this.#at === this.#block.length) {
      this.#block = seededBlock(`srp6a soak ${this.#label}`, this.#counter++)
      this.#at = 0
    }
    return this.#block[this.#at++] ?? 0
  }
}
