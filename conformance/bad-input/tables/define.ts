// @srp6a/srp: suites and groups of the caller's own, encoders, decoys, sealed states.
import * as srp from '@srp6a/srp'
import { padded, raw } from '@srp6a/srp'
import { EXTMUL_CODE } from '@srp6a/srp/src/engine/wasm/extmul-code.js'
import { createWasmEngine } from '@srp6a/srp/wasm'
import { bytes, bytesOf, caller, isText, OBJECT, optional, type Rule, SOME_TEXT, TEXT, wholeNumber } from '../rules.js'
import type { Subject, Table } from '../run.js'
import { ENCODERS } from './encoders.js'
import { OPTIONS, RANDOM, randomOf, SUITE, suite } from './handshake-rules.js'
import { RECORD } from './record.js'
import { SEALED_STATE } from './sealed-state.js'

const { groups, suites } = srp
const sha256 = suites.rfc5054.hash

/** A safe prime of 512 bits, of which 5 is a primitive root. */
const SAFE_512 =
  'cf561c44ccc34e8f5a43b6862b5ab17a8a22b6da78b4892d547341c22b9e71ea3955e14d882da1c3d98fa29f4edfd2d9197b569d20e659a104808068edcc451b'

/** A suite whose parts begin with a term of one kind, and go on with what they must bind. */
const define = (first: (name: string) => unknown) =>
  ({
    name: 'mine',
    group: groups.rfc5054_1024,
    hash: sha256,
    k: [first('N'), ['N', padded], ['g', padded]],
    u: [first('A'), ['A', padded], ['B', padded]],
    x: [first('s'), ['s', raw], ['P', raw]],
    K: [first('S'), ['S', padded]],
    M1: [first('A'), ['A', padded], ['B', padded], ['K', raw]],
    M2: [first('A'), ['A', padded], ['M1', raw], ['K', raw]],
  }) as unknown as srp.SuiteDefinition

/** Wrong in its type or in what it says: the message begins with the part. */
const PART: Rule = { takes: () => false, refuses: () => ['TypeError', 'RangeError'], named: false }
const PARTS = ['k', 'u', 'x', 'K', 'M1', 'M2']
const inParts = (rules: (path: string) => Record<string, Rule>, parts = PARTS): Record<string, Rule> =>
  Object.assign({}, ...parts.map((name) => rules(`definition.${name}`)))
/** Only a function that returns bytes; the hostile one returns a text. */
const ENCODER: Rule = { takes: (value) => value === undefined, refuses: () => ['TypeError'], named: false }
const ENCODED: Rule = { ...bytes(0, 1e9), refuses: () => ['TypeError'], named: false }
const SIDE = [['N', padded]]
const hashed = (name: string) => ({ hash: [[name, padded]], encoder: raw })
const suiteOf: Subject = {
  params: ['definition'],
  args: () => [define(hashed)],
  // Derived passwords are looked at when there is one.
  run: async (given: never) => {
    const made: srp.Suite = srp.defineSuite(given)
    if (made.passwordKdf) await srp.enroll(made, { username: 'ada', password: 'p' })
  },
  rules: {
    ...inParts((path) => ({
      [path]: PART,
      [`${path}[]`]: PART,
      [`${path}[].hash`]: PART,
      [`${path}[].encoder`]: ENCODER,
      [`${path}[].encoder()`]: ENCODED,
    })),
    definition: OBJECT,
    'definition.name': { ...SOME_TEXT, takes: (value) => SOME_TEXT.takes(value) && String(value).length < 65_536 },
    'definition.group': { ...SUITE, edges: groupEdges() },
    'definition.hash': { ...PART, refuses: () => ['TypeError'] },
    'definition.passwordKdf': {
      takes: (value) => value === undefined,
      refuses: () => ['TypeError'],
    },
    'definition.passwordKdf()': bytes(0, 65_536),
  },
}
/** Make the rows of defineSuite for a definition with other kinds of terms. */
const other = (given: srp.SuiteDefinition, rules: Record<string, Rule>): Subject => ({
  ...suiteOf,
  args: () => [given],
  rules,
})
const plain = { ...define(hashed), K: { plain: [hashed('S'), ['S', padded]] } } as unknown as srp.SuiteDefinition

/** Frozen, as a group is, and none. */
function groupEdges(): Record<string, unknown> {
  const of = (modulus: unknown, generator: unknown = Uint8Array.of(2)) =>
    Object.freeze({ name: 'x', legacy: false, modulus, generator })
  const { modulus } = groups.rfc5054_1024
  return {
    'N = 0': of(new Uint8Array(128)),
    'N of no bytes': of(new Uint8Array()),
    'N of one byte': of(Uint8Array.of(23)),
    'N of 63 bytes': of(modulus.subarray(65)),
    'N of 1025 bytes': of(new Uint8Array(1025).fill(255)),
    'an even N': of(modulus.map((byte, i) => (i === 127 ? 2 : byte))),
    'N with a zero in front': of(Uint8Array.from([0, ...modulus])),
    'N as text': of('ff'),
    'no g': of(modulus, null),
    'g of no bytes': of(modulus, new Uint8Array()),
    'g = 0': of(modulus, new Uint8Array(1)),
    'g longer than N': of(modulus, new Uint8Array(129).fill(1)),
  }
}

