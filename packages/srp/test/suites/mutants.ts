// Every preset with one thing wrong, and what notices: known answers, or defineSuite itself.
import { sha256, sha512 } from '@noble/hashes/sha2.js'
import {
  bigintEngine,
  defineSuite,
  type Encoder,
  type HashInput,
  hexText,
  minimal,
  padded,
  raw,
  type Suite,
  type SuiteDefinition,
  signed,
  type Term,
} from '@srp6a/srp'
import { type Bytes, utf8 } from '../../src/bytes.js'
import { digest, hashInput } from '../../src/suite.js'
import { answersOf, fieldsOf } from './answers.js'
import { type AllValues, run, type Secrets, secretsOf, type Zero } from './handshakes.js'

const ENCODERS: readonly (readonly [name: string, encoder: Encoder])[] = [
  ['minimal', minimal],
  ['padded', padded],
  ['signed', signed],
  ['hexText', hexText],
  ['raw', raw],
]
const nameOf = (encoder: Encoder | undefined): string =>
  ENCODERS.find(([, known]) => known === encoder)?.[0] ?? (encoder ? 'its own' : 'none')

export interface Mutant {
  readonly suite: string
  /** The place, as in `M1[2] A`. */
  readonly place: string
  readonly change: string
  /** The reason why no handshake can tell, where none can. */
  readonly equivalent: string | undefined
  readonly definition: SuiteDefinition
}

interface Change {
  readonly place: string
  readonly change: string
  readonly equivalent?: string | undefined
  readonly input: HashInput
}

/** The place where two encoders give the same bytes whatever the secrets are. */
function equivalence(value: string, from: string, to: string): string | undefined {
  const both = (...names: string[]) => names.includes(from) && names.includes(to)
  if (value === 'N' && both('minimal', 'padded', 'raw')) return 'N fills its own length'
  if (value === 'g' && both('minimal', 'raw')) return 'g is kept without leading zeros'
  if (value === 'g' && both('minimal', 'signed', 'raw')) return 'g is below 0x80'
  if (value === 'S' && both('padded', 'raw')) return 'the engine gives S in the length of N'
  return undefined
}

/** Give a term with each other encoder, and with each change further in. */
function* changesOf(term: Term, place: string): Generator<Omit<Change, 'input'> & { term: Term }> {
  if ('text' in term) {
    yield { place, change: `text ${term.text} → ;`, term: { text: ';' } }
  } else if ('hash' in term) {
    for (const [name, encoder] of ENCODERS) {
      if (encoder === term.encoder || (name === 'raw' && !term.encoder)) continue
      yield { place: `${place} digest`, change: `${nameOf(term.encoder)} → ${name}`, term: { ...term, encoder } }
    }
    for (const { input, ...rest } of inputChanges(term.hash, `${place} digest`))
      yield { ...rest, term: { ...term, hash: input } }
  } else if ('xor' in term) {
    const [left, right] = term.xor
    yield { place, change: 'left side alone', term: { hash: left } }
    yield { place, change: 'right side alone', term: { hash: right } }
    for (const { input, ...rest } of inputChanges(left, `${place} left`))
      yield { ...rest, term: { xor: [input, right] } }
    for (const { input, ...rest } of inputChanges(right, `${place} right`))
      yield { ...rest, term: { xor: [left, input] } }
  } else {
    const [value, old] = term
    for (const [name, encoder] of ENCODERS) {
      if (encoder === old) continue
      const equivalent = equivalence(value, nameOf(old), name)
      yield { place: `${place} ${value}`, change: `${nameOf(old)} → ${name}`, equivalent, term: [value, encoder] }
    }
  }
}

function* inputChanges(input: HashInput, place: string): Generator<Change> {
  for (const [i, term] of input.entries()) {
    const at = `${place}[${i}]`
    for (const { term: changed, ...rest } of changesOf(term, at)) {
      yield { ...rest, input: input.map((other, j) => (j === i ? changed : other)) }
    }
    const without = input.filter((_, j) => j !== i)
    yield { place: at, change: 'left out', input: without.length > 0 ? without : [{ text: '' }] }
    const next = input[i + 1]
    if (next)
      yield {
        place: at,
        change: 'changes place with the next',
        input: input.map((other, j) => (j === i ? next : j === i + 1 ? term : other)),
      }
  }
}

