export class SeededRandom {
  constructor(seed: number)
  /** A whole number in [0, 2^32). */
  next(): number
  /** A whole number in [0, limit); limit is at most 2^32. */
  below(limit: number): number
  /** One of the items; there must be one. */
  pick<T>(items: readonly T[]): T
  bytes(length: number): Uint8Array
  /** Return the items in another order (Fisher-Yates); the given array stays as it is. */
  shuffle<T>(items: readonly T[]): T[]
}
