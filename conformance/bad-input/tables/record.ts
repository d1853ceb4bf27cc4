// @srp6a/srp: records that come from a client, plain and sealed.
import * as srp from '@srp6a/srp'
import { bytes, bytesOf, caller, isBytes, isText, OBJECT, optional, peer, type Rule, wholeNumber } from '../rules.js'
import type { Subject, Table } from '../run.js'
import { OPTIONS, RANDOM, randomOf, SUITE, suite } from './handshake-rules.js'

const { modulus } = suite.group
const username = 'ada'
const record = { username, salt: bytesOf(16), verifier: bytesOf(modulus.length - 1) }
const session = { username, sessionKey: bytesOf(32) }
const size = (value: unknown): number => (value as Uint8Array).length
const decode = (value: unknown): Uint8Array =>
  isBytes(value) ? (value as Uint8Array) : Uint8Array.from(Buffer.from(String(value), 'base64'))
const isBase64 = (value: unknown): boolean => {
  try {
    return isText(value) && srp.fromBase64(value as string).length > 0
  } catch {
    return false
  }
}

/** Bytes or base64 of a client's. */
const received = (takes: (value: Uint8Array) => boolean, codes: readonly string[], edges: Rule['edges']): Rule =>
  peer(
    (value) => (isBytes(value) || isBase64(value)) && takes(decode(value)),
    () => ['invalid-encoding', 'too-large', ...codes],
    edges,
  )
const number = (digits: Uint8Array): bigint => BigInt(`0x0${Buffer.from(digits).toString('hex')}`)
const N = number(modulus)
const around = (difference: number) => modulus.map((byte, i) => (i === modulus.length - 1 ? byte + difference : byte))
const VERIFIER = received(
  (value) => size(value) <= 0xffff && number(value) > 1n && number(value) < N - 1n,
  ['invalid-public-key'],
  {
    N: modulus,
    'N − 1': around(-1),
    'N − 2': around(-2),
    one: Uint8Array.of(1),
    two: Uint8Array.of(2),
    'longer than N': bytesOf(modulus.length + 1),
  },
)
const SALT = received((value) => size(value) === 16, [], { 'of 15 bytes': bytesOf(15), 'of 17 bytes': bytesOf(17) })
const NAME: Rule = peer(
  (value) => value === username,
  (value) => (isText(value) ? ['wrong-username', 'too-large'] : ['invalid-encoding']),
)
/** Nothing but the right one, or none: a wrong one makes the record another user's. */
const EXPECTED: Rule = {
  takes: (value) => value === undefined || value === username,
  refuses: (value) => [isText(value) ? 'wrong-username' : 'TypeError'],
  named: false,
}
const SALT_LENGTH: Rule = {
  ...optional(wholeNumber(16, 16)),
  refuses: (value) => [
    ...(Number.isInteger(value) && Number(value) >= 1 && Number(value) <= 1024 ? ['invalid-encoding'] : []),
    'RangeError',
    'TypeError',
  ],
  // A length that could be is compared with the salt's, and the message names that.
  named: false,
}
const KEY: Rule = bytes(16, 1024)
const CONTEXT: Rule = optional({
  takes: (value) => (isText(value) || isBytes(value)) && size(value) <= 65_536,
  refuses: (value) => [isText(value) || isBytes(value) ? 'RangeError' : 'TypeError'],
})
/** A field of the caller's own record: of another type it is the caller's mistake, else what a server would say of it. */
const own = (rule: Rule): Rule => ({
  ...rule,
  takes: (value) => isBytes(value) && rule.takes(value),
  refuses: (value) => (isBytes(value) ? rule.refuses(value) : ['TypeError']),
})

const sealing: Subject = {
  params: ['suite', 'record', 'session', 'options'],
  args: () => [suite, record, session, { context: 'c', random: (length: number) => bytesOf(length) }],
  run: srp.sealRecord,
  rules: {
    suite: SUITE,
    record: OBJECT,
    'record.username': {
      takes: (value) => isText(value) && Buffer.byteLength(String(value)) <= 65_535,
      refuses: (value) => [isText(value) ? 'too-large' : 'TypeError'],
    },
    'record.salt': own({ ...SALT, takes: (value) => size(value) >= 16 && size(value) <= 1024 }),
    'record.verifier': own(VERIFIER),
    session: OBJECT,
    'session.sessionKey': KEY,
    options: OPTIONS,
    'options.context': CONTEXT,
    'options.random': RANDOM,
    'options.random()': randomOf(12),
  },
}

/** Compare a value with the right one. A context that does not fit the seal is refused like a damaged seal. */
const fits = (value: unknown, right: unknown): boolean =>
  isBytes(value) && isBytes(right) ? Buffer.from(value as Uint8Array).equals(right as Uint8Array) : value === right
const exactly = (rule: Rule, right: unknown): Rule => ({
  ...rule,
  takes: (value) => fits(value, right),
  refuses: (value) => (rule.takes(value) ? ['invalid-state'] : rule.refuses(value)),
  named: false,
})

export const RECORD: Table = {
  readRecord: {
    params: ['suite', 'message', 'options'],
    args: () => [suite, record, { username, saltLength: 16 }],
    run: srp.readRecord,
    rules: {
      suite: SUITE,
      message: { takes: () => false, refuses: () => ['invalid-encoding'], named: false },
      'message.username': NAME,
      'message.salt': SALT,
      'message.verifier': VERIFIER,
      options: OPTIONS,
      'options.username': EXPECTED,
      'options.saltLength': SALT_LENGTH,
    },
  },
  sealRecord: sealing,
  openRecord: {
    params: ['suite', 'sealed', 'session', 'options'],
    args: async () => [
      suite,
      await srp.sealRecord(suite, record, session, { context: 'c' }),
      session,
      { context: 'c', saltLength: 16 },
    ],
    run: srp.openRecord,
    rules: {
      suite: SUITE,
      sealed: {
        takes: () => false,
        refuses: (value) => [isBytes(value) ? 'invalid-state' : 'TypeError'],
        named: false,
      },
      session: OBJECT,
      'session.username': { ...EXPECTED, takes: (value) => value === username },
      'session.sessionKey': exactly(KEY, session.sessionKey),
      // Without a context the seal does not open.
      options: { ...caller(() => false), refuses: () => ['invalid-state', 'TypeError'], named: false },
      'options.context': exactly(CONTEXT, 'c'),
      'options.saltLength': SALT_LENGTH,
    },
  },
}
