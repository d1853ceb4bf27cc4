// Values that need no exponentiation: timestamps, secret hashes, encoded integers.
import { readHex, secretHashOf, signedBytes, timestampOf } from '../reference.js'
import type { Draft } from '../types.js'

/** [id, what, instant] */
const INSTANTS: readonly (readonly [string, string, string])[] = [
  ...Array.from({ length: 12 }, (_, index) => {
    const month = String(index + 1).padStart(2, '0')
    return [`month-${month}`, `month ${index + 1}`, `2026-${month}-15T13:14:15.000Z`] as const
  }),
  ...Array.from({ length: 7 }, (_, index) => {
    const day = String(index + 4)
    return [
      `weekday-${index + 1}`,
      `weekday ${index + 1} of 7, day ${day}`,
      `2027-01-${day.padStart(2, '0')}T01:02:03.000Z`,
    ] as const
  }),
  ['single-digit-day', 'the day of the month is not padded', '2026-09-05T10:11:12.000Z'],
  ['two-digit-day', 'a two-digit day', '2026-09-10T10:11:12.000Z'],
  ['midnight', 'midnight is 00, not 24', '2026-03-03T00:00:00.000Z'],
  ['noon', 'noon is 12', '2026-03-03T12:00:00.000Z'],
  ['one-pm', 'a 24-hour clock', '2026-03-03T13:00:00.000Z'],
  ['small-parts', 'hours, minutes and seconds are padded', '2026-03-03T01:02:03.000Z'],
  ['last-millisecond', 'milliseconds are cut, not rounded', '2026-12-31T23:59:59.999Z'],
  ['leap-day', '29 February', '2028-02-29T06:07:08.000Z'],
  ['summer-time-gap', 'UTC: an hour that local clocks in Europe skip', '2026-03-29T02:30:00.000Z'],
  ['summer-time-overlap', 'UTC: an hour that local clocks in Europe have twice', '2026-10-25T01:30:00.000Z'],
  ['date-line', 'UTC: already another day in the Pacific', '2026-06-30T11:59:59.000Z'],
]

const SECRETS: readonly (readonly [string, string, string, string, string])[] = [
  [
    'plain',
    'a plain name',
    'alice',
    '4abcdefghijklmnopqrstuvwxy',
    '1s2e3c4r5e6t7a8b9c0d1e2f3g4h5i6j7k8l9m0n1o2p3q4r5s6',
  ],
  ['email', 'an e-mail address, case kept', 'Alice@Example.com', '4abcdefghijklmnopqrstuvwxy', 'secret'],
  ['non-ascii', 'a non-ASCII name', 'J\u00fcrgen\u7528\u6237\ud83d\udd11', '4abcdefghijklmnopqrstuvwxy', 'secret'],
  ['nul', 'NUL in the name', 'us\u0000er', 'client', 'secret'],
  ['no-separator', 'nothing stands between name and client id', 'ab', 'c', 'secret'],
  ['no-separator-shifted', 'the same text, split elsewhere: the same hash', 'a', 'bc', 'secret'],
  ['secret-64', 'a secret of one hash block', 'alice', 'client', 's'.repeat(64)],
  ['secret-65', 'a secret longer than a hash block', 'alice', 'client', 's'.repeat(65)],
]

const INTEGERS: readonly string[] = [
  ...['0', '1', '7f', '80', 'ff', '100', '7fff', '8000', '123abc', '8123abc', '00ff', '000080'],
  ...['-1', '-7f', '-80', '-81', '-ff', '-100', '-7fff', '-8000', '-8001', '-10000', '-0080', '-123abc'],
]

export function smallDrafts(): Draft[] {
  return [
    ...INSTANTS.map(([id, what, now]): Draft => {
      const expected = { timestamp: timestampOf(new Date(now)) }
      return { id: `timestamp-${id}`, kind: 'timestamp', condition: `timestamp: ${what}`, inputs: { now }, expected }
    }),
    ...SECRETS.map(([id, what, username, clientId, clientSecret]): Draft => {
      const expected = { secretHash: secretHashOf(username, clientId, clientSecret) }
      const inputs = { username, clientId, clientSecret }
      return { id: `secret-hash-${id}`, kind: 'secret-hash', condition: `secret hash: ${what}`, inputs, expected }
    }),
    ...INTEGERS.map((hex): Draft => {
      const expected = { bytes: signedBytes(readHex(hex)).toString('hex') }
      const condition = `the integer ${hex} (hex) as minimal two's complement`
      return {
        id: `signed-bytes-${hex.replace('-', 'minus-')}`,
        kind: 'signed-bytes',
        condition,
        inputs: { hex },
        expected,
      }
    }),
  ]
}
