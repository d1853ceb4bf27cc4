// Values of a handshake, and the rules for each.
import { groups, type SrpOptions, type Suite, suites } from '@srp6a/srp'
import {
  ANYTHING,
  bytes,
  bytesOf,
  caller,
  isBytes,
  isFunction,
  isText,
  optional,
  peer,
  type Rule,
  TEXT,
} from '../rules.js'

export const suite: Suite = suites.rfc5054With(groups.rfc5054_1024, suites.rfc5054.hash)
export const N = suite.group.modulus
export const LENGTH = N.length
export const [username, password] = ['ada', 'correct horse']
export const salt = bytesOf(16)
const verifier = bytesOf(LENGTH - 1)
export const record = { username, salt, verifier }

export const size = (value: unknown): number => (value as Uint8Array).length
const isObject = (value: unknown): boolean => Object(value) === value
export const SUITE: Rule = caller(() => false)
export const ENGINE: Rule = optional(caller(() => false))
/** Any object will do: what it lacks has a default. */
export const OPTIONS: Rule = optional(caller(isObject))
export const RANDOM: Rule = {
  takes: (value) => value === undefined,
  refuses: (value) => [isFunction(value) ? 'bad-random' : 'TypeError'],
}
/** Make the rule for the result of a random source that is asked for `length` bytes. */
export const randomOf = (length: number): Rule =>
  peer(
    (value) => isBytes(value) && size(value) === length && (value as Uint8Array).some((byte) => byte > 0),
    () => ['bad-random'],
  )

/** The options of a function that draws `length` random bytes, or none at all. */
export const options = (length?: number): Record<string, Rule> => ({
  options: OPTIONS,
  'options.engine': ENGINE,
  'options.random': length === undefined ? ANYTHING : RANDOM,
  'options.random()': length === undefined ? ANYTHING : randomOf(length),
})

export const SALT: Rule = {
  ...bytes(1, 1024),
  refuses: (value) => [!isBytes(value) ? 'TypeError' : size(value) === 0 ? 'invalid-encoding' : 'too-large'],
}

const plus = (n: Uint8Array, difference: number) => n.map((byte, i) => (i === n.length - 1 ? byte + difference : byte))
export const significant = (value: unknown): number => {
  if (size(value) === 0) return 0
  const start = (value as Uint8Array).findIndex((byte) => byte > 0)
  return start < 0 ? 0 : size(value) - start
}
/** A, B or v: below 2^(8·length of N), and not 0 modulo N. */
export const PUBLIC: Rule = {
  takes: (value) =>
    isBytes(value) &&
    size(value) < 0xffff &&
    significant(value) > 0 &&
    significant(value) <= LENGTH &&
    !Buffer.from(value as Uint8Array).equals(N),
  refuses: (value) => [
    !isBytes(value)
      ? 'TypeError'
      : size(value) > 0xffff || significant(value) > LENGTH
        ? 'too-large'
        : 'invalid-public-key',
  ],
  edges: {
    0: new Uint8Array(LENGTH),
    1: Uint8Array.of(1),
    'N - 1': plus(N, -1),
    N,
    'N + 1': plus(N, 1),
    'a byte less than N': bytesOf(LENGTH - 1),
    'a byte more than N': bytesOf(LENGTH + 1),
    'zeros before it': Uint8Array.from([0, 0, ...bytesOf(LENGTH)]),
  },
  named: false,
}
export const PASSWORD: Rule = {
  takes: (value) => (isText(value) || isBytes(value)) && size(value) <= 65_536,
  refuses: (value) => [isText(value) || isBytes(value) ? 'RangeError' : 'TypeError'],
  edges: {
    ...TEXT.edges,
    'bytes of the limit': new Uint8Array(65_536),
    'bytes over the limit': new Uint8Array(65_537),
  },
}
/** As a saved handshake carries it, with 16 bits of length. */
export const NAME: Rule = { ...TEXT, takes: (value) => TEXT.takes(value) && size(value) < 65_536 }
export const KEY: Rule = bytes(1, LENGTH)
export const right = (engine: SrpOptions['engine']): SrpOptions => ({
  ...(engine && { engine }),
  random: (length) => bytesOf(length),
})
