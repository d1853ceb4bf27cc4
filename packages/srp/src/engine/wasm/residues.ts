// Numbers modulo N in the memory of the kernel, and their powers. What is public lies above what is secret, so that one
// fill wipes all of it.
import type { Bytes } from '../../bytes.js'
import { bigintIntegers } from '../bigint.js'
import { bitsAt } from '../exponent.js'
import type { Kernel } from './instance.js'

/** The memory of columns.wat: where scratch begins, where bytes go in and out, and what is free. */
const SCRATCH = 0x2000
const BYTES = 0xc000
const FREE = 0xc800

/** A power of two of this many bits between N and R, and 16 digits of 14 bits in a block. */
const HEADROOM = 12
const BLOCK_BITS = 16 * 14

const PAGE = 65_536
const TEETH = 6
const COMB_BLOCKS = 2
const COMB_ENTRIES = 1 << TEETH

/** Residues are addresses of slots; each operation writes to the slot `out`, which may be an operand too. */
export interface Residues {
  /** Three slots for secrets, wiped by `wipe`. */
  readonly slots: readonly [number, number, number]
  multiply(out: number, x: number, y: number): void
  add(out: number, x: number, y: number): void
  subtract(out: number, x: number, y: number): void
  /** Big-endian bytes of any length, modulo N. */
  load(out: number, value: Bytes): void
  /** The one number from 0 to N − 1, in as many bytes as N has. */
  toBytes(x: number): Bytes
  /** `base^exponent`, in another slot than the base; the work depends on the length of the exponent in bytes only. */
  power(out: number, base: number, exponent: Bytes): void
  /** The same for a fixed base and exponents of up to `length` bytes, from a table (see comb.ts). */
  comb(base: Bytes, length: number): (out: number, exponent: Bytes) => void
  /** Overwrites all that may have come from a secret. */
  wipe(): void
}

export function createResidues(kernel: Kernel, modulus: Bytes): Residues {
  const { memory, multiply, square, select, sum } = kernel
  const length = modulus.length
  const n = 16 * Math.ceil((8 * length + HEADROOM) / BLOCK_BITS)
  kernel.n.value = n
  const entrySize = 2 * n
  const slotSize = 6 * n + 128
  let free = FREE
  const [first, second, third, scratch] = [
    allocate(slotSize),
    allocate(slotSize),
    allocate(slotSize),
    allocate(slotSize),
  ]
  const picked = allocate(entrySize)
  const table = allocate(entrySize << 5)
  const endOfSecrets = free

  // Constants of the group, which is public: BigInt may work on them.
  const { fromBytes, toBytes } = bigintIntegers
  const N = fromBytes(modulus)
  const bits = BigInt(14 * n)
  const R = BigInt(1) << bits
  let inverse = BigInt(1) // of N modulo R, by Newton's iteration
  for (let known = 1; known < 14 * n; known *= 2) inverse = BigInt.asUintN(14 * n, inverse * (BigInt(2) - N * inverse))
  read(0, modulus)
  constant(R - inverse, 0x1000)
  const plainOne = constant(BigInt(1))
  const one = constant(R % N)
  const squareOfR = constant((R * R) % N)
  const nextPiece = constant((R << BigInt(8 * length)) % N)

  function allocate(size: number): number {
    const at = free
    free += Math.ceil(size / 64) * 64
    const missing = free - memory.buffer.byteLength
    if (missing > 0) memory.grow(Math.ceil(missing / PAGE))
    return at
  }

  function constant(value: bigint, at: number = allocate(slotSize)): number {
    read(at, toBytes(value, (14 * n) / 8))
    return at
  }

  function view(): Bytes {
    return new Uint8Array(memory.buffer)
  }

  /** Bytes below R, as they are. */
  function read(out: number, value: Bytes): void {
    const bytes = view().subarray(BYTES, FREE)
    bytes.fill(0).set(value)
    bytes.subarray(0, value.length).reverse()
    kernel.read(out)
  }

  function copy(from: number, to: number, size: number): void {
    view().copyWithin(to, from, from + size)
  }

  function load(out: number, value: Bytes): void {
    let at = value.length % length || Math.min(length, value.length)
    read(out, value.subarray(0, at))
    multiply(out, out, squareOfR)
    // What is longer than N comes piece by piece.
    for (; at < value.length; at += length) {
      multiply(out, out, nextPiece)
      read(scratch, value.subarray(at, at + length))
      multiply(scratch, scratch, squareOfR)
      sum(out, out, scratch, 1)
    }
  }

  return {
    slots: [first, second, third],
    multiply,
    add: (out, x, y) => sum(out, x, y, 1),
    subtract: (out, x, y) => sum(out, x, y, -1),
    load,

    toBytes(x) {
      multiply(scratch, x, plainOne)
      kernel.write(scratch)
      return view()
        .slice(BYTES, BYTES + length)
        .reverse()
    },

    power(out, base, exponent) {
      const width = exponent.length <= 40 ? 4 : 5
      const entries = 1 << width
      copy(one, out, slotSize)
      for (let i = 0; i < entries; i++) {
        copy(out, table + i * entrySize, entrySize)
        multiply(out, out, base)
      }
      const digits = Math.ceil((8 * exponent.length) / width)
      copy(one, out, slotSize)
      for (let digit = digits - 1; digit >= 0; digit--) {
        if (digit < digits - 1) for (let i = 0; i < width; i++) square(out, out)
        select(picked, table, bitsAt(exponent, digit * width, width), entries)
        multiply(out, out, picked)
      }
    },

    comb(base, exponentLength) {
      const columns = Math.ceil((8 * exponentLength) / TEETH / COMB_BLOCKS)
      const tables = [allocate(entrySize * COMB_ENTRIES), allocate(entrySize * COMB_ENTRIES)]
      load(first, base)
      for (let tooth = 0; tooth < TEETH; tooth++) {
        for (const [block, at] of tables.entries()) {
          if (tooth > 0 || block > 0) for (let i = 0; i < columns; i++) square(first, first)
          else for (const start of tables) copy(one, start, entrySize)
          // A tooth doubles the table: every entry so far, times the new power.
          for (let i = 0; i < 1 << tooth; i++) {
            multiply(second, first, at + i * entrySize)
            copy(second, at + ((1 << tooth) + i) * entrySize, entrySize)
          }
        }
      }
      return (out, exponent) => {
        copy(one, out, slotSize)
        for (let column = columns - 1; column >= 0; column--) {
          if (column < columns - 1) square(out, out)
          for (const [block, at] of tables.entries()) {
            let index = 0
            for (let tooth = 0; tooth < TEETH; tooth++) {
              index |= bitsAt(exponent, (tooth * COMB_BLOCKS + block) * columns + column, 1) << tooth
            }
            select(picked, at, index, COMB_ENTRIES)
            multiply(out, out, picked)
          }
        }
      }
    },

    wipe() {
      view().fill(0, SCRATCH, endOfSecrets)
    },
  }
}