export function* mutantsOf(suite: Suite): Generator<Mutant> {
  for (const part of ['k', 'u', 'x', 'M1', 'M2'] as const) {
    for (const { input, equivalent, ...rest } of inputChanges(suite[part], part)) {
      yield { suite: suite.name, equivalent, ...rest, definition: { ...suite, [part]: input } }
    }
  }
  const { K } = suite
  const isPlain = 'plain' in K
  for (const { input, equivalent, ...rest } of inputChanges(isPlain ? K.plain : K, 'K')) {
    yield { suite: suite.name, equivalent, ...rest, definition: { ...suite, K: isPlain ? { plain: input } : input } }
  }
  const other = { suite: suite.name, place: 'K', equivalent: undefined }
  if (isPlain) yield { ...other, change: 'hashed', definition: { ...suite, K: K.plain } }
  else yield { ...other, change: 'not hashed', definition: { ...suite, K: { plain: K } } }
  const hash = suite.hash === sha512 ? sha256 : sha512
  yield { ...other, place: 'hash', change: 'another', definition: { ...suite, hash } }
}

interface Baseline {
  readonly zero: Zero
  readonly secrets: Secrets
  readonly values: AllValues
  readonly known: object
}

export function baselinesOf(suite: Suite): Baseline[] {
  return answersOf(suite).handshakes.map(({ zero, seed, ...known }) => {
    const secrets = secretsOf(seed)
    return { zero, secrets, values: run(suite, secrets), known }
  })
}

const same = (left: Bytes, right: Bytes): boolean =>
  left.length === right.length && left.every((byte, i) => byte === right[i])

/** True if a mutant's handshake ends as the known one does, as both sides see it. */
function agrees(suite: Suite, mutant: Suite, { secrets, values, known }: Baseline): boolean {
  const arithmetic = bigintEngine.group(suite.group)
  const I = utf8(secrets.username)
  const x = digest(mutant, mutant.x, { I, P: utf8(secrets.password), s: secrets.salt })
  const v = same(x, values.x) ? values.v : arithmetic.power(x)
  if (v !== values.v && !same(v, values.v)) return false
  const k = digest(mutant, mutant.k, {})
  const B = same(k, digest(suite, suite.k, {})) ? values.B : arithmetic.serverPublicKey({ k, v, b: secrets.b })
  if (B !== values.B && !same(B, values.B)) return false
  // Each side has its own public key in the length of N, and takes the other's as it comes.
  const views = [
    { A: values.A, B: minimal(values.B, 0) },
    { A: minimal(values.A, 0), B: values.B },
  ]
  return views.every(({ A, B: seenB }) => {
    const shared = { I, s: secrets.salt, A, B: seenB }
    const u = digest(mutant, mutant.u, shared)
    const S = same(u, values.u) ? values.S : arithmetic.serverSecret({ A: values.A, u, v, b: secrets.b })
    const K =
      'plain' in mutant.K
        ? hashInput(mutant, mutant.K.plain, { ...shared, S })
        : digest(mutant, mutant.K, { ...shared, S })
    const M1 = digest(mutant, mutant.M1, { ...shared, S, K })
    const M2 = digest(mutant, mutant.M2, { ...shared, S, K, M1 })
    return JSON.stringify(fieldsOf({ v, B: values.B, K, M1, M2 })) === JSON.stringify(known)
  })
}

const WORDS: { readonly [zero: string]: string } = { none: 'any handshake', top: 'a top bit' }

/** Return the test that notices the mutant, or undefined if none does. */
export function killerOf(suite: Suite, mutant: Mutant, baselines: readonly Baseline[]): string | undefined {
  let defined: Suite
  try {
    defined = defineSuite(mutant.definition)
  } catch (error) {
    return `defineSuite: ${error instanceof Error ? error.message : error}`
  }
  for (const baseline of baselines) {
    try {
      if (!agrees(suite, defined, baseline)) return WORDS[baseline.zero] ?? `a zero byte in ${baseline.zero}`
    } catch (error) {
      return `an error: ${error instanceof Error ? error.message : error}`
    }
  }
  return undefined
}
