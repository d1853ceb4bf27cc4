// npm run identify -- handshake.json: which suite does a recorded handshake of a test account speak? Bytes are hex.
import { readFileSync } from 'node:fs'
import { fromHex, identifySuite, type RecordedHandshake } from '@srp6a/srp'

const BYTES = [
  'salt',
  'clientPublicKey',
  'serverPublicKey',
  'clientProof',
  'serverProof',
  'sessionKey',
  'a',
  'b',
] as const
const [file] = process.argv.slice(2)
if (!file) throw new RangeError('npm run identify -- handshake.json: see docs/proof-refused.md')
const given: Record<string, string> = JSON.parse(readFileSync(file, 'utf8'))
const bytes = Object.fromEntries(BYTES.flatMap((name) => (given[name] ? [[name, fromHex(given[name])]] : [])))
const { username, password, modulus, hash } = given
const handshake = { username, password, modulus, hash, ...bytes } as unknown as RecordedHandshake
const found = await identifySuite(handshake, { nearest: true })
const explained = found.filter(({ matches }) => matches.includes('clientProof'))
if (explained.length === 0) console.log('No suite explains the client’s proof. The nearest:')
for (const { suite, matches } of found.slice(0, 10)) console.log(`${suite.name}: ${matches.join(', ')}`)
if (found.length === 0) console.log('none')
process.exitCode = explained.length > 0 ? 0 : 1
