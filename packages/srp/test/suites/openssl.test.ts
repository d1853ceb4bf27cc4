// `openssl srp` makes verifiers for TLS-SRP (RFC 5054), which has no proofs of its own: they are those of rfc5054With(…, sha1).
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sha1 } from '@noble/hashes/legacy.js'
import { type Group, groups, suites } from '@srp6a/srp'
import { expect, it } from 'vitest'
import { utf8 } from '../../src/bytes.js'
import { digest } from '../../src/suite.js'
import { fromBig, power, toBig } from '../support/reference.js'

const missing = spawnSync('openssl', ['srp', '-help']).status !== 0
if (missing) console.log('skipped: openssl srp, which is not installed or built without SRP')

/** OpenSSL's own base 64: the digits of one integer, highest first. */
const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz./'
const integer = (text: string): bigint =>
  [...text].reduce((sum, digit) => sum * 64n + BigInt(DIGITS.indexOf(digit)), 0n)
/** As OpenSSL writes an integer before it is hashed. */
const bytes = (value: bigint): Uint8Array => fromBig(value, Math.ceil(value.toString(16).length / 2))

it.skipIf(missing).each<[bits: string, group: Group]>([
  ['1024', groups.rfc5054_1024],
  ['2048', groups.rfc5054_2048],
  ['4096', groups.rfc5054_4096],
])('takes the verifiers of openssl srp, %s bits', (bits, group) => {
  const folder = mkdtempSync(join(tmpdir(), 'openssl-srp-'))
  try {
    const file = join(folder, 'users')
    writeFileSync(file, '')
    for (const user of ['ada', 'grace']) {
      const args = ['srp', '-srpvfile', file, '-add', '-gn', bits, '-passout', `pass:Horse-${user}`, user]
      expect(spawnSync('openssl', args, { encoding: 'utf8' }).status).toBe(0)
    }
    const rows = readFileSync(file, 'utf8').trim().split('\n')
    expect(rows).toHaveLength(2)
    const suite = suites.rfc5054With(group, sha1)
    for (const row of rows) {
      const [, verifier = '', salt = '', user = ''] = row.split('\t')
      const x = digest(suite, suite.x, { I: utf8(user), P: utf8(`Horse-${user}`), s: bytes(integer(salt)) })
      expect(power(toBig(group.generator), toBig(x), toBig(group.modulus))).toBe(integer(verifier))
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
