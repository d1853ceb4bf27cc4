// General SRP-6a vectors: RFC 5054's own, and those that other implementations publish, kept outside this repository in
// the folder that SRP_VECTORS_DIR names.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sha1 } from '@noble/hashes/legacy.js'
import { groups, suites } from '@srp6a/srp'
import { enrollWithSalt, startClientWithKey, startServerWithKey } from '@srp6a/srp/testing'
import { describe, expect, it } from 'vitest'
import { defineSuite } from '../src/define-suite.js'
import { digest } from '../src/suite.js'
import { compute, groupOf, NOT_OFFERED, PRESETS, type PublishedSrp } from './suites/published.js'
import { bytesOf, hexOf, integerHex, readVectors, type TypedFile, typedField } from './support/vectors.js'

const OUTPUTS = ['k', 'x', 'v', 'A', 'B', 'u', 'S', 'K', 'M1', 'M2'] as const

/** Without their private keys public keys are inputs. */
const SECRET_OF: Readonly<Record<string, string>> = { A: 'a', B: 'b' }

/** Compares every published output; returns their names. */
function compare(vector: PublishedSrp): string[] {
  const { values } = compute(vector)
  const isOutput = (name: string) => {
    const secret = SECRET_OF[name]
    return !vector.given?.includes(name) && (secret === undefined || vector[secret] !== undefined)
  }
  const compared = OUTPUTS.filter((name) => typeof vector[name] === 'string' && isOutput(name))
  for (const name of compared) {
    const made = values[name]
    if (made === undefined) throw new Error(`${vector.id}: nothing to compute ${name} from`)
    expect(integerHex(made), `${vector.id}: ${name}`).toBe(integerHex(vector[name] as string))
  }
  return compared
}

describe('rfc5054.json', () => {
  it.each(readVectors<TypedFile>('rfc5054.json').typed)('$id, by the preset', ({ id, inputs, expected }) => {
    const fields = Object.fromEntries(
      [...Object.keys(inputs), ...Object.keys(expected)].map((name) => [
        name,
        typedField({ ...inputs, ...expected }, name),
      ]),
    )
    const vector = { ...fields, id, source: 'RFC 5054', variant: 'rfc5054', hash: 'sha1' } as unknown as PublishedSrp
    expect(compare(vector)).toEqual(['k', 'x', 'v', 'A', 'B', 'u', 'S'])
    expect(groupOf(vector)).toBe(groups.rfc5054_1024)

    // And by the functions that people call.
    const suite = suites.rfc5054With(groups.rfc5054_1024, sha1)
    const salt = bytesOf(fields.s ?? '')
    const who = { username: fields.I ?? '', password: fields.P ?? '' }
    const { verifier } = enrollWithSalt(suite, who, salt)
    const server = startServerWithKey(suite, { username: who.username, salt, verifier }, bytesOf(fields.b ?? ''))
    const client = startClientWithKey(suite, bytesOf(fields.a ?? ''))
    expect(hexOf(verifier)).toBe(fields.v?.toLowerCase())
    expect(hexOf(server.serverPublicKey)).toBe(fields.B?.toLowerCase())
    expect(hexOf(client.clientPublicKey)).toBe(fields.A?.toLowerCase())
    const { clientProof: proof, confirm } = client.answer({ ...who, salt, serverPublicKey: server.serverPublicKey })
    const { serverProof, sessionKey } = server.verify({ clientPublicKey: client.clientPublicKey, clientProof: proof })
    expect(confirm({ serverProof }).sessionKey).toEqual(sessionKey)
    expect(sessionKey).toEqual(sha1(bytesOf(fields.S ?? '')))
  })
})

const folder = process.env.SRP_VECTORS_DIR

describe('published vectors', () => {
  if (folder === undefined || folder === '') {
    it.skip('not run: SRP_VECTORS_DIR does not name a folder of published vectors', () => {})
    return
  }
  const read = <T>(name: string): T => JSON.parse(readFileSync(join(folder, name), 'utf8'))
  const all = read<PublishedSrp[]>('srp-published.json')
  const known = all.filter(({ variant }) => variant in PRESETS)
  const others = all.filter(({ variant }) => !(variant in PRESETS))

  it('every vector has a preset or a reason', () => {
    for (const variant of new Set(others.map((vector) => vector.variant))) {
      const count = others.filter((vector) => vector.variant === variant).length
      console.log(`skipped: ${count} vectors of ${variant}: ${NOT_OFFERED[variant]}`)
      expect(NOT_OFFERED[variant], variant).toMatch(/\w/)
    }
    expect(known.length).toBeGreaterThan(100)
    expect(new Set(known.map(({ variant }) => variant))).toEqual(new Set(Object.keys(PRESETS)))
  })

  // HAP-python hashes A in M2 as short as it is, HomeKitADK pads it: the one published A with leading zeros shows it.
  const isShortA = (vector: PublishedSrp) => vector.variant === 'hap-python'

  it.each(known.filter((vector) => !isShortA(vector)).map((vector) => ({ vector, title: vector.id })))(
    '$title',
    ({ vector }) => {
      expect(compare(vector).length).toBeGreaterThan(0)
    },
  )

  it.each(known.filter(isShortA).map((vector) => ({ vector, title: vector.id })))(
    '$title, all but M2, which it computes in its own way',
    ({ vector }) => {
      const { M2, ...rest } = vector
      expect(compare(rest as PublishedSrp)).toContain('M1')
      const { values } = compute(rest as PublishedSrp)
      expect(values.M2 && hexOf(values.M2)).not.toBe(M2)
      // Theirs is a definition away.
      const theirs = defineSuite({ ...suites.hap, name: 'hap-python', M2: suites.rfc5054.M2 })
      const [A, K, M1] = ['A', 'K', 'M1'].map((name) => bytesOf(vector[name] as string))
      expect(A && K && M1 && hexOf(digest(theirs, theirs.M2, { A, K, M1 }))).toBe(M2)
    },
  )

  it('groups.json has the groups of groups', () => {
    const published = Object.entries(read<Record<string, { N: string; g: string }>>('groups.json'))
    expect(published.map(([bits]) => `rfc5054_${bits}`).sort()).toEqual(
      Object.keys(groups)
        .filter((name) => name.startsWith('rfc5054'))
        .sort(),
    )
    for (const [bits, { N, g }] of published) {
      const group = Object.values(groups).find(({ name }) => name === `rfc5054-${bits}`)
      expect(group && hexOf(group.modulus)).toBe(N.toLowerCase())
      expect(group && integerHex(group.generator)).toBe(integerHex(g))
      expect(group?.legacy).toBe(Number(bits) < 2048)
    }
  })
})
