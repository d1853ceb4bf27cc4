import { assertString, hasOwn, readFields } from './arguments.js'
import { type Bytes, isBytes, utf8 } from './bytes.js'
import type { Encoder } from './encode.js'
import { isGroup } from './groups/group.js'
import type { Hash, HashInput, KeyAgreement, Term, ValueName } from './suite.js'

/** The input of a key derivation in front of `x`. */
export interface PasswordKdfInput {
  readonly username: string
  /** The password in UTF-8, or the bytes that were given instead of it. */
  readonly password: Bytes
  readonly salt: Bytes
}

/** The result of a key derivation: `argon2id` of a WebAssembly module is asynchronous, `scrypt` of @noble/hashes not. */
export type Derived = Bytes | Promise<Bytes>

/** The parts of a suite. */
export interface SuiteDefinition<D extends Derived = Bytes> extends KeyAgreement {
  /** The session key: the digest of these, or with `plain` these bytes themselves. */
  readonly K: HashInput | { readonly plain: HashInput }
  /** The client's proof. */
  readonly M1: HashInput
  /** The server's proof. */
  readonly M2: HashInput
  /**
   * Makes what is hashed as `P` out of the password: PBKDF2, scrypt or argon2 make a stolen verifier much harder to guess
   * from. If it returns promises, `enroll` and `answer` do too. What it returns is overwritten after use: return an
   * array of its own each time.
   */
  readonly passwordKdf?: (input: PasswordKdfInput) => D
}

declare const checked: unique symbol

/** A suite of SRP-6a, checked and frozen: see `defineSuite`. */
export interface Suite<D extends Derived = Bytes> extends SuiteDefinition<D> {
  readonly [checked]: true
}

/** SHA-1's, in bytes: the weakest hash in RFC 5054. */
const SHORTEST_DIGEST = 20

/** Bytes in UTF-8: a saved handshake holds the name. */
const LONGEST_NAME = 65_535

/** Digests within digests; no suite has more than two. */
const DEEPEST = 8

const ENROLLED: readonly ValueName[] = ['N', 'g', 's', 'I', 'P']
const AGREED: readonly ValueName[] = ['N', 'g', 's', 'I', 'A', 'B', 'S']

const PARTS = ['name', 'group', 'hash', 'k', 'u', 'x', 'K', 'M1', 'M2', 'passwordKdf'] as const

const known = /* @__PURE__ */ new WeakSet<object>()

/** Check that a value is a suite that this library made: frozen look-alikes are not. */
export function isSuite(value: unknown): value is Suite<Derived> {
  return known.has(value as object)
}

/**
 * Check a suite and freeze it. The suite is a copy: to change the definition later changes nothing.
 *
 * @param definition the parts of the suite
 * @param definition.name up to 65,535 bytes of UTF-8
 * @returns the suite, for `enroll`, `startClient` and `startServer`
 * @throws TypeError naming the part that is missing or not of its type
 * @throws RangeError if the digest is shorter than SHA-1's or not shorter than N, if a part leaves out what it must bind
 *   (M1, say, one of A, B and the shared secret), or if a hash takes in a value that does not exist yet
 * @example
 * const suite = defineSuite({
 *   name: 'mine', group: groups.rfc5054_4096, hash: sha256,
 *   k: [['N', padded], ['g', padded]],
 *   u: [['A', padded], ['B', padded]],
 *   x: [['s', raw], { hash: [['I', raw], { text: ':' }, ['P', raw]] }],
 *   K: [['S', padded]],
 *   M1: [['A', padded], ['B', padded], ['K', raw]],
 *   M2: [['A', padded], ['M1', raw], ['K', raw]],
 * })
 * const record = enroll(suite, { username: 'ada', password: 'correct horse' })
 */
export function defineSuite<D extends Derived = Bytes>(definition: SuiteDefinition<D>): Suite<D> {
  const given = readFields(definition, 'definition', PARTS)
  const { name, group, passwordKdf } = given
  assertString(name, 'name', 1)
  if (utf8(name).length > LONGEST_NAME) throw new RangeError(`name: expected at most ${LONGEST_NAME} bytes of UTF-8`)
  if (!isGroup(group)) throw new TypeError('group: expected one of groups, or one made by defineGroup')
  const hash = copyHash(given.hash)
  // u and x must be below N, and a digest as long as N would be a mistake of the group.
  if (hash.outputLen >= group.modulus.length) throw new RangeError('hash: expected a digest shorter than N')
  if (passwordKdf !== undefined && typeof passwordKdf !== 'function') {
    throw new TypeError('passwordKdf: expected a function')
  }
  if (Object(given.K) !== given.K) throw new TypeError('K: expected a list of what is hashed')
  const plain = hasOwn(given.K, 'plain')
  const k = copyInput('k', given.k, ['N', 'g'])
  const u = copyInput('u', given.u, ['N', 'g', 'A', 'B'])
  const x = copyInput('x', given.x, ENROLLED)
  const K = copyInput('K', plain ? (given.K as { plain: HashInput }).plain : (given.K as HashInput), AGREED)
  const M1 = copyInput('M1', given.M1, [...AGREED, 'K'])
  const M2 = copyInput('M2', given.M2, [...AGREED, 'K', 'M1'])
  requireTerms('k', k, ['N', 'g'])
  requireTerms('u', u, ['A', 'B'])
  requireTerms('x', x, ['s', 'P'])
  requireTerms('K', K, ['S'])
  // RFC 2945: the proofs bind what was exchanged to what was agreed. M2 does so through M1, with or without A of its own.
  requireTerms('M1', M1, ['A', 'B'], ['K', 'S'])
  requireTerms('M2', M2, ['M1'], ['K', 'S'])
  const kdf = passwordKdf === undefined ? {} : { passwordKdf }
  return presetSuite<D>({ name, group, hash, k, u, x, K: plain ? { plain: K } : K, M1, M2, ...kdf })
}

