import { decodeHex, encodeHex } from '../codec.js'
import type { Engine } from './engine.js'
import { createEngine } from './group-arithmetic.js'
import type { Integers } from './integers.js'

/** Native BigInt. Built from hex, the only conversion that every engine does in linear time. */
export const bigintIntegers: Integers<bigint> = {
  digitBits: 64,
  fromBytes: (bytes) => BigInt(`0x0${encodeHex(bytes)}`),
  toBytes: (value, length) => decodeHex(value.toString(16).padStart(2 * length, '0')),
  add: (a, b) => a + b,
  subtract: (a, b) => a - b,
  multiply: (a, b) => a * b,
  shifter(bits) {
    const count = BigInt(bits)
    return (value) => value >> count
  },
  lowBits(bits) {
    // BigInt.asUintN would do, but for QuickJS, where it is wrong at times if bits is a multiple of 32.
    const mask = (BigInt(1) << BigInt(bits)) - BigInt(1)
    return (value) => value & mask
  },
  isLess: (a, b) => a < b,
  quotientVarTime: (a, b) => a / b,
}

/** The default engine: native BigInt. */
export const bigintEngine: Engine = /* @__PURE__ */ createEngine('bigint', bigintIntegers)
