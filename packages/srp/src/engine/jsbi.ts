import JSBI from 'jsbi'
import { decodeHex, encodeHex } from '../codec.js'
import type { Engine } from './engine.js'
import { createEngine } from './group-arithmetic.js'
import type { Integers } from './integers.js'

/** JSBI: the same arithmetic where there is no native BigInt. */
export const jsbiIntegers: Integers<JSBI> = {
  digitBits: 30,
  fromBytes: (bytes) => JSBI.BigInt(`0x0${encodeHex(bytes)}`),
  toBytes: (value, length) => decodeHex(value.toString(16).padStart(2 * length, '0')),
  add: JSBI.add,
  subtract: JSBI.subtract,
  multiply: JSBI.multiply,
  shifter(bits) {
    const count = JSBI.BigInt(bits)
    return (value) => JSBI.signedRightShift(value, count)
  },
  lowBits: (bits) => (value) => JSBI.asUintN(bits, value),
  isLess: JSBI.lessThan,
  quotientVarTime: JSBI.divide,
}

/** For engines without BigInt; about ten times slower than native BigInt. Needs the optional peer `jsbi`. */
export const jsbiEngine: Engine = /* @__PURE__ */ createEngine('jsbi', jsbiIntegers)
