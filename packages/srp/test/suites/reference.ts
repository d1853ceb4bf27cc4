// The suites without a package to ask, once more by their formulas, on node:crypto and plain BigInt, and without a line
// of the library: rfc5054 (RFC 5054 and RFC 2945), hap (HomeKitADK), apple-gsa, and the two that no machine with npm and
// Debian alone can run: swift-srp 2.3.0 and RustCrypto's srp 0.7.0-rc.3, by their sources; and srptools 1.0.1 likewise.
import { createHash } from 'node:crypto'
import { groups } from '@srp6a/srp'
import { fromBig, power, toBig } from '../support/reference.js'
import type { Secrets } from './handshakes.js'

export interface Answer {
  readonly v: Uint8Array
  readonly B: Uint8Array
  readonly K: Uint8Array
  readonly M1: Uint8Array
  readonly M2: Uint8Array
}

interface Formulas {
  readonly hash: string
  /** N in hex. */
  readonly N: string
  readonly g: bigint
  readonly withName: boolean
  /** Values padded to the length of N; the others are minimal. `gM1` is g inside M1. */
  readonly padded: readonly ('S' | 'M1' | 'M2' | 'gM1')[]
  /** True if H(N) xor H(g) and H(I) are integers in M1, without leading zeros. */
  readonly integerDigests?: true
}

export function answer(formulas: Formulas, { username, password, salt, a, b }: Secrets): Answer {
  const N = BigInt(`0x${formulas.N}`)
  const length = formulas.N.length / 2
  const H = (...parts: (Uint8Array | string)[]): Uint8Array => {
    const hash = createHash(formulas.hash)
    for (const part of parts) hash.update(part)
    return Uint8Array.from(hash.digest())
  }
  const pad = (value: bigint) => fromBig(value, length)
  const min = (value: bigint) => fromBig(value, Math.ceil(value.toString(16).length / 2))
  const encode = (name: 'S' | 'M1' | 'M2' | 'gM1') => (formulas.padded.includes(name) ? pad : min)
  const { g } = formulas

  const k = toBig(H(min(N), pad(g)))
  const x = toBig(H(salt, H(formulas.withName ? username : '', ':', password)))
  const v = power(g, x, N)
  const A = power(g, toBig(a), N)
  const B = (k * v + power(g, toBig(b), N)) % N
  const u = toBig(H(pad(A), pad(B)))
  const S = power(A * power(v, u, N), toBig(b), N)
  // The client's way to it, so that a slip in either shows.
  const base = (((B - k * power(g, x, N)) % N) + N) % N
  if (power(base, toBig(a) + u * x, N) !== S) throw new Error('the two sides of the reference disagree')
  const K = H(encode('S')(S))
  const hN = H(min(N))
  const group = H(encode('gM1')(g)).map((byte, i) => byte ^ (hN[i] ?? 0))
  const digest = (bytes: Uint8Array) => (formulas.integerDigests ? min(toBig(bytes)) : bytes)
  const M1 = H(digest(group), digest(H(username)), salt, encode('M1')(A), encode('M1')(B), K)
  return { v: pad(v), B: pad(B), K, M1, M2: H(encode('M2')(A), M1, K) }
}

const digits = (modulus: Uint8Array): string => Buffer.from(modulus).toString('hex')
const RFC = { N: digits(groups.rfc5054_2048.modulus), g: 2n, hash: 'sha256', withName: true } as const

export const FORMULAS = {
  rfc5054: { ...RFC, padded: [] },
  hap: { ...RFC, N: digits(groups.rfc5054_3072.modulus), g: 5n, hash: 'sha512', padded: ['M2'] },
  appleGsa: { ...RFC, withName: false, padded: ['S', 'M1', 'M2', 'gM1'] },
  swiftSrp: { ...RFC, padded: ['S', 'M1', 'M2', 'gM1'] },
  rustCrypto: { ...RFC, padded: ['gM1'] },
  srptools: { ...RFC, N: digits(groups.rfc5054_1024.modulus), hash: 'sha1', padded: [], integerDigests: true },
} as const satisfies Record<string, Formulas>
