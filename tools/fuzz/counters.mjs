// The instrumenter's counters as one row of numbers: which of them an input moved, and by about how much.

/** A count in steps of about a power of two: a loop that runs longer than before is worth a look, 9 rounds or 10 are not. */
const bucket = (count) => (count < 4 ? 1 << (count - 1) : count < 8 ? 8 : count < 16 ? 16 : count < 128 ? 32 : 64)

export class Counters {
  #rows = []
  /** For each counter the buckets that were seen so far, as bits. */
  #seen
  size = 0

  constructor(coverage) {
    for (const file of Object.values(coverage ?? {})) {
      for (const row of [file.s, file.f, ...Object.values(file.b)]) {
        const length = Object.keys(row).length
        this.#rows.push({ row, length, path: file.path })
        this.size += length
      }
    }
    this.#seen = new Uint8Array(this.size)
  }

  reset() {
    for (const { row, length } of this.#rows) for (let i = 0; i < length; i++) row[i] = 0
  }

  /** The counters that moved since `reset`, if one of them did as never before. */
  news() {
    let at = 0
    let found = false
    const moved = []
    for (const { row, length } of this.#rows) {
      for (let i = 0; i < length; i++, at++) {
        if (row[i] === 0) continue
        moved.push(at)
        const bit = bucket(row[i])
        if ((this.#seen[at] & bit) !== 0) continue
        this.#seen[at] |= bit
        found = true
      }
    }
    return found ? moved : undefined
  }

  get covered() {
    return this.#seen.reduce((count, bits) => count + (bits === 0 ? 0 : 1), 0)
  }

  /** The share of the counters of some files that ever moved, from 0 to 1. */
  share(files) {
    let at = 0
    let hit = 0
    let all = 0
    for (const { length, path } of this.#rows) {
      for (let i = 0; i < length; i++, at++) {
        if (!files.includes(path)) continue
        all++
        if (this.#seen[at] !== 0) hit++
      }
    }
    return all === 0 ? 0 : hit / all
  }
}
