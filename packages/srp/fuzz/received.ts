// Data received from a client or a recording: records as JSON, and handshakes for identifySuite.
import { fromHex, identifySuite, type RecordedHandshake, readRecord, SrpError, toBase64 } from '@srp6a/srp'
import { nodeEngine } from '@srp6a/srp/node'
import { startClientWithKey, startServerWithKey } from '@srp6a/srp/testing'
import { attempt, attemptLater, isMistake, jsonOf, must, type Target } from 'srp6a-tools/fuzz/target.js'
import { N, password, record, salt, suite, username } from '../test/support/tiny.js'

const options = { engine: nodeEngine }
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')
const isRefusal = (error: unknown): boolean =>
  error instanceof SrpError && /^(invalid-encoding|too-large|invalid-public-key|wrong-username)$/.test(error.code)

const received: Target = {
  name: 'record',
  files: ['packages/srp/src/record.ts'],
  seeds: [
    JSON.stringify({ username, salt: toBase64(record.salt), verifier: toBase64(record.verifier) }),
    JSON.stringify({ username: 'é', salt: toBase64(salt), verifier: 'Ag==' }),
  ],
  dictionary: [toBase64(N), 'AQ==', '"salt":', '"verifier":'],
  limit: 20,
  run(input) {
    const read = attempt(() => readRecord(suite, jsonOf(input) as object), isRefusal)
    if (!read) return
    must(read.salt.length >= 16 && read.salt.length <= 1024, 'a salt of another length')
    must(read.verifier.length === N.length, 'a verifier of another length')
    const v = BigInt(`0x${hex(read.verifier)}`)
    must(v > 1n && v < BigInt(`0x${hex(N)}`) - 1n, 'a verifier that no password gives')
    // A record that was read can be kept and used: a server begins with it.
    must(startServerWithKey(suite, read, Uint8Array.of(3), options).salt.length === read.salt.length, 'another salt')
  },
}

const BYTES = ['salt', 'clientPublicKey', 'serverPublicKey', 'clientProof', 'serverProof', 'sessionKey', 'a', 'b']

/** Hex in JSON, as the command takes it. */
function handshakeOf(input: Uint8Array): unknown {
  const given = jsonOf(input)
  if (Object(given) !== given) return given
  const bytes = Object.entries(given as object).map(([name, value]) => [
    name,
    BYTES.includes(name)
      ? attempt(
          () => fromHex(value),
          () => true,
        )
      : value,
  ])
  return Object.fromEntries(bytes)
}

function recording(): string {
  const server = startServerWithKey(suite, record, Uint8Array.of(9), options)
  const answer = startClientWithKey(suite, Uint8Array.of(7), options).answer({ username, password, ...server })
  const reply = server.verify(answer)
  const bytes = { salt, ...answer, ...reply, serverPublicKey: server.serverPublicKey, a: Uint8Array.of(7) }
  const fields = Object.entries(bytes).flatMap(([name, value]) =>
    value instanceof Uint8Array ? [[name, hex(value)]] : [],
  )
  return JSON.stringify({ username, password, ...Object.fromEntries(fields), modulus: hex(N), hash: 'sha256' })
}

const identified: Target = {
  name: 'identify-suite',
  files: ['packages/srp/src/identify-suite.ts'],
  seeds: [recording(), JSON.stringify({ ...JSON.parse(recording()), hash: 'sha1', sessionKey: '00' })],
  dictionary: ['"sessionKey":"00"', '"hash":"sha512"', '"b":"09"', hex(N)],
  // A hundred suites of some milliseconds each.
  limit: 5000,
  async run(input) {
    const handshake = handshakeOf(input) as RecordedHandshake
    const refused = (error: unknown) => isMistake(error) || isRefusal(error)
    const found = await attemptLater(() => identifySuite(handshake, { ...options, nearest: true }), refused)
    if (!found) return
    const explained = found.filter(({ matches }) => matches.includes('clientProof'))
    must(explained.length === 0 || explained.length === found.length, 'nearest suites beside those that explain')
    must(
      found.every(({ matches }) => matches.length > 0),
      'a suite that explains nothing',
    )
    for (const { matches } of found) must(new Set(matches).size === matches.length, 'a match twice')
  },
}

export const receivedTargets: readonly Target[] = [received, identified]
