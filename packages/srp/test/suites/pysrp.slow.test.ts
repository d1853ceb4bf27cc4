// The pysrp presets live against Python's srp, where it is installed (Debian: apt-get install python3-srp).

import { sha1 } from '@noble/hashes/legacy.js'
import { sha256, sha512 } from '@noble/hashes/sha2.js'
import { type Suite, suites } from '@srp6a/srp'
import { describe, expect, it } from 'vitest'
import { utf8 } from '../../src/bytes.js'
import { minimal } from '../../src/encode.js'
import { rfc5054_1024, rfc5054_2048 } from '../../src/groups/rfc5054.js'
import { answersOf } from './answers.js'
import { type AllValues, run, type Secrets, secretsOf } from './handshakes.js'
import { hex } from './peers.js'
import { findPython, type Job, runJobs } from './pysrp.js'

const python = findPython()

function job(values: AllValues, secrets: Secrets, how: Pick<Job, 'backend' | 'rfc5054' | 'hash' | 'bits'>): Job {
  const { A, B, M1, M2 } = values
  const { username, password, salt, a, b } = secrets
  const bytes = Object.entries({ password: utf8(password), salt, a, b, A, B, M1, M2 })
  return { ...how, username, ...Object.fromEntries(bytes.map(([name, value]) => [name, hex(value)])) } as Job
}

const integer = (bytes: Uint8Array) => hex(minimal(bytes, 0))

describe('pysrp', () => {
  if (python === undefined) {
    it.skip('not run: no Python here has the module srp (Debian package python3-srp)', () => {})
    return
  }
  const ask = (jobs: readonly Job[]) => runJobs(python.command, jobs)

  const CASES: readonly { suite: Suite; rfc5054: boolean; hash: string; bits: number }[] = [
    { suite: suites.pysrp, rfc5054: false, hash: 'sha1', bits: 2048 },
    { suite: suites.pysrpRfc5054, rfc5054: true, hash: 'sha1', bits: 2048 },
    { suite: suites.pysrpWith(rfc5054_2048, sha256), rfc5054: false, hash: 'sha256', bits: 2048 },
    { suite: suites.pysrpRfc5054With(rfc5054_1024, sha512), rfc5054: true, hash: 'sha512', bits: 1024 },
    { suite: suites.pysrpWith(rfc5054_1024, sha1), rfc5054: false, hash: 'sha1', bits: 1024 },
  ]

  for (const backend of ['_ctsrp', '_pysrp'] as const) {
    it.each(CASES)(`${backend} and $suite.name`, ({ suite, ...how }) => {
      const known = [suites.pysrp, suites.pysrpRfc5054].includes(suite) ? answersOf(suite).handshakes : []
      const seeds = [
        ...known.filter(({ zero }) => !(zero === 'inner' && backend === '_pysrp')).map(({ seed }) => seed),
        ...[1, 2, 3, 4, 5, 6].map((n) => ({ a: n, b: n, salt: n % 2 ? n : -n, password: n })),
      ]
      const rows = seeds.map((seed) => ({ secrets: secretsOf(seed), values: run(suite, secretsOf(seed)) }))
      const results = ask(rows.map(({ secrets, values }) => job(values, secrets, { backend, ...how })))
      for (const [i, result] of results.entries()) {
        const { values } = rows[i] ?? { values: undefined }
        if (!values) throw new Error('more answers than questions')
        // Both of its sides are satisfied with ours, and reach what ours reach.
        expect(result.clientAccepts).toBe(true)
        expect(result.M2).toBe(hex(values.M2))
        expect(result.M1).toBe(hex(values.M1))
        expect([result.A, result.B]).toEqual([integer(values.A), integer(values.B)])
        expect([result.clientKey, result.serverKey]).toEqual([hex(values.K), hex(values.K)])
        expect(result.v).toBe(hex(values.v))
      }
      expect(results).toHaveLength(rows.length)
    })
  }

  it('without OpenSSL it drops the zero in front of the inner digest, and is another suite for such a password', () => {
    const found = answersOf(suites.pysrp).handshakes.find(({ zero }) => zero === 'inner')
    if (!found) throw new Error('no such handshake')
    const secrets = secretsOf(found.seed)
    const values = run(suites.pysrp, secrets)
    const how = { rfc5054: false, hash: 'sha1', bits: 2048 } as const
    const [fast, slow] = ask(
      (['_ctsrp', '_pysrp'] as const).map((backend) => job(values, secrets, { backend, ...how })),
    )
    expect([fast?.clientAccepts, slow?.clientAccepts]).toEqual([true, false])
    expect(fast?.v).toBe(hex(values.v))
    expect(slow?.v).not.toBe(hex(values.v))
  })

  it('with OpenSSL its client goes on with B = N', () => {
    const secrets = secretsOf({ a: 1, b: 1, salt: 1, password: 1 })
    const values = { ...run(suites.pysrp, secrets), B: suites.pysrp.group.modulus }
    const how = { rfc5054: false, hash: 'sha1', bits: 2048 } as const
    const [fast, slow] = ask(
      (['_ctsrp', '_pysrp'] as const).map((backend) => job(values, secrets, { backend, ...how })),
    )
    expect([fast?.refused, slow?.refused]).toEqual([undefined, 'B'])
  })

  it('apple-gsa is pysrp after rfc5054_enable() and no_username_in_x() while no value begins with a zero', () => {
    const found = answersOf(suites.appleGsa).handshakes.find(({ zero }) => zero === 'none')
    if (!found) throw new Error('no such handshake')
    const secrets = secretsOf(found.seed)
    const values = run(suites.appleGsa, secrets)
    const how = { backend: '_ctsrp', rfc5054: true, hash: 'sha256', bits: 2048 } as const
    const [result] = ask([{ ...job(values, secrets, how), noUsername: true }])
    expect(result?.clientAccepts).toBe(true)
    expect([result?.M1, result?.M2, result?.clientKey]).toEqual([values.M1, values.M2, values.K].map(hex))
  })
})
