// @srp6a/srp: states that are sealed.
import * as srp from '@srp6a/srp'
import { bytes, bytesOf, caller, isBytes, isFunction, isObject, isText, optional, type Rule } from '../rules.js'
import type { Subject, Table } from '../run.js'
import { OPTIONS, RANDOM, randomOf, size } from './handshake-rules.js'

const NOW: Rule = optional(
  caller(
    (value) => value instanceof Date,
    (value) => !Number.isNaN((value as Date).getTime()),
  ),
)
const CLOCK_RESULT: Rule = {
  ...NOW,
  takes: (value) => value !== undefined && NOW.takes(value),
  refuses: (value) => [value instanceof Date ? 'RangeError' : 'TypeError'],
}
const CONTEXT: Rule = optional({
  takes: (value) => (isText(value) || isBytes(value)) && size(value) <= 65_536,
  refuses: (value) => [isText(value) || isBytes(value) ? 'RangeError' : 'TypeError'],
})
const KEY: Rule = bytes(32, 32)
const STATE_LIMIT = 1 << 20
const sealing: Subject = {
  params: ['state', 'key', 'options'],
  args: () => [bytesOf(100), bytesOf(32), { now: () => new Date(1e12), random: (length: number) => bytesOf(length) }],
  run: srp.sealState,
  rules: {
    state: bytes(0, STATE_LIMIT),
    key: KEY,
    options: OPTIONS,
    'options.now': NOW,
    'options.now()': CLOCK_RESULT,
    'options.context': CONTEXT,
    'options.lifetime': optional(
      caller(
        (value) => typeof value === 'number',
        (value) => Number(value) > 0 && Number(value) < 1e12,
        {
          'a tenth of a second': 0.1,
          'what makes the expiry unsafe': 1e13,
        },
      ),
    ),
    'options.random': RANDOM,
    'options.random()': randomOf(12),
  },
}

export const SEALED_STATE: Table = {
  sealState: sealing,
  openState: {
    params: ['sealed', 'key', 'options'],
    args: async () => {
      const now = new Date(1e12)
      return [await srp.sealState(bytesOf(100), bytesOf(32), { now }), bytesOf(32), { now: () => now }]
    },
    run: srp.openState,
    rules: {
      sealed: {
        takes: () => false,
        refuses: (value) => [isBytes(value) ? 'invalid-state' : 'TypeError'],
        named: false,
      },
      key: {
        ...KEY,
        takes: (value) => isBytes(value) && Buffer.from(bytesOf(32)).equals(value as Uint8Array),
        refuses: (value) => [isBytes(value) ? 'RangeError' : 'TypeError'],
      },
      options: {
        ...OPTIONS,
        takes: () => false,
        refuses: (value) => [
          value === undefined || isObject(value) || isFunction(value) ? 'expired-state' : 'TypeError',
        ],
        named: false,
      },
      'options.now': {
        ...NOW,
        takes: (value) => NOW.takes(value) && value !== undefined,
        refuses: (value) => [
          value === undefined ? 'expired-state' : value instanceof Date ? 'RangeError' : 'TypeError',
        ],
        named: false,
      },
      'options.now()': CLOCK_RESULT,
      'options.context': {
        ...CONTEXT,
        takes: (value) => value === undefined,
        refuses: (value) => [
          !isText(value) && !isBytes(value) ? 'TypeError' : size(value) > 65_536 ? 'RangeError' : 'invalid-state',
        ],
        named: false,
      },
    },
  },
}
