// The shape of an integer's first bytes: this is all that padding mistakes depend on.

import { bitLength } from './reference.js'

export const SHAPES = [
  'plain', // full width, first byte 0x10..0x7f: padded and unpadded encodings are the same
  'top-bit', // full width, first byte 0x80..0xff: the encoding gets a 00 in front
  'odd-hex', // full width, first byte 0x01..0x0f: the hex has an odd number of digits
  'leading-zero-low', // one byte short, next byte 0x10..0x7f: the encoding is shorter
  'leading-zero-high', // one byte short, next byte 0x80..0xff: shorter, and a 00 in front
  'leading-zero-odd', // one byte short, next byte 0x01..0x0f
  'short', // two or more bytes short
  'long', // longer than the width
] as const
export type Shape = (typeof SHAPES)[number]

/** Full width in bytes of each value; a salt is 16 bytes by convention. */
export const WIDTHS = { A: 384, B: 384, S: 384, verifier: 384, u: 32, x: 32, salt: 16 } as const
export type ValueName = keyof typeof WIDTHS

export function shapeOf(name: ValueName, value: bigint): Shape {
  const spare = WIDTHS[name] * 8 - bitLength(value)
  if (spare < 0) return 'long'
  if (spare >= 16 || value === 0n) return 'short'
  const zero = spare >= 8
  const inByte = spare % 8
  if (inByte === 0) return zero ? 'leading-zero-high' : 'top-bit'
  if (inByte < 4) return zero ? 'leading-zero-low' : 'plain'
  return zero ? 'leading-zero-odd' : 'odd-hex'
}

/** The cheap form for long searches. */
export function hasShape(name: ValueName, value: bigint, shape: Shape): boolean {
  const width = BigInt(WIDTHS[name] * 8)
  const first = Number(value >> (width - 16n))
  switch (shape) {
    case 'plain':
      return first >= 0x1000 && first < 0x8000
    case 'top-bit':
      return first >= 0x8000 && first < 0x10000
    case 'odd-hex':
      return first >= 0x0100 && first < 0x1000
    case 'leading-zero-low':
      return first >= 0x10 && first < 0x80
    case 'leading-zero-high':
      return first >= 0x80 && first < 0x100
    case 'leading-zero-odd':
      return first >= 0x01 && first < 0x10
    case 'short':
      return first === 0
    case 'long':
      return first >= 0x10000
  }
}