/** Freeze a definition of our own: that `defineSuite` takes it is checked in the tests, not in every app. */
export function presetSuite<D extends Derived = Bytes>(definition: SuiteDefinition<D>): Suite<D> {
  deepFreeze(definition)
  known.add(definition)
  return definition as Suite<D>
}

/** Wrap a hash, so that its length stays the one that was checked. */
function copyHash(given: Hash): Hash {
  const outputLen: unknown = typeof given === 'function' ? given.outputLen : undefined
  if (typeof given !== 'function' || !Number.isInteger(outputLen)) {
    throw new TypeError('hash: expected a function with its outputLen, as sha256 of @noble/hashes')
  }
  const hash = Object.assign((message: Bytes) => given(message), { outputLen: outputLen as number })
  const digest: unknown = hash(new Uint8Array())
  if (!isBytes(digest) || digest.length !== outputLen) throw new RangeError('hash: outputLen is not its length')
  if (digest.length < SHORTEST_DIGEST) throw new RangeError(`hash: expected at least ${SHORTEST_DIGEST} bytes`)
  return Object.freeze(hash)
}

/** Try an encoder once, so that a hash never takes in what is not bytes. */
function assertEncoder(part: string, encoder: unknown, what: string): asserts encoder is Encoder {
  if (typeof encoder !== 'function') throw new TypeError(`${part}: ${what} needs an encoder`)
  if (!isBytes(encoder(Uint8Array.of(1), 64))) throw new TypeError(`${part}: ${what} needs an encoder to a Uint8Array`)
}

/** Copy the input of a hash, and check the copy. */
function copyInput(part: string, input: HashInput, available: readonly ValueName[], depth = 0): HashInput {
  if (!Array.isArray(input)) throw new TypeError(`${part}: expected a list of what is hashed`)
  const terms: readonly unknown[] = [...input]
  if (terms.length === 0) throw new TypeError(`${part}: expected a list of what is hashed`)
  if (depth > DEEPEST) throw new RangeError(`${part}: expected at most ${DEEPEST} digests within each other`)
  return terms.map((term) => copyTerm(part, term, available, depth + 1))
}

function copyTerm(part: string, term: unknown, available: readonly ValueName[], depth: number): Term {
  if (typeof term !== 'object' || term === null) {
    throw new TypeError(`${part}: expected a term instead of ${String(term).slice(0, 20)}`)
  }
  if (Array.isArray(term)) {
    const [name, encoder]: unknown[] = [...term]
    const value = available.find((one) => one === name)
    if (!value) throw new RangeError(`${part}: not known by then: ${String(name).slice(0, 20)}`)
    assertEncoder(part, encoder, value)
    return [value, encoder]
  }
  const fields = readFields(term as { [kind: string]: unknown }, part, ['text', 'hash', 'xor', 'encoder'])
  const { text, hash, xor, encoder } = fields
  if ([text, hash, xor].filter((kind) => kind !== undefined).length !== 1) {
    throw new TypeError(`${part}: expected a term to be one of text, hash and xor`)
  }
  if (text !== undefined) {
    assertString(text, `${part}: text`)
    return { text }
  }
  if (hash !== undefined) {
    const inner = copyInput(part, hash as HashInput, available, depth)
    if (encoder === undefined) return { hash: inner }
    assertEncoder(part, encoder, 'a digest')
    return { hash: inner, encoder }
  }
  const sides: readonly HashInput[] = Array.isArray(xor) ? [...xor] : []
  const [left, right] = sides.map((side) => copyInput(part, side, available, depth))
  if (!left || !right || sides.length !== 2) throw new TypeError(`${part}: expected two lists in xor`)
  if (encoder === undefined) return { xor: [left, right] }
  assertEncoder(part, encoder, 'an exclusive or')
  return { xor: [left, right], encoder }
}

/** List every value in an input, those inside digests too. */
function valuesOf(input: HashInput): ValueName[] {
  return input.flatMap((term: Term): ValueName[] => {
    if (hasOwn(term, 'text')) return []
    if (hasOwn(term, 'hash')) return valuesOf((term as { hash: HashInput }).hash)
    if (hasOwn(term, 'xor')) return (term as { xor: readonly HashInput[] }).xor.flatMap(valuesOf)
    return [(term as readonly [ValueName, Encoder])[0]]
  })
}

/** @param oneOf of these, at least one */
function requireTerms(
  part: string,
  input: HashInput,
  all: readonly ValueName[],
  oneOf: readonly ValueName[] = [],
): void {
  const found = valuesOf(input)
  const missing = all.find((name) => !found.includes(name))
  if (missing) throw new RangeError(`${part}: expected it to take in ${missing}`)
  if (oneOf.length > 0 && !oneOf.some((name) => found.includes(name))) {
    throw new RangeError(`${part}: expected it to take in ${oneOf.join(' or ')}`)
  }
}

/** Freeze what is frozen already too, for what it holds may not be. Groups are frozen, and their bytes are copies. */
function deepFreeze(value: unknown): void {
  if (typeof value !== 'object' || value === null || isGroup(value)) return
  Object.freeze(value)
  for (const inner of Object.values(value)) deepFreeze(inner)
}
