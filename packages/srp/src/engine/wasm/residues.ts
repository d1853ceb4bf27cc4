// Numbers modulo N in the memory of a kernel, and their powers. What is public lies above what is secret, so that one
// fill wipes all of it.
import type { Bytes } from '../../bytes.js'
import { bigintIntegers } from '../bigint.js'
import { bitsAt } from '../exponent.js'
import type { Kernel } from './instance.js'
import { BYTES, FREE, INVERSE, MARGIN, MODULUS, SCRATCH, setLayout } from './layout.js'

const PAGE = 65_536
const TEETH = 5
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
  /** Raise a fixed base to exponents of up to `length` bytes, from a table (see comb.ts). */
  comb(base: Bytes, length: number): (out: number, exponent: Bytes) => void
  /** Overwrites all that may have come from a secret. */
  wipe(): void
}

export function createResidues(kernel: Kernel, modulus: Bytes): Residues {
  const { memory, multiply, square, select, sum } = kernel
  const length = modulus.length
  const { width, digits, entrySize } = setLayout(kernel, length)
  let free = FREE
  const [first, second, third, scratch, picked] = [allocate(), allocate(), allocate(), allocate(), allocate()]
  const table = allocate(32)
  const endOfSecrets = free

  // Constants of the group, which is public: BigInt may work on them.
  const { fromBytes, toBytes } = bigintIntegers
  const N = fromBytes(modulus)
  const bits = width * digits
  const R = BigInt(1) << BigInt(bits)
  let inverse = BigInt(1) // of N, modulo R in the end: each of Newton's steps doubles the bits that are right
  for (let known = 2; known < 2 * bits; known *= 2) {
    inverse = BigInt.asUintN(Math.min(known, bits), inverse * (BigInt(2) - N * inverse))
  }
  const residueOfOne = R % N
  read(MODULUS, modulus)
  constant(R - inverse, INVERSE)
  const plainOne = constant(BigInt(1))
  const one = constant(residueOfOne)
  const squareOfR = constant((residueOfOne * residueOfOne) % N)
  let nextPiece: number | undefined

  /** A slot, or a table of as many entries. */
  function allocate(entries = 1): number {
    const at = free + MARGIN
    free = Math.ceil((at + entries * entrySize + MARGIN) / 64) * 64
    const missing = free - memory.buffer.byteLength
    if (missing > 0) memory.grow(Math.ceil(missing / PAGE))
    return at
  }

  function constant(value: bigint, at: number = allocate()): number {
    read(at, toBytes(value, Math.ceil(bits / 8)))
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

  function copy(from: number, to: number): void {
    view().copyWithin(to, from, from + entrySize)
  }

  function load(out: number, value: Bytes): void {
    let at = value.length % length || Math.min(length, value.length)
    read(out, value.subarray(0, at))
    multiply(out, out, squareOfR)
    // A value longer than N comes piece by piece.
    for (; at < value.length; at += length) {
      nextPiece ??= constant((R << BigInt(8 * length)) % N)
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
      view().fill(0, BYTES, FREE)
      kernel.write(scratch)
      return view()
        .slice(BYTES, BYTES + length)
        .reverse()
    },

    power(out, base, exponent) {
      const windowBits = exponent.length <= 40 ? 4 : 5
      const entries = 1 << windowBits
      copy(one, out)
      for (let i = 0; i < entries; i++) {
        copy(out, table + i * entrySize)
        multiply(out, base, out)
      }
      const windows = Math.ceil((8 * exponent.length) / windowBits)
      copy(one, out)
      for (let i = windows - 1; i >= 0; i--) {
        if (i < windows - 1) for (let bit = 0; bit < windowBits; bit++) square(out, out)
        select(picked, table, bitsAt(exponent, i * windowBits, windowBits), entries, entrySize)
        multiply(out, out, picked)
      }
    },

    comb(base, exponentLength) {
      const columns = Math.ceil((8 * exponentLength) / TEETH / COMB_BLOCKS)
      const tables = [allocate(COMB_ENTRIES), allocate(COMB_ENTRIES)]
      load(first, base)
      for (let tooth = 0; tooth < TEETH; tooth++) {
        for (const [block, at] of tables.entries()) {
          if (tooth > 0 || block > 0) for (let i = 0; i < columns; i++) square(first, first)
          else for (const start of tables) copy(one, start)
          // A tooth doubles the table: every entry so far, times the new power.
          copy(first, at + (1 << tooth) * entrySize)
          for (let i = 1; i < 1 << tooth; i++) {
            multiply(second, first, at + i * entrySize)
            copy(second, at + ((1 << tooth) + i) * entrySize)
          }
        }
      }
      return (out, exponent) => {
        copy(one, out)
        for (let column = columns - 1; column >= 0; column--) {
          if (column < columns - 1) square(out, out)
          for (const [block, at] of tables.entries()) {
            let index = 0
            for (let tooth = 0; tooth < TEETH; tooth++) {
              index |= bitsAt(exponent, (tooth * COMB_BLOCKS + block) * columns + column, 1) << tooth
            }
            select(picked, at, index, COMB_ENTRIES, entrySize)
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
