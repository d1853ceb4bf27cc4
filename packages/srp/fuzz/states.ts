import { createCipheriv } from 'node:crypto'
import { openState, resumeClient, resumeServer, SrpError, sealState } from '@srp6a/srp'
import { resumeCognitoServer } from '@srp6a/srp/cognito'
import { nodeEngine } from '@srp6a/srp/node'
import { startClientWithKey, startServerWithKey } from '@srp6a/srp/testing'
import { attempt, attemptLater, must, sameJson, type Target, textOf } from 'srp6a-tools/fuzz/target.js'
import { record, suite } from '../test/support/tiny.js'

const options = { engine: nodeEngine }
const b = Uint8Array.from({ length: 32 }, (_, i) => (7 * i + 3) & 255)
const key = Uint8Array.from({ length: 32 }, (_, i) => 255 - i)
const now = new Date('2026-01-01T00:00:00Z')

const refused =
  (...codes: readonly string[]) =>
  (error: unknown): boolean =>
    error instanceof SrpError && codes.includes(error.code)

const equal = (a: Uint8Array, b: Uint8Array): boolean => Buffer.from(a).equals(b)

/** The format is canonical: what is accepted is exactly what `save` writes. */
const serverState: Target = {
  name: 'server-state',
  files: ['packages/srp/src/state.ts', 'packages/srp/src/server.ts'],
  seeds: [
    startServerWithKey(suite, record, b).save(),
    startServerWithKey(suite, { ...record, username: 'é' }, Uint8Array.of(...b).reverse()).save(),
  ],
  limit: 50,
  run(input) {
    const server = attempt(() => resumeServer(suite, input, options), refused('invalid-state'))
    if (!server) return
    must(equal(server.save(), input), 'save() wrote other bytes than were accepted')
    must(server.serverPublicKey.length === suite.group.modulus.length, 'B has another length')
    const clientPublicKey = suite.group.modulus.map((byte, i) => (i === 0 ? 1 : byte ^ 0x5a))
    const answer = { clientPublicKey, clientProof: new Uint8Array(32) }
    must(attempt(() => server.verify(answer), refused('wrong-proof')) === undefined, 'a proof of zeros was taken')
  },
}

const clientState: Target = {
  name: 'client-state',
  files: ['packages/srp/src/state.ts', 'packages/srp/src/client.ts'],
  seeds: [startClientWithKey(suite, b).save(), startClientWithKey(suite, Uint8Array.of(2)).save()],
  limit: 50,
  run(input) {
    const client = attempt(() => resumeClient(suite, input, options), refused('invalid-state'))
    if (!client) return
    must(equal(client.save(), input), 'save() wrote other bytes than were accepted')
    must(client.clientPublicKey.length === suite.group.modulus.length, 'A has another length')
    const challenge = { ...record, password: 'p', serverPublicKey: record.verifier }
    const { confirm } = client.answer(challenge)
    const serverProof = new Uint8Array(32)
    must(attempt(() => confirm({ serverProof }), refused('wrong-proof')) === undefined, 'a proof of zeros was taken')
  },
}

/** The input sealed as the server itself would have, so that the cipher does not stand before the reader. */
function sealed(plain: Uint8Array): Uint8Array {
  const nonce = new Uint8Array(12).fill(9)
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Uint8Array.of(1))
  return Uint8Array.from([1, ...nonce, ...cipher.update(plain), ...cipher.final(), ...cipher.getAuthTag()])
}

const late = Uint8Array.from([0, 0, 2, 0, 0, 0, 0, 0, 5, 6, 7])

const sealedState: Target = {
  name: 'sealed-state',
  files: ['packages/srp/src/sealed-state.ts'],
  seeds: [late, late.map((byte, i) => (i === 2 ? 0 : byte)), late.subarray(0, 8)],
  limit: 50,
  async run(input) {
    const documented = refused('invalid-state', 'expired-state')
    must((await attemptLater(() => openState(input, key, { now }), documented)) === undefined, 'it opened as it is')
    const opened = await attemptLater(() => openState(sealed(input), key, { now }), documented)
    if (opened) must(equal(opened, input.subarray(8)), 'the opened state is another')
    const again = await openState(await sealState(input, key, { now }), key, { now })
    must(equal(again, input), 'sealing and opening gave another state')
  },
}

const cognitoSeed = (salt: string, verifier: string, hex = '00ff'.repeat(16)): string =>
  JSON.stringify([1, 'AbCdEfGhI', 'ada', salt, verifier, hex])

const cognitoState: Target = {
  name: 'cognito-state',
  files: ['packages/srp/src/cognito/server.ts', 'packages/srp/src/cognito/suite.ts'],
  seeds: [cognitoSeed('a1b2', 'c0ffee'), cognitoSeed('-a1', '2'), cognitoSeed('00A', 'ABC', '1')],
  dictionary: ['-', '00', 'ff'.repeat(384)],
  limit: 100,
  run(input) {
    const resume = (text: string) => attempt(() => resumeCognitoServer(text, options), refused('invalid-state'))
    const text = textOf(input)
    const server = resume(text)
    if (!server) return
    const saved = server.save()
    must(resume(saved)?.save() === saved, 'a saved state is not read as it was written')
    const [version, scope, userId, salt, verifier, hex]: unknown[] = JSON.parse(text)
    const even = String(hex).toLowerCase()
    const canonical = [version, scope, userId, salt, verifier, even.length % 2 ? `0${even}` : even]
    must(sameJson(canonical, JSON.parse(saved)), 'save() wrote other values than were accepted')
    must(/^-?([1-9a-f][0-9a-f]*|0)$/.test(server.SALT), 'SALT is not hex as the service writes it')
    must(/^[1-9a-f][0-9a-f]{0,767}$/.test(server.SRP_B), 'SRP_B is not hex as the service writes it')
  },
}

export const stateTargets: readonly Target[] = [serverState, clientState, sealedState, cognitoState]
