// Handshakes with every secret given, and every value on the way: what the presets are compared on.
import { createHash } from 'node:crypto'
import { bigintEngine, type Suite } from '@srp6a/srp'
import { nodeEngine } from '@srp6a/srp/node'
import { type Bytes, utf8 } from '../../src/bytes.js'
import { agree } from '../../src/handshake.js'
import { digest, type HashInput, scrambler } from '../../src/suite.js'

/** The numbers from which a handshake is made. They stand for bytes, so that a table of them stays small. */
export interface Seed {
  readonly a: number
  readonly b: number
  readonly salt: number
  readonly password: number
  readonly name?: number
}

export interface Secrets {
  readonly username: string
  readonly password: string
  readonly salt: Bytes
  readonly a: Bytes
  readonly b: Bytes
}

const stretch = (text: string, length: number): Bytes =>
  Uint8Array.from(createHash('sha256').update(text).digest().subarray(0, length))

/** Salts and passwords below 0 begin with a zero byte, and so does the name then; private keys have their top bit set. */
export function secretsOf({ a, b, salt, password, name }: Seed): Secrets {
  const key = (text: string) => stretch(text, 32).map((byte, i) => (i === 0 ? byte | 128 : byte))
  const bytes = stretch(`salt ${salt}`, 16).map((byte, i) => (i === 0 ? (salt < 0 ? 0 : byte | 1) : byte))
  const front = password < 0 ? '\0' : ''
  const text = `${front}Pässword ${password}`
  return { username: `${front}ada${name ?? ''}`, password: text, salt: bytes, a: key(`a ${a}`), b: key(`b ${b}`) }
}

export type ValueNames = 'A' | 'B' | 'u' | 'x' | 'inner' | 'salt' | 'S' | 'K' | 'M1' | 'M2'

/**
 * The place where the zero byte is. `text` is in front of the name and the password, which are no integers anyway; `name` in front
 * of H(I); `K2` in front of the second digest of a K of two. `top` has no zero, but the top bit set in A, B, S and salt.
 */
export type Zero = ValueNames | 'text' | 'name' | 'K2' | 'top' | 'none'

export const VALUES: readonly ValueNames[] = ['A', 'B', 'u', 'x', 'inner', 'salt', 'S', 'K', 'M1', 'M2']

export type AllValues = { readonly [name in ValueNames | 'v']: Bytes }

/** The digest of the password inside `x`, before any encoder. */
function innerInput(suite: Suite): HashInput {
  for (const term of suite.x) {
    if ('hash' in term && term.hash.some((inner) => Array.isArray(inner) && inner[0] === 'P')) return term.hash
  }
  throw new Error(`${suite.name} has no digest inside x`)
}

/** The whole handshake as a server sees it who also knows the password. */
export function run(suite: Suite, { username, password, salt, a, b }: Secrets, engine = bigintEngine): AllValues {
  const arithmetic = engine.group(suite.group)
  const I = utf8(username)
  const before = { I, P: utf8(password), s: salt }
  const x = digest(suite, suite.x, before)
  const inner = digest(suite, innerInput(suite), before)
  const v = arithmetic.power(x)
  const A = arithmetic.power(a)
  const B = arithmetic.serverPublicKey({ k: digest(suite, suite.k, {}), v, b })
  const u = scrambler(suite, A, B)
  const S = arithmetic.serverSecret({ A, u, v, b })
  const secret = S.slice()
  return { v, A, B, u, x, inner, salt, S: secret, ...agree(suite, { I, s: salt, A, B, S }) }
}

/** The names of the values that begin with a zero byte. */
export const zeros = (values: AllValues): ValueNames[] => VALUES.filter((name) => values[name][0] === 0)

/** Everything that a preset is tested on; K of Nimbus is S without leading zeros, and only a K of two has a second. */
export function wantedOf(suite: Suite): Zero[] {
  const isPlain = 'plain' in suite.K
  const all: Zero[] = ['none', 'top', ...VALUES, 'K2', 'text', 'name']
  return all.filter((zero) => {
    if (zero === 'K') return !isPlain || suite.K.plain.length > 1
    return zero !== 'K2' || (isPlain && suite.K.plain.length > 1)
  })
}

/** True if the handshake of a seed has a zero byte in front of this value and of no other. */
export function isAlone(suite: Suite, seed: Seed, wanted: Zero, engine = bigintEngine): boolean {
  const secrets = secretsOf(seed)
  const values = run(suite, secrets, engine)
  const found: Zero[] = zeros(values)
  if (seed.password < 0) found.push('text')
  if (suite.hash(utf8(secrets.username))[0] === 0) found.push('name')
  if (values.K.length === 2 * suite.hash.outputLen && values.K[suite.hash.outputLen] === 0) found.push('K2')
  const isTop = [values.A, values.B, values.S, values.salt].every(([first = 0]) => first > 127)
  if (wanted === 'top' || wanted === 'none') return found.length === 0 && (isTop || wanted === 'none')
  return found.join() === wanted
}

/**
 * Searches a seed whose handshake has a zero byte in front of one value and of no other. What depends on fewer numbers
 * is searched by fewer.
 */
export function search(suite: Suite, wanted: Zero): Seed {
  const moves: { readonly [name: string]: keyof Seed } = { A: 'a', x: 'salt', inner: 'password', name: 'name' }
  const move = moves[wanted] ?? 'b'
  const first = { a: 1, b: 1, salt: 1, password: 1 }
  for (let i = 0; i < 20_000; i++) {
    const seed: Seed = { ...first, [move]: i + 1 }
    const special: { readonly [name: string]: Seed } = {
      salt: { ...first, salt: -1 - i },
      text: { ...first, password: -1 - i },
      top: { ...first, a: i + 1, b: i + 1, salt: i + 1 },
    }
    const chosen = special[wanted] ?? seed
    if (isAlone(suite, chosen, wanted, nodeEngine)) return chosen
  }
  throw new Error(`no handshake of ${suite.name} with a zero byte in ${wanted} alone`)
}

/** The part of known-answers.json for one preset. */
export interface KnownAnswers {
  readonly suite: string
  /** The package that answered, with its version. */
  readonly oracle: string
  readonly handshakes: readonly {
    readonly zero: Zero
    readonly seed: Seed
    /** SHA-256 of the verifier and of B, both without leading zeros, and of K as it is. */
    readonly vSha256: string
    readonly bSha256: string
    readonly kSha256: string
    /** In hex, without leading zeros. */
    readonly M1: string
    readonly M2: string
  }[]
}
