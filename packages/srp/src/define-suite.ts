import { assertObject, assertText, type Bytes, isBytes } from './bytes.js'
import type { Group } from './groups.js'
import type { HashInput, KeyAgreement, Term, ValueName } from './suite.js'

/** What a key derivation in front of `x` gets. */
export interface PasswordKdfInput {
  readonly username: string
  /** The password in UTF-8, or the bytes that were given instead of it. */
  readonly password: Bytes
  readonly salt: Bytes
}

/** What a key derivation may return: `argon2id` of a WebAssembly module is asynchronous, `scrypt` of @noble/hashes not. */
export type Derived = Bytes | Promise<Bytes>

/** What a dialect consists of. */
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

/** A dialect of SRP-6a, checked and frozen: see `defineSuite`. */
export interface Suite<D extends Derived = Bytes> extends SuiteDefinition<D> {
  readonly [checked]: true
}

/** SHA-1's, in bytes: the weakest hash in RFC 5054. */
const SHORTEST_DIGEST = 20

const ENROLLED: readonly ValueName[] = ['N', 'g', 's', 'I', 'P']
const AGREED: readonly ValueName[] = ['N', 'g', 's', 'I', 'A', 'B', 'S']

/**
 * Checks a dialect and freezes it.
 *
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
 * @throws TypeError naming the part that is missing or not of its type
 * @throws RangeError if the digest is shorter than SHA-1's or not shorter than N, if a part leaves out what it must bind
 *   (M1, say, one of A, B and the shared secret), or if a hash takes in a value that does not exist yet
 */
export function defineSuite<D extends Derived = Bytes>(definition: SuiteDefinition<D>): Suite<D> {
  assertObject(definition, 'definition')
  const { name, group, hash, k, u, x, K, M1, M2, passwordKdf } = definition
  assertText(name, 'name')
  if (name === '') throw new RangeError('name is empty')
  assertGroup(group)
  if (typeof hash !== 'function' || !Number.isInteger(hash.outputLen)) {
    throw new TypeError('hash must be a function with its outputLen, as sha256 of @noble/hashes')
  }
  if (hash(new Uint8Array()).length !== hash.outputLen) throw new RangeError('hash.outputLen is not its length')
  if (hash.outputLen < SHORTEST_DIGEST) throw new RangeError(`The digest must have at least ${SHORTEST_DIGEST} bytes`)
  // u and x must be below N, and a digest as long as N would be a mistake of the group.
  if (hash.outputLen >= group.modulus.length) throw new RangeError('The digest must be shorter than N')
  if (passwordKdf !== undefined && typeof passwordKdf !== 'function') {
    throw new TypeError('passwordKdf must be a function')
  }
  if (typeof K !== 'object' || K === null) throw new TypeError('K must be a list of what is hashed')
  const keyInput = 'plain' in K ? K.plain : K
  const known = { k: ['N', 'g'], u: ['N', 'g', 'A', 'B'], x: ENROLLED, K: AGREED, M1: [...AGREED, 'K'] } as const
  const inputs = { k, u, x, K: keyInput, M1 }
  for (const part of ['k', 'u', 'x', 'K', 'M1'] as const) checkInput(part, inputs[part], known[part])
  checkInput('M2', M2, [...AGREED, 'K', 'M1'])
  demand('k', k, ['N', 'g'])
  demand('u', u, ['A', 'B'])
  demand('x', x, ['s', 'P'])
  demand('K', keyInput, ['S'])
  // RFC 2945: the proofs bind what was exchanged to what was agreed.
  demand('M1', M1, ['A', 'B'], ['K', 'S'])
  demand('M2', M2, ['A', 'M1'], ['K', 'S'])
  return deepFreeze({ ...definition }) as Suite<D>
}

/** A dialect of our own, frozen only: that `defineSuite` takes it is checked in the tests, not in every app. */
export function presetSuite<D extends Derived = Bytes>(definition: SuiteDefinition<D>): Suite<D> {
  return deepFreeze(definition) as Suite<D>
}

/** What can be seen at a glance: with a modulus that is none the arithmetic would not come to an end. */
function assertGroup(group: Group): void {
  const { modulus: N, generator: g } = group ?? {}
  const odd = isBytes(N) && N.length >= 64 && N.length <= 1024 && N[0] && (N[N.length - 1] as number) & 1
  if (!(odd && isBytes(g) && g.length <= N.length && g.some((byte) => byte > 0) && Object.isFrozen(group))) {
    throw new TypeError('group must be one of groups, or made by defineGroup')
  }
}

/** Tried once, so that a hash never takes in what is no bytes. */
function assertEncoder(part: string, encoder: unknown, what: string): void {
  if (typeof encoder !== 'function') throw new TypeError(`${part}: ${what} needs an encoder`)
  if (!isBytes(encoder(Uint8Array.of(1), 64))) throw new TypeError(`${part}: ${what} needs an encoder to a Uint8Array`)
}

/** Every value in an input, those inside digests too. */
function valuesOf(input: HashInput): ValueName[] {
  return input.flatMap((term: Term): ValueName[] => {
    if ('text' in term) return []
    if ('hash' in term) return valuesOf(term.hash)
    if ('xor' in term) return term.xor.flatMap(valuesOf)
    return [term[0]]
  })
}

function checkInput(part: string, input: HashInput, known: readonly ValueName[]): void {
  if (!Array.isArray(input) || input.length === 0) throw new TypeError(`${part} must be a list of what is hashed`)
  for (const term of input as readonly Term[]) {
    if (typeof term !== 'object' || term === null)
      throw new TypeError(`${part}: ${String(term).slice(0, 20)} is no term`)
    if (['text', 'hash', 'xor'].filter((kind) => kind in term).length > 1) {
      throw new TypeError(`${part}: a term is one of text, hash and xor`)
    }
    if ('text' in term) assertText(term.text, `${part}: text`)
    else if ('hash' in term) {
      checkInput(part, term.hash, known)
      if (term.encoder !== undefined) assertEncoder(part, term.encoder, 'a digest')
    } else if ('xor' in term) {
      if (!Array.isArray(term.xor) || term.xor.length !== 2) throw new TypeError(`${part}: xor takes two lists`)
      for (const side of term.xor) checkInput(part, side, known)
    } else {
      if (!known.includes(term[0]))
        throw new RangeError(`${part} hashes ${String(term[0]).slice(0, 20)}, which is not known by then`)
      assertEncoder(part, term[1], term[0])
    }
  }
}

/** @param oneOf of these, at least one */
function demand(part: string, input: HashInput, all: readonly ValueName[], oneOf: readonly ValueName[] = []): void {
  const found = valuesOf(input)
  const missing = all.find((name) => !found.includes(name))
  if (missing) throw new RangeError(`${part} must take in ${missing}`)
  if (oneOf.length > 0 && !oneOf.some((name) => found.includes(name))) {
    throw new RangeError(`${part} must take in ${oneOf.join(' or ')}`)
  }
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !(value instanceof Uint8Array) && !Object.isFrozen(value)) {
    Object.freeze(value)
    for (const inner of Object.values(value)) deepFreeze(inner)
  }
  return value
}
