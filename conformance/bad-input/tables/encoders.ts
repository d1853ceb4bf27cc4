// @srp6a/srp: the encoders of integers.
import * as srp from '@srp6a/srp'
import { ANYTHING, bytesOf, isBytes, peer, type Rule } from '../rules.js'
import type { Subject, Table } from '../run.js'
import { size } from './handshake-rules.js'

/** An integer of up to 65,535 bytes. */
const INTEGER: Rule = {
  takes: (value) => isBytes(value) && size(value) <= 0xffff,
  refuses: (value) => [isBytes(value) ? 'too-large' : 'TypeError'],
}
const encoder = (encode: srp.Encoder, rules: Record<string, Rule> = {}): Subject => ({
  params: ['integer', 'modulusLength'],
  args: () => [bytesOf(20), 20],
  run: encode,
  rules: { integer: INTEGER, modulusLength: ANYTHING, ...rules },
})

export const ENCODERS: Table = {
  minimal: encoder(srp.minimal),
  signed: encoder(srp.signed),
  hexText: encoder(srp.hexText),
  raw: encoder(srp.raw, { integer: { ...INTEGER, takes: isBytes, named: false } }),
  padded: encoder(srp.padded, {
    integer: {
      ...INTEGER,
      takes: (value) =>
        INTEGER.takes(value) &&
        Buffer.from(value as Uint8Array)
          .toString('hex')
          .replace(/^(00)+/, '').length <= 40,
    },
    modulusLength: peer(
      (value) => Number.isInteger(value) && Number(value) >= 20 && Number(value) <= 0xffff,
      () => ['TypeError', 'RangeError', 'too-large'],
      { 20: 20, '2^31': 2 ** 31 },
    ),
  }),
}
