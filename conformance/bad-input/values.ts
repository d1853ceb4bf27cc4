// Hostile arguments: values of every type, of every size, and some that fight back.
import { runInNewContext } from 'node:vm'

/** The error that a hostile object throws when it is looked into: no other code throws it. */
export class Trap extends Error {
  override readonly name = 'Trap'
}
const spring = (): never => {
  throw new Trap('looked into')
}

export interface Named {
  readonly name: string
  readonly value: unknown
}

/** Ten million: characters or bytes. */
export const HUGE = 10_000_000
const hugeText = 'a'.repeat(HUGE)
const hugeZeros = new Uint8Array(HUGE)
const hugeOnes = new Uint8Array(HUGE).fill(1)

/** Bytes that were given away: no length is left, and every method throws a TypeError of the engine's. */
export const DETACHED: Uint8Array = Uint8Array.of(1, 2, 3)
structuredClone(DETACHED.buffer, { transfer: [DETACHED.buffer as ArrayBuffer] })

/** A field left out, which is not always the same as one that is undefined. */
export const MISSING: unique symbol = Symbol('missing')

const values: Readonly<Record<string, unknown>> = {
  missing: MISSING,
  undefined: undefined,
  null: null,
  true: true,
  false: false,
  zero: 0,
  'minus one': -1,
  'one and a half': 1.5,
  NaN: Number.NaN,
  Infinity: Number.POSITIVE_INFINITY,
  '2^53': 2 ** 53,
  bigint: 2n,
  'empty text': '',
  'a letter': 'x',
  'a digit': '7',
  'white space': ' \t\n',
  'text with NUL': 'a\0b',
  'a lone surrogate': '\ud800',
  __proto__: '__proto__',
  constructor: 'constructor',
  'huge text': hugeText,
  'a boxed text': new String('x'),
  symbol: Symbol('x'),
  function: () => 'x',
  'an empty list': [],
  'a list of null': [null],
  'a list of lists': [[], [[]]],
  'an empty object': {},
  'an object without prototype': Object.create(null),
  'an own __proto__': JSON.parse('{"__proto__":{"polluted":true}}'),
  'an own constructor': JSON.parse('{"constructor":{"prototype":{"polluted":true}}}'),
  'its own toString': { toString: spring, valueOf: spring, toJSON: spring },
  'a getter that throws': Object.defineProperty({}, 'length', { get: spring, enumerable: true }),
  'a proxy that throws': new Proxy({}, { get: spring, has: spring, ownKeys: spring, getOwnPropertyDescriptor: spring }),
  'a promise': Promise.resolve('x'),
  'a date': new Date(0),
  'an invalid date': new Date(Number.NaN),
  'a map': new Map([['x', 'x']]),
  'a DataView': new DataView(new ArrayBuffer(8)),
  'an ArrayBuffer': new ArrayBuffer(8),
  'a Uint16Array': new Uint16Array(8).fill(257),
  'a list of bytes': [1, 2, 3],
  'no bytes': new Uint8Array(),
  'one byte': Uint8Array.of(1),
  'zero bytes': new Uint8Array(16),
  'a Buffer': Buffer.from('0123456789abcdef'),
  'shared bytes': new Uint8Array(new SharedArrayBuffer(16)).fill(3),
  'detached bytes': DETACHED,
  'bytes of another realm': runInNewContext('Uint8Array.from({ length: 16 }, (_, i) => i + 1)'),
  'a date of another realm': runInNewContext('new Date(0)'),
  'an object of another realm': runInNewContext('({})'),
  'huge zeros': hugeZeros,
  'huge bytes': hugeOnes,
}

export const HOSTILE: readonly Named[] = Object.entries(values).map(([name, value]) => ({ name, value }))
