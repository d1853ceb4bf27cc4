import { sha1 } from '@noble/hashes/legacy.js'
import { sha256, sha384, sha512 } from '@noble/hashes/sha2.js'
import { assertString, hasOwn, readFields } from './arguments.js'
import { type Bytes, copyBytes, copyOwnBytes, equalBytes, isBytes, utf8 } from './bytes.js'
import { parseHex } from './codec.js'
import type { Derived, Suite } from './define-suite.js'
import { minimal } from './encode.js'
import type { Engine } from './engine/engine.js'
import { SrpError } from './errors.js'
import type { Group } from './groups/group.js'
import * as groups from './groups/index.js'
import { agree, copySalt, withPasswordExponent } from './handshake.js'
import { checkPublicKey, digest, type EngineOptions, engineOf, type Hash, scrambler, type Values } from './suite.js'
import * as suites from './suites/index.js'

/** A handshake of a test account, as it was recorded. Integers are big-endian, with or without leading zeros. */
export interface RecordedHandshake {
  readonly username: string
  readonly password: string | Bytes
  readonly salt: Bytes
  /** A. */
  readonly clientPublicKey: Bytes
  /** B. */
  readonly serverPublicKey: Bytes
  /** M1. */
  readonly clientProof: Bytes
  /** M2. */
  readonly serverProof?: Bytes | undefined
  /** K. */
  readonly sessionKey?: Bytes | undefined
  /** The client's private key. One of `a`, `b` and `sessionKey` must be known: without them no proof can be computed. */
  readonly a?: Bytes | undefined
  /** The server's private key. */
  readonly b?: Bytes | undefined
  /** N, as bytes or hex, if it is known: suites of other groups are not tried then. */
  readonly modulus?: Bytes | string | undefined
  /** The hash, if it is known: its name or the function. Otherwise those that the length of the proof allows are tried. */
  readonly hash?: 'sha1' | 'sha256' | 'sha384' | 'sha512' | Hash | undefined
}

/** A value of a handshake that a suite gives as it was recorded. */
export type HandshakeMatch = 'clientPublicKey' | 'serverPublicKey' | 'sessionKey' | 'clientProof' | 'serverProof'

/** A suite, and the values of the handshake that it explains. */
export interface IdentifiedSuite {
  readonly suite: Suite
  readonly matches: readonly HandshakeMatch[]
}

const HASHES: { readonly [name: string]: Hash } = { sha1, sha256, sha384, sha512 }

const FIELDS = [
  'username',
  'password',
  'salt',
  'clientPublicKey',
  'serverPublicKey',
  'clientProof',
  'serverProof',
  'sessionKey',
  'a',
  'b',
  'modulus',
  'hash',
] as const

type Known = ReturnType<typeof readHandshake>

/**
 * Identify the suite of a recorded handshake, among all that this package has, in every group and hash that fit.
 *
 * Record the handshake with an account made for the purpose: the password and a private key go in.
 *
 * @param handshake what is known of it; one of `a`, `b` and `sessionKey` at least
 * @param options the settings below; each may be left out
 * @param options.nearest where no suite explains the client's proof, return those that explain something else
 * @param options.engine the arithmetic, which is required
 * @returns the suites that explain the client's proof, those that explain most first; none if no suite does
 * @throws TypeError, RangeError for an argument that is missing or wrong; SrpError for one that no handshake has
 * @example
 * const handshake = { username, password, salt, clientPublicKey, serverPublicKey, clientProof, a }
 * const [best] = await identifySuite(handshake, { engine })
 * console.log(best ? `${best.suite.name}: ${best.matches.join(', ')}` : 'no suite explains this handshake')
 */
export async function identifySuite(
  handshake: RecordedHandshake,
  options: EngineOptions & { readonly nearest?: boolean | undefined },
): Promise<IdentifiedSuite[]> {
  const known = readHandshake(handshake)
  const { nearest = false } = readFields(options, 'options', ['nearest'])
  if (typeof nearest !== 'boolean') throw new TypeError('nearest: expected true or false')
  const engine = engineOf(options)
  const found: IdentifiedSuite[] = []
  for (const suite of candidates(known)) {
    found.push({ suite, matches: matchesOf(suite, known, engine) })
    // Let others run: there may be a hundred suites, of some milliseconds each.
    await undefined
  }
  const explained = found.filter(({ matches }) => matches.includes('clientProof'))
  // A is g^a: it speaks of the group alone.
  const near = found.filter(({ matches }) => matches.some((name) => name !== 'clientPublicKey'))
  const chosen = explained.length > 0 || !nearest ? explained : near
  return chosen.sort((one, other) => other.matches.length - one.matches.length)
}

function readHandshake(handshake: RecordedHandshake) {
  const fields = readFields(handshake, 'handshake', FIELDS)
  const { username, password, hash, modulus, a, b } = fields
  assertString(username, 'username')
  if (!isBytes(password)) assertString(password, 'password')
  const known = {
    username,
    password: isBytes(password) ? copyOwnBytes(password, 'password', 0, LONGEST_PASSWORD) : password,
    salt: copySalt(fields.salt),
    A: copyInteger(fields.clientPublicKey, 'clientPublicKey'),
    B: copyInteger(fields.serverPublicKey, 'serverPublicKey'),
    M1: copyInteger(fields.clientProof, 'clientProof'),
    M2: fields.serverProof === undefined ? undefined : copyInteger(fields.serverProof, 'serverProof'),
    K: fields.sessionKey === undefined ? undefined : copyFilled(fields.sessionKey, 'sessionKey'),
    a: a === undefined ? undefined : copyOwnBytes(a, 'a', 1, LONGEST_MODULUS),
    b: b === undefined ? undefined : copyOwnBytes(b, 'b', 1, LONGEST_MODULUS),
    modulus: modulus === undefined ? undefined : readModulus(modulus),
    hash: readHash(hash),
  }
  if (!known.a && !known.b && !known.K) {
    throw new TypeError('a: expected this, b or sessionKey, without which no proof can be computed')
  }
  return known
}

