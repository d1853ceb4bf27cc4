// BouncyCastle itself, in both directions, on random handshakes. It comes from Debian (libbcprov-java, default-jre-headless).
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { sha1 } from '@noble/hashes/legacy.js'
import { sha256, sha512 } from '@noble/hashes/sha2.js'
import { groups, type Suite, suites } from '@srp6a/srp'
import { expect, it } from 'vitest'
import { fieldsOf } from './answers.js'
import { run, type Secrets, secretsOf } from './handshakes.js'

const JAR = '/usr/share/java/bcprov.jar'
const missing =
  !existsSync(JAR) || spawnSync('java', ['-version']).status !== 0
    ? `no ${JAR} or no java: apt-get install libbcprov-java default-jre-headless`
    : undefined
if (missing) console.log(`skipped: BouncyCastle, ${missing}`)

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')
const unhex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text.length % 2 ? `0${text}` : text, 'hex'))
const SEED = Number(process.env.SEED ?? Date.now() % 1_000_000)

function* handshakes(count: number): Generator<Secrets> {
  for (let i = 0; i < count; i++) {
    const [a = 0, b = 0, salt = 0, password = 0] = new Uint32Array(
      createHash('sha256').update(`${SEED} ${i}`).digest().buffer.slice(0, 16),
    )
    yield secretsOf({ a, b, salt, password })
  }
}

it.skipIf(missing).each<[name: string, suite: Suite, bits: string, digest: string, count: number]>([
  ['2048 bits, SHA-256', suites.bouncyCastle, '2048', 'SHA-256', 300],
  ['1024 bits, SHA-1', suites.bouncyCastleWith(groups.rfc5054_1024, sha1), '1024', 'SHA-1', 300],
  ['2048 bits, SHA-512', suites.bouncyCastleWith(groups.rfc5054_2048, sha512), '2048', 'SHA-512', 50],
  ['4096 bits, SHA-256', suites.bouncyCastleWith(groups.rfc5054_4096, sha256), '4096', 'SHA-256', 20],
])('%s: both halves say what BouncyCastle says', (_, suite, bits, digest, count) => {
  console.log(`seed ${SEED}: SEED=${SEED} makes the same handshakes again`)
  const secrets = [...handshakes(count)]
  const input = secrets
    .map(({ username, password, salt, a, b }) =>
      [Buffer.from(username), Buffer.from(password), salt, a, b].map((bytes) => hex(bytes)).join(' '),
    )
    .join('\n')
  const source = fileURLToPath(new URL('oracles/BouncyCastlePeer.java', import.meta.url))
  const { stdout, stderr } = spawnSync('java', ['-cp', JAR, source, bits, digest], {
    input: `${input}\n`,
    encoding: 'utf8',
  })
  const lines = stdout.trim().split('\n')
  expect(lines, stderr).toHaveLength(count)
  for (const [i, line] of lines.entries()) {
    const [v, B, K, M1, M2] = line.split(' ').map(unhex) as [Uint8Array, Uint8Array, Uint8Array, Uint8Array, Uint8Array]
    expect(fieldsOf({ v, B, K, M1, M2 })).toEqual(fieldsOf(run(suite, secrets[i] as Secrets)))
  }
})