const GROUP: Rule = { ...SUITE, edges: groupEdges() }
const HASH: Rule = { ...PART, refuses: () => ['TypeError'] }
const preset = (make: (group: srp.Group, hash: srp.Hash) => unknown): Subject => ({
  params: ['group', 'hash'],
  args: () => [groups.rfc5054_1024, sha256],
  run: make,
  rules: { group: GROUP, hash: HASH },
})

// The types of Node 20 know no WebAssembly.
type Module = new (bytes: Uint8Array) => object
const { WebAssembly } = globalThis as unknown as { WebAssembly: { Module: Module } }

export const DEFINE: Table = {
  createWasmEngine: {
    params: ['modules'],
    args: () => [new WebAssembly.Module(Buffer.from(EXTMUL_CODE, 'hex'))],
    run: createWasmEngine,
    // The message speaks of one module.
    rules: { modules: { takes: () => false, refuses: () => ['TypeError'], named: false } },
  },
  defineSuite: suiteOf,
  'defineSuite#text': other(
    define(() => ({ text: 'x' })),
    inParts((path) => ({
      [`${path}[].text`]: {
        ...TEXT,
        refuses: (value) => (isText(value) ? ['RangeError'] : ['TypeError', 'RangeError']),
        named: false,
      },
    })),
  ),
  'defineSuite#xor': other(
    define(() => ({ xor: [SIDE, SIDE] })),
    inParts((path) => ({ [`${path}[].xor`]: PART })),
  ),
  'defineSuite#plain': other(plain, {
    'definition.K.plain': PART,
    'definition.K.plain[]': PART,
    'definition.K.plain[].hash': PART,
    'definition.K.plain[].encoder': ENCODER,
    'definition.K.plain[].encoder()': ENCODED,
  }),
  'defineSuite#plain text': other(
    { ...plain, K: { plain: [{ text: 'x' }, ['S', padded]] } },
    {
      'definition.K.plain[].text': {
        ...TEXT,
        refuses: (value) => (isText(value) ? ['RangeError'] : ['TypeError', 'RangeError']),
        named: false,
      },
    },
  ),
  'defineSuite#plain xor': other(
    { ...plain, K: { plain: [{ xor: [[['N', padded]], [['N', padded]]] }, ['S', padded]] } },
    {
      'definition.K.plain[].xor': PART,
    },
  ),
  'suites.rfc5054With': preset(suites.rfc5054With),
  'suites.srptoolsWith': preset(suites.srptoolsWith),
  'suites.pysrpWith': preset(suites.pysrpWith),
  'suites.pysrpRfc5054With': preset(suites.pysrpRfc5054With),
  'suites.jsrpWith': preset(suites.jsrpWith),
  'suites.nimbusWith': preset(suites.nimbusWith),
  'suites.nodeSrpWith': preset(suites.nodeSrpWith),
  'suites.bouncyCastleWith': preset(suites.bouncyCastleWith),
  'suites.goSrpWith': preset(suites.goSrpWith),
  'suites.rustCryptoWith': preset(suites.rustCryptoWith),
  'suites.rustCryptoLegacyWith': preset(suites.rustCryptoLegacyWith),
  'suites.srpNetWith': preset(suites.srpNetWith),
  'suites.swiftSrpWith': preset(suites.swiftSrpWith),
  'suites.thinbusWith': {
    params: ['group'],
    args: () => [groups.rfc5054_1024],
    run: suites.thinbusWith,
    rules: { group: GROUP },
  },
  'suites.appleGsaPassword': {
    params: ['values'],
    args: () => [{ password: 'p', salt: bytesOf(16), iterations: 1, protocol: 's2k' }],
    run: suites.appleGsaPassword,
    rules: {
      values: OBJECT,
      'values.password': TEXT,
      'values.salt': bytes(1, 1024),
      'values.iterations': { ...wholeNumber(1, 1e7), edges: { least: 1, 'above the most': 1e7 + 1 } },
      'values.protocol': {
        ...caller(isText, (value) => value === 's2k' || value === 's2k_fo', { s2k_fo: 's2k_fo' }),
        refuses: () => ['TypeError', 'RangeError'],
      },
    },
  },
  defineGroup: {
    params: ['values', 'options'],
    args: () => [{ name: 'mine', modulus: SAFE_512, generator: 5 }, {}],
    run: srp.defineGroup,
    rules: {
      values: OBJECT,
      // A group that will do takes a tenth of a second to be checked.
      'values.name': { ...TEXT, few: 3 },
      'values.modulus': caller(isText, () => false, {
        'a digit less': SAFE_512.slice(1),
        'a digit more': `${SAFE_512}f`,
        'N - 1': `${SAFE_512.slice(0, -1)}a`,
      }),
      'values.generator': { ...wholeNumber(2, 255), takes: (value) => value === 5 || value === 2 || value === 255 },
      options: { ...OPTIONS, few: 3 },
      'options.random': RANDOM,
      'options.random()': randomOf(64),
    },
  },
  ...ENCODERS,
  decoyRecord: {
    params: ['suite', 'values'],
    args: () => [suite, { username: 'ada', seed: bytesOf(32), saltLength: 16, epoch: 1.5 }],
    run: srp.decoyRecord,
    rules: {
      suite: SUITE,
      values: OBJECT,
      'values.username': TEXT,
      'values.seed': bytes(16, 1024),
      'values.saltLength': optional(wholeNumber(1, 1024)),
      'values.epoch': optional(
        caller(
          (value) => typeof value === 'number',
          (value) => Number(value) >= 0 && Number(value) <= 2 ** 32,
        ),
      ),
    },
  },
  ...RECORD,
  ...SEALED_STATE,
}
