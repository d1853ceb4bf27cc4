import { type Bytes, toHex } from '../bytes.js'
import type { Engine } from './engine.js'
import { createEngine } from './group-arithmetic.js'
import type { Integers } from './integers.js'

/** Native BigInt. Built from hex, the only conversion that every engine does in linear time. */
export const bigintIntegers: Integers<bigint> = {
  digitBits: 64,
  fromBytes: (bytes) => BigInt(`0x0${toHex(bytes)}`),
  toBytes(value, length) {
    const hex = value.toString(16).padStart(2 * length, '0')
    const bytes: Bytes = new Uint8Array(length)
    for (let i = 0; i < length; i++) bytes[i] = Number.parseInt(hex.slice(2 * i, 2 * i + 2), 16)
    return bytes
  },
  add: (a, b) => a + b,
  subtract: (a, b) => a - b,
  multiply: (a, b) => a * b,
  shiftRight: (value, bits) => value >> BigInt(bits),
  low: (value, bits) => BigInt.asUintN(bits, value),
  isLess: (a, b) => a < b,
  quotientVarTime: (a, b) => a / b,
}

/** The default engine: native BigInt. */
export const bigintEngine: Engine = createEngine('bigint', bigintIntegers)
