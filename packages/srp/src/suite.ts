import { hasOwn, readFields } from './arguments.js'
import { type Bytes, concat, isBytes, utf8, wipe } from './bytes.js'
import { type Encoder, raw, withoutZeros } from './encode.js'
import type { Engine, GroupArithmetic } from './engine/engine.js'
import { SrpError } from './errors.js'
import type { Group } from './groups/group.js'
import type { RandomSource } from './random.js'

/** A hash function, as those of @noble/hashes are: `sha256` from `@noble/hashes/sha2.js` fits as it is. */
export interface Hash {
  (message: Bytes): Bytes
  /** Length of a digest, in bytes. */
  readonly outputLen: number
}

/**
 * The values that a hash can take in, by their names in RFC 5054 and RFC 2945:
 * `I` the username and `P` the password, as UTF-8 or as their key derivation gave them; `s` the salt; `S` the shared
 * secret; `K` the session key; `M1` the client's proof.
 */
export type ValueName = 'N' | 'g' | 's' | 'I' | 'P' | 'A' | 'B' | 'S' | 'K' | 'M1'

/** One piece of a hash's input: a value, a constant text, a digest, or two digests combined by exclusive or. */
export type Term =
  | readonly [value: ValueName, encoder: Encoder]
  | { readonly text: string }
  | { readonly hash: HashInput; readonly encoder?: Encoder }
  | { readonly xor: readonly [HashInput, HashInput]; readonly encoder?: Encoder }

/** The input of a hash, in order. */
export type HashInput = readonly Term[]

/** The part of a suite that makes client and server reach the same S. */
export interface KeyAgreement {
  readonly name: string
  readonly group: Group
  readonly hash: Hash
  /** The multiplier, `k`. */
  readonly k: HashInput
  /** The scrambler, `u`. */
  readonly u: HashInput
  /** The exponent made of the salt and the password, `x`. */
  readonly x: HashInput
}

/** The arithmetic and the source of secrets. */
export interface SrpOptions {
  /** The arithmetic; native BigInt if left out. */
  readonly engine?: Engine | undefined
  /** The source of secrets; `crypto.getRandomValues` if left out. */
  readonly random?: RandomSource | undefined
}

/** The options of a program that brings its engine. */
export interface EngineOptions extends SrpOptions {
  /** The arithmetic, which is required. */
  readonly engine: Engine
}

/**
 * Open the arithmetic of a group on the engine that the options name.
 *
 * @throws TypeError unless `options` is an object, and its `engine` an engine
 */
export function groupArithmetic(group: Group, options: EngineOptions): GroupArithmetic {
  return engineOf(options).group(group)
}

/**
 * Read the engine that the options name.
 *
 * @throws TypeError unless `options` is an object, and its `engine` an engine
 */
export function engineOf(options: EngineOptions): Engine {
  const { engine } = readFields(options, 'options', ['engine'])
  if (typeof engine?.group !== 'function') throw new TypeError('engine: expected an Engine')
  return engine
}

export type Values = { readonly [name in ValueName]?: Bytes }

/** Join the bytes of a hash's input. The values are there: `defineSuite` has seen to that. */
export function hashInput(suite: KeyAgreement, input: HashInput, values: Values): Bytes {
  const { modulus, generator } = suite.group
  const known: Values = { N: modulus, g: generator, ...values }
  // Of secrets: encodings of P and S, and H(I:P), which is as good as the password.
  const made: Bytes[] = []
  const bytesOf = (term: Term): Bytes => {
    if (hasOwn(term, 'text')) return utf8((term as { text: string }).text)
    if (hasOwn(term, 'hash')) {
      const { hash } = term as { hash: HashInput }
      const inner = digest(suite, hash, values)
      const encoded = encoderOf(term)(inner, modulus.length)
      made.push(inner, encoded)
      return encoded
    }
    if (hasOwn(term, 'xor')) {
      const { xor } = term as { xor: readonly [HashInput, HashInput] }
      const [left, right] = xor.map((side) => digest(suite, side, values)) as [Bytes, Bytes]
      const combined = left.map((byte, i) => byte ^ (right[i] as number))
      const encoded = encoderOf(term)(combined, modulus.length)
      made.push(left, right, combined, encoded)
      return encoded
    }
    const [name, encoder] = term as readonly [ValueName, Encoder]
    const value = known[name] as Bytes
    const encoded = encoder(value, modulus.length)
    // An encoder may return its argument, or a part of it, which is still needed.
    if (encoded.buffer !== value.buffer) made.push(encoded)
    return encoded
  }
  const message = concat(...input.map(bytesOf))
  wipe(...made)
  return message
}

/** Find the encoder of a digest or an exclusive or: its own, not one that `Object.prototype` was made to have. */
function encoderOf(term: Term): Encoder {
  return hasOwn(term, 'encoder') ? ((term as { encoder?: Encoder }).encoder ?? raw) : raw
}

/** Hash an input, which may hold the password or S, and is wiped. */
export function digest(suite: KeyAgreement, input: HashInput, values: Values): Bytes {
  const message = hashInput(suite, input, values)
  const result = suite.hash(message)
  wipe(message)
  if (!isBytes(result) || result.length !== suite.hash.outputLen) {
    throw new TypeError(`hash: expected a Uint8Array of ${suite.hash.outputLen} bytes`)
  }
  return result
}

/**
 * Compute `u`, the scrambler.
 *
 * @throws SrpError `invalid-scrambler` if it is 0: RFC 5054, section 2.5.4 makes the client stop then
 */
export function scrambler(suite: KeyAgreement, A: Bytes, B: Bytes): Bytes {
  const u = digest(suite, suite.u, { A, B })
  if (u.every((byte) => byte === 0)) throw new SrpError('invalid-scrambler', 'u is 0')
  return u
}

/**
 * Check a public key of the other side.
 *
 * "The client MUST abort authentication if B % N is zero", and the server if A % N is (RFC 5054, sections 2.5.4, 2.5.3):
 * not only at 0, but at N too.
 *
 * @returns the value without leading zeros
 * @throws SrpError `too-large` before any arithmetic if it is longer than N; `invalid-public-key` if it is 0 modulo N
 */
export function checkPublicKey(arithmetic: GroupArithmetic, group: Group, value: Bytes, name: string): Bytes {
  const integer = withoutZeros(value)
  if (integer.length > group.modulus.length) throw new SrpError('too-large', `${name}: longer than N`)
  if (arithmetic.isZeroVarTime(integer)) throw new SrpError('invalid-public-key', `${name}: 0 modulo N`)
  return integer
}