/** Bytes. */
const LONGEST_PASSWORD = 65_536

/** Bytes: 8192 bits. */
const LONGEST_MODULUS = 1024

/** Copy a value of the handshake, which is not empty. */
function copyFilled(value: unknown, name: string): Bytes {
  const copy = copyBytes(value, name)
  if (copy.length === 0) throw new SrpError('invalid-encoding', `${name}: expected a non-empty Uint8Array`)
  return copy
}

function copyInteger(value: unknown, name: string): Bytes {
  return minimal(copyFilled(value, name), 0)
}

function readModulus(modulus: unknown): Bytes {
  if (typeof modulus !== 'string' && !isBytes(modulus)) throw new TypeError('modulus: expected a Uint8Array or hex')
  return minimal(
    isBytes(modulus)
      ? copyFilled(modulus, 'modulus')
      : parseHex(modulus.replace(/\s/g, ''), 'modulus', LONGEST_MODULUS),
    0,
  )
}

function readHash(hash: unknown): Hash | undefined {
  if (hash === undefined) return undefined
  const found = typeof hash === 'string' && hasOwn(HASHES, hash) ? HASHES[hash] : hash
  if (typeof found !== 'function' || !Number.isInteger((found as Hash).outputLen)) {
    throw new TypeError('hash: expected a hash function with its outputLen, or sha1, sha256, sha384 or sha512')
  }
  return found as Hash
}

/** Bytes; an honest integer of random digits has one leading zero byte more with a chance of 1/256. */
const MOST_ZEROS = 2

function fits(length: number, whole: number): boolean {
  return length <= whole && length >= whole - MOST_ZEROS
}

function isPossible({ modulus }: Group, known: Known): boolean {
  if (known.modulus) return equalBytes(modulus, known.modulus)
  return (
    Math.max(known.A.length, known.B.length) <= modulus.length &&
    fits(Math.max(known.A.length, known.B.length), modulus.length)
  )
}

/** List every preset, and every `…With` of every group and hash that fit; one of each name, group and hash. */
function candidates(known: Known): Suite[] {
  const possible = Object.values(groups).filter((group) => isPossible(group, known))
  const hashes = known.hash ? [known.hash] : Object.values(HASHES)
  const found = new Map<string, Suite>()
  const add = (suite: Suite) => {
    const { outputLen } = suite.hash
    if (!isPossible(suite.group, known) || !fits(known.M1.length, outputLen)) return
    if (known.hash && known.hash.outputLen !== outputLen) return
    found.set(`${suite.name} ${suite.group.name} ${outputLen}`, suite)
  }
  for (const [name, make] of Object.entries(suites)) {
    if (typeof make !== 'function' || !name.endsWith('With')) continue
    for (const group of possible)
      for (const hash of hashes) add((make as (group: Group, hash: Hash) => Suite)(group, hash))
  }
  // The presets last: they are the objects that a caller has.
  for (const suite of Object.values(suites)) if (typeof suite === 'object') add(suite as Suite)
  return [...found.values()]
}

function same(one: Bytes | undefined, other: Bytes | undefined): boolean {
  return one !== undefined && other !== undefined && equalBytes(minimal(one, 0), minimal(other, 0))
}

/** Compute what the private keys allow, and compare. */
function matchesOf(suite: Suite, known: Known, engine: Engine): HandshakeMatch[] {
  const { a, b, salt: s, username } = known
  try {
    const arithmetic = engine.group(suite.group)
    const A = checkPublicKey(arithmetic, suite.group, known.A, 'clientPublicKey')
    const B = checkPublicKey(arithmetic, suite.group, known.B, 'serverPublicKey')
    const k = digest(suite, suite.k, {})
    const u = scrambler(suite, A, B)
    const I = utf8(username)
    return withPasswordExponent(suite, { username, password: known.password, salt: s }, (x) => {
      const v = arithmetic.power(x)
      const S = a ? arithmetic.clientSecret({ B, k, u, x, a }) : b && arithmetic.serverSecret({ A, u, v, b })
      const values = { I, s, A, B }
      const made = S ? agree(suite, { ...values, S }) : proofsOf(suite, { ...values, K: known.K as Bytes })
      return [
        ...(a && same(arithmetic.power(a), A) ? (['clientPublicKey'] as const) : []),
        ...(b && same(arithmetic.serverPublicKey({ k, v, b }), B) ? (['serverPublicKey'] as const) : []),
        ...(S && same(made.K, known.K) ? (['sessionKey'] as const) : []),
        ...(same(made.M1, known.M1) ? (['clientProof'] as const) : []),
        ...(same(made.M2, known.M2) ? (['serverProof'] as const) : []),
      ]
    })
  } catch {
    // The suite has no such handshake: a value is too long for it, or zero.
    return []
  }
}

/** Compute the proofs of a session key; suites that hash S into them cannot be tested so, and throw. */
function proofsOf(suite: Suite<Derived>, values: Values & { K: Bytes }): { K: Bytes; M1: Bytes; M2: Bytes } {
  const M1 = digest(suite, suite.M1, values)
  return { K: values.K, M1, M2: digest(suite, suite.M2, { ...values, M1 }) }
}
