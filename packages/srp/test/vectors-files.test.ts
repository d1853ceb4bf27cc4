// The vector files themselves: their form, that they test what they say, and the values typed from RFCs.
import { hkdf } from '@noble/hashes/hkdf.js'
import { sha1 } from '@noble/hashes/legacy.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { bigintEngine, type KeyAgreement } from '@srp6a/srp'
import { type Shape, shapeOf, type ValueName } from 'srp6a-vectors/generate/shape.js'
import { describe, expect, it } from 'vitest'
import { knownGroupOfHex } from '../src/groups/group.js'
import { digest, scrambler } from '../src/suite.js'
import { definition } from './support/definition.js'
import * as support from './support/vectors.js'
import { problemsOf } from './support/vectors-schema.js'

const { bytesOf, field, hexOf, readVectors, typedField } = support

const COGNITO = ['cognito-padding.json', 'cognito-strings.json', 'cognito-devices.json', 'cognito-small.json']
const padding = readVectors<support.VectorFile>('cognito-padding.json').vectors
const all = COGNITO.flatMap((name) => readVectors<support.VectorFile>(name).vectors)

describe('the files', () => {
  const schema = readVectors<Record<string, unknown>>('schema.json')

  it.each(support.vectorFileNames())('%s matches the schema', (name) => {
    expect(problemsOf(readVectors(name), schema)).toEqual([])
  })

  it('the schema refuses what it should', () => {
    const file = readVectors<Record<string, unknown>>('cognito-small.json')
    expect(problemsOf({ ...file, vectors: [] }, schema)).not.toEqual([])
    expect(problemsOf({ ...file, extra: 1 }, schema)).not.toEqual([])
  })

  it('the oracles are the versions that vectors/package.json pins', () => {
    const { dependencies } = readVectors<{ dependencies: Record<string, string> }>('package.json')
    for (const name of [...COGNITO, 'must-reject.json']) {
      for (const oracle of readVectors<support.VectorFile>(name).oracles) {
        const at = oracle.lastIndexOf('@')
        expect(dependencies[oracle.slice(0, at)], oracle).toBe(oracle.slice(at + 1))
      }
    }
  })

  it('no id occurs twice, and a disagreement is always decided', () => {
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length)
    for (const { id, agree, decision, oracles } of all) {
      expect(decision !== undefined, id).toBe(!agree)
      expect(
        oracles.every(({ error, differs }) => error === undefined && differs === undefined),
        id,
      ).toBe(agree)
      expect(
        oracles.some(({ same }) => same.length > 0),
        id,
      ).toBe(true)
    }
  })
})

describe('the vectors test padding', () => {
  const integerOf = ({ inputs, expected }: support.Vector, name: ValueName): bigint => {
    const hex = name === 'B' ? field(inputs, 'srpB') : name === 'salt' ? field(inputs, 'salt') : field(expected, name)
    return BigInt(`0x${hex.replace('-', '')}`)
  }

  it('every shape is as stated', () => {
    for (const vector of all) {
      for (const [name, shape] of Object.entries(vector.shapes ?? {})) {
        expect(shapeOf(name as ValueName, integerOf(vector, name as ValueName)), `${vector.id} ${name}`).toBe(shape)
      }
    }
  })

  const values: ValueName[] = ['A', 'B', 'u', 'x', 'S', 'salt']
  const shapes: Shape[] = ['top-bit', 'odd-hex', 'leading-zero-low', 'leading-zero-high']
  it.each(values.flatMap((value) => shapes.map((shape) => ({ value, shape }))))(
    '$shape in $value and in nothing else',
    ({ value, shape }) => {
      const plain = Object.fromEntries(values.map((name) => [name, 'plain']))
      expect(padding.map((vector) => vector.shapes)).toContainEqual({ ...plain, [value]: shape })
    },
  )
})

describe('rfc5054.json', () => {
  it.each(readVectors<support.TypedFile>('rfc5054.json').typed)(
    '$id, by the engine and the padded encoder',
    (vector) => {
      const given = (name: string) => typedField(vector.inputs, name)
      const group = knownGroupOfHex('rfc5054-1024', given('N'), Number(given('g')))
      const suite: KeyAgreement = { ...definition, name: 'rfc5054', group, hash: sha1 }
      const text = (name: string) => new TextEncoder().encode(given(name))
      const arithmetic = bigintEngine.group(group)
      const [a, b] = [bytesOf(given('a')), bytesOf(given('b'))]
      const k = digest(suite, suite.k, {})
      const x = digest(suite, suite.x, { I: text('I'), P: text('P'), s: bytesOf(given('s')) })
      const v = arithmetic.power(x)
      const A = arithmetic.power(a)
      const B = arithmetic.serverPublicKey({ k, v, b })
      const u = scrambler(suite, A, B)
      const S = arithmetic.clientSecret({ B, k, u, x, a })
      expect(hexOf(arithmetic.serverSecret({ A, u, v, b }))).toBe(hexOf(S))
      for (const [name, value] of Object.entries({ k, x, v, A, B, u, S })) {
        expect(hexOf(value), name).toBe(typedField(vector.expected, name).toLowerCase())
      }
    },
  )
})

describe('rfc5869.json', () => {
  it.each(readVectors<support.TypedFile>('rfc5869.json').typed)('$id, by the HKDF in use', ({ inputs, expected }) => {
    const given = (name: string) => bytesOf(typedField(inputs, name))
    const okm = hkdf(sha256, given('ikm'), given('salt'), given('info'), Number(typedField(inputs, 'length')))
    expect(hexOf(okm)).toBe(typedField(expected, 'okm'))
  })
})
