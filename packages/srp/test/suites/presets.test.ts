import { sha256 } from '@noble/hashes/sha2.js'
import * as groupEntry from '@srp6a/srp/groups'
import * as suiteEntry from '@srp6a/srp/suites'
import { describe, expect, it } from 'vitest'
import { cognitoSuite } from '../../src/cognito/suite.js'
import { defineSuite, type Suite } from '../../src/define-suite.js'
import { enroll, groups, startClient, startServer, suites } from '../../src/index.js'

const password = Uint8Array.of(1, 2, 3)
const presets = Object.entries(suites).filter((entry): entry is [string, Suite] => typeof entry[1] === 'object')

/** Everything inside that could be changed. */
function unfrozen(value: unknown, path: string): string[] {
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return []
  const inner = Object.entries(value).flatMap(([name, part]) => unfrozen(part, `${path}.${name}`))
  return Object.isFrozen(value) ? inner : [path, ...inner]
}

describe('the presets, which are not checked when they are loaded', () => {
  it('are there', () => expect(presets.length).toBeGreaterThan(11))

  it.each(presets)('%s is what defineSuite takes, and frozen throughout', (name, suite) => {
    const { hash, ...parts } = defineSuite({ ...suite })
    expect({ ...parts, hash: suite.hash }).toEqual(suite)
    expect([hash.outputLen, hash(password)]).toEqual([suite.hash.outputLen, suite.hash(password)])
    expect(unfrozen(suite, name)).toEqual([])
  })

  it.each(presets)('%s signs in', (_name, suite) => {
    const credentials = { username: 'ada', password: 'correct horse' }
    const { salt, verifier } = enroll(suite, credentials)
    const server = startServer(suite, { username: 'ada', salt, verifier })
    const client = startClient(suite)
    const answer = client.answer({ ...credentials, salt, serverPublicKey: server.serverPublicKey })
    const { serverProof, sessionKey } = server.verify({
      clientPublicKey: client.clientPublicKey,
      clientProof: answer.clientProof,
    })
    expect(answer.confirm({ serverProof }).sessionKey).toEqual(sessionKey)
  })
})

describe('a preset made for another group and hash', () => {
  const group = groups.rfc5054_1024
  it.each<[preset: string, made: Suite, is: Suite]>([
    ['nimbus', suites.nimbusWith(group, sha256), suites.nimbus],
    ['pysrp', suites.pysrpWith(group, sha256), suites.pysrp],
    ['pysrpRfc5054', suites.pysrpRfc5054With(group, sha256), suites.pysrpRfc5054],
    ['thinbus', suites.thinbusWith(group), suites.thinbus],
    ['bouncyCastle', suites.bouncyCastleWith(group, sha256), suites.bouncyCastle],
    ['rustCrypto', suites.rustCryptoWith(group, sha256), suites.rustCrypto],
    ['rustCryptoLegacy', suites.rustCryptoLegacyWith(group, sha256), suites.rustCryptoLegacy],
    ['srpNet', suites.srpNetWith(group, sha256), suites.srpNet],
    ['swiftSrp', suites.swiftSrpWith(group, sha256), suites.swiftSrp],
    ['goSrp', suites.goSrpWith(group, sha256), suites.goSrp],
  ])('is %s in all else', (_, made, is) => {
    expect(made).toEqual({ ...is, name: made.name, group, hash: made.hash })
    expect(made.name).toContain('/rfc5054-1024')
    expect([made.group, made.hash.outputLen]).toEqual([group, 32])
    expect(unfrozen(made, 'made')).toEqual([])
  })
})

describe('the entries of their own', () => {
  it('hold the very suites and groups of the general entry', () => {
    const same = (one: object, other: object) => {
      const values = new Map(Object.entries(other))
      expect(Object.keys(one)).toEqual([...values.keys()])
      for (const [name, value] of Object.entries(one)) expect(value).toBe(values.get(name))
    }
    same(suiteEntry, suites)
    same(groupEntry, groups)
  })
})

it('hashes nothing in Cognito’s suite that is not there by then', () => {
  const proofs = { K: suites.rfc5054.K, M1: suites.rfc5054.M1, M2: suites.rfc5054.M2 }
  expect(() => defineSuite({ ...cognitoSuite, ...proofs })).not.toThrow()
})
