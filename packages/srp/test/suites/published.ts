// The comparison of a published SRP-6a vector with the preset it belongs to. Vectors hold what their source publishes:
// whatever can be computed from that is computed, and every published value that was not an input is compared.
import { blake2b, blake2s } from '@noble/hashes/blake2.js'
import { sha1 } from '@noble/hashes/legacy.js'
import { sha224, sha256, sha384, sha512 } from '@noble/hashes/sha2.js'
import { shake256 } from '@noble/hashes/sha3.js'
import { bigintEngine, type Group, groups, type Hash, type KeyAgreement, type Suite, suites } from '@srp6a/srp'
import { nodeEngine } from '@srp6a/srp/node'
import { type Bytes, utf8 } from '../../src/bytes.js'
import { cognitoSuite } from '../../src/cognito/suite.js'
import { digest, hashInput, scrambler } from '../../src/suite.js'
import { bytesOf, integerHex, keyOf } from '../support/vectors.js'

/** Values in hex; `given` names those that are inputs although the others could make them. */
export interface PublishedSrp {
  readonly id: string
  readonly source: string
  readonly variant: string
  readonly hash: string
  readonly note?: string
  readonly given?: readonly string[]
  readonly N: string
  readonly g: string
  readonly I?: string
  readonly P?: string
  readonly P_hex?: string
  readonly [value: string]: unknown
}

const sized = (length: number, hash: (message: Bytes) => Bytes): Hash => Object.assign(hash, { outputLen: length })

const HASHES: Readonly<Record<string, Hash>> = {
  sha1,
  sha224,
  sha256,
  sha384,
  sha512,
  'blake2s-256': blake2s,
  'blake2b-224': sized(28, (message) => blake2b(message, { dkLen: 28 })),
  'blake2b-256': sized(32, (message) => blake2b(message, { dkLen: 32 })),
  'blake2b-384': sized(48, (message) => blake2b(message, { dkLen: 48 })),
  'blake2b-512': sized(64, (message) => blake2b(message, { dkLen: 64 })),
  'shake256-896': sized(112, (message) => shake256(message, { dkLen: 112 })),
}

export function hashOf({ hash }: PublishedSrp): Hash {
  const found = HASHES[hash]
  if (!found) throw new Error(`the hash ${hash} is not in the test's list`)
  return found
}

export function groupOf({ N, g }: PublishedSrp): Group {
  const found = Object.values(groups).find(
    ({ modulus, generator }) => integerHex(modulus) === integerHex(N) && integerHex(generator) === integerHex(g),
  )
  if (!found) throw new Error('the group is not one of groups')
  return found
}

/** The preset of each suite. */
export const PRESETS: Readonly<Record<string, (vector: PublishedSrp) => Suite | KeyAgreement>> = {
  rfc5054: (vector) => suites.rfc5054With(groupOf(vector), hashOf(vector)),
  srptools: (vector) => suites.rfc5054With(groupOf(vector), hashOf(vector)),
  'pysrp-rfc5054': (vector) => suites.pysrpRfc5054With(groupOf(vector), hashOf(vector)),
  'node-srp': (vector) => suites.nodeSrpWith(groupOf(vector), hashOf(vector)),
  nimbus: (vector) => suites.nimbusWith(groupOf(vector), hashOf(vector)),
  hap: () => suites.hap,
  // HAP-python computes as HomeKitADK does, but for A in M2: see vectors-srp.test.ts.
  'hap-python': () => suites.hap,
  cognito: () => cognitoSuite,
}

/** Suites that are not offered, and why. */
export const NOT_OFFERED: Readonly<Record<string, string>> = {
  wow: 'little-endian, a 256-bit group and a session key interleaved of two SHA-1 digests: a game of 2004',
  '1password': 'k is a random session id and x comes from two secrets: use the vendor’s own library',
  proton:
    'little-endian, bcrypt and a four-block hash, under groups that the vendor signs: use the vendor’s own library',
}

export type Computed = { readonly [name: string]: Bytes }

/** Everything that a vector's values make. */
export function compute(vector: PublishedSrp): { readonly suite: Suite | KeyAgreement; readonly values: Computed } {
  const suite = PRESETS[vector.variant]?.(vector)
  if (!suite) throw new Error(`no preset for ${vector.variant}`)
  const values: Record<string, Bytes> = {}
  const client = bigintEngine.group(suite.group)
  // Two engines, where OpenSSL does not take seconds to check the group first.
  const server = suite.group.modulus.length <= 256 ? nodeEngine.group(suite.group) : client

  const input = (name: string): Bytes | undefined => {
    const hex = vector[name]
    return values[name] ?? (typeof hex === 'string' ? bytesOf(hex) : undefined)
  }
  /** Computes a value if all that it needs is there and it is not an input itself. */
  const make = (name: string, needs: readonly string[], how: (...needed: Bytes[]) => Bytes): void => {
    const needed = needs.map(input)
    if (vector.given?.includes(name) || needed.some((bytes) => bytes === undefined)) return
    const made = how(...(needed as Bytes[]))
    const already = values[name]
    if (already && integerHex(already) !== integerHex(made)) throw new Error(`client and server disagree on ${name}`)
    values[name] = made
  }
  const empty = new Uint8Array()
  const I = vector.I === undefined ? empty : utf8(vector.I)
  const P = vector.P === undefined ? bytesOf(vector.P_hex ?? '') : utf8(vector.P)

  make('k', [], () => digest(suite, suite.k, {}))
  if (vector.P !== undefined || vector.P_hex !== undefined) {
    make('x', ['s'], (s) =>
      digest(suite, suite.x, { I: vector.variant === 'cognito' ? utf8(`${vector.pool}${vector.I}`) : I, P, s }),
    )
  }
  make('v', ['x'], (x) => client.power(x))
  make('A', ['a'], (a) => client.power(a))
  make('B', ['k', 'v', 'b'], (k, v, b) => server.serverPublicKey({ k, v, b }))
  make('u', ['A', 'B'], (A, B) => scrambler(suite, A, B))
  make('S', ['A', 'u', 'v', 'b'], (A, u, v, b) => server.serverSecret({ A, u, v, b }))
  make('S', ['B', 'k', 'u', 'x', 'a'], (B, k, u, x, a) => client.clientSecret({ B, k, u, x, a }))
  if (!('K' in suite)) {
    make('K', ['S', 'u'], (S, u) => bytesOf(keyOf(S, u)))
  } else {
    const { K, M1, M2 } = suite
    make('K', ['S'], (S) => ('plain' in K ? hashInput(suite, K.plain, { S }) : digest(suite, K, { S })))
    // A value that a suite leaves out of its proofs need not be in the vector.
    const optional = { s: input('s') ?? empty, S: input('S') ?? empty, K: input('K') ?? empty, I }
    const secret = suite.name.startsWith('nimbus') || suite.name.startsWith('node-srp') ? 'S' : 'K'
    make('M1', ['A', 'B', secret], (A, B) => digest(suite, M1, { ...optional, A, B }))
    make('M2', ['A', 'M1', secret], (A, proof) => digest(suite, M2, { ...optional, A, M1: proof }))
  }
  return { suite, values }
}
