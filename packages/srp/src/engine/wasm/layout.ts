// The layout of numbers in the memory of a kernel: see fma.wat and extmul.wat.
import type { Kernel } from './instance.js'

/** The memory of both kernels: N, −1/N mod R, where scratch begins, where bytes go in and out, and what is free. */
export const MODULUS = 0x20
export const INVERSE = 0x620
export const SCRATCH = 0xc20
export const BYTES = 0x4800
export const FREE = 0x5000

/** The zero bytes below a slot, and above it. */
export const MARGIN = 32

export interface Layout {
  /** Bits of a digit. */
  readonly width: number
  /** Digits of a number. */
  readonly digits: number
  /** Bytes of a digit. */
  readonly digitSize: number
  /** Bytes of a number as an entry of a table, a multiple of 32. */
  readonly entrySize: number
}

/** @param length the length of N in bytes */
export function fmaLayout(length: number): Layout {
  const width = 50
  const least = Math.ceil((8 * length + 10) / width)
  const digits = 4 * Math.ceil((least - 2) / 4) + 2
  return { width, digits, digitSize: 8, entrySize: 8 * (digits + 2) }
}

/** Digits of 28 bits as long as no column overflows, that is 2 n (2^w - 1)^2 + 2^(64 - w) < 2^64. */
const MOST_DIGITS_OF_28 = 128

/** @param length the length of N in bytes */
export function extmulLayout(length: number): Layout {
  const count = (width: number): number => 8 * Math.ceil((8 * length + 8) / width / 8)
  const width = count(28) <= MOST_DIGITS_OF_28 ? 28 : 27
  const digits = count(width)
  return { width, digits, digitSize: 4, entrySize: 4 * digits }
}

/** Set a kernel up for numbers modulo an N of `length` bytes. */
export function setLayout(kernel: Kernel, length: number): Layout {
  const layout = kernel.fused ? fmaLayout(length) : extmulLayout(length)
  kernel.size.value = layout.digits * layout.digitSize
  if (kernel.width) kernel.width.value = layout.width
  return layout
}
