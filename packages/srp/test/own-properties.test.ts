// Values are used as they were checked: own properties only, each read once; bytes are copied before they are checked.
import { defineSuite, enroll, groups, resumeServer, sealState, startClient, startServer, suites } from '@srp6a/srp'
import { startCognitoClient } from '@srp6a/srp/cognito'
import { afterEach, expect, it } from 'vitest'
import { outcome } from './support/codes.js'
import { definition, signIn } from './support/definition.js'
import { N, password, record, suite, username } from './support/tiny.js'

const polluted = Object.prototype as unknown as Record<string, unknown>
const NAMES = ['engine', 'random', 'salt', 'saltLength', 'plain', 'text', 'hash', 'xor', 'encoder', 'passwordKdf']
afterEach(() => {
  for (const name of NAMES) delete polluted[name]
})

it('what Object.prototype was made to have changes nothing', async () => {
  const bad = () => {
    throw new Error('a property of Object.prototype was used')
  }
  for (const name of NAMES) {
    polluted[name] = name === 'saltLength' ? 9 : name === 'salt' ? new Uint8Array(3) : name === 'text' ? 'x' : bad
    expect(await signIn(defineSuite(definition)), name).toBe('none')
    expect(await signIn(suites.rfc5054With(groups.rfc5054_1024, definition.hash)), name).toBe('none')
    expect(enroll(suite, { username, password }, {}).salt).toHaveLength(16)
    expect(startCognitoClient({}).srpA).toMatch(/^[0-9a-f]+$/)
    delete polluted[name]
  }
  polluted.salt = record.salt
  expect(outcome(() => startServer(suite, { username, verifier: record.verifier } as never))).toBe('TypeError')
})

it('a getter is read once', () => {
  const reads: string[] = []
  const watched = <T extends object>(value: T): T =>
    new Proxy(value, {
      get(target, name, receiver) {
        reads.push(String(name))
        return Reflect.get(target, name, receiver)
      },
    })
  const client = startClient(suite, watched({ engine: undefined, random: undefined }))
  const server = startServer(suite, watched({ ...record }), watched({ engine: undefined }))
  const answer = client.answer(watched({ username, password, ...server }))
  answer.confirm(watched(server.verify(watched({ ...answer }))))
  expect(reads.sort()).toEqual([
    ...['clientProof', 'clientPublicKey', 'engine', 'engine', 'password', 'random', 'salt', 'salt', 'serverProof'],
    ...['serverPublicKey', 'username', 'username', 'verifier'],
  ])
})

it('a suite is a copy of its definition, frozen all the way down, and a look-alike is refused', async () => {
  const M1 = [...(definition.M1 as [])]
  const frozen = Object.freeze({ ...definition })
  const made = defineSuite({ ...definition, M1 })
  M1.length = 0
  expect(await signIn(made)).toBe('none')
  expect(outcome(() => startClient(frozen as never))).toBe('TypeError')
  expect(outcome(() => startClient(Object.freeze({ ...suite }) as never))).toBe('TypeError')
  expect(outcome(() => defineSuite({ ...definition, name: 'x'.repeat(65_536) }))).toBe('RangeError')
})

it('memory that another thread could write into is copied before it is checked', () => {
  // An encoder of a suite runs between the check of A and its use: it stands for the other thread.
  let strike = () => {}
  const slow = defineSuite({
    ...definition,
    u: [
      [
        'A',
        (bytes) => {
          strike()
          return Uint8Array.from(bytes)
        },
      ],
      ['B', (bytes) => Uint8Array.from(bytes)],
    ],
  })
  const shared = new Uint8Array(new SharedArrayBuffer(N.length))
  const server = startServer(slow, enroll(slow, { username, password }))
  const client = startClient(slow)
  const answer = client.answer({ username, password, ...server })
  shared.set(answer.clientPublicKey)
  strike = () => shared.set(N)
  const reply = server.verify({ clientPublicKey: shared, clientProof: answer.clientProof })
  expect(answer.confirm(reply).sessionKey).toEqual(reply.sessionKey)
})

it('a detached buffer is refused by name, and sealState reads before it waits', async () => {
  const gone = new Uint8Array(16)
  structuredClone(gone.buffer, { transfer: [gone.buffer] })
  expect(() => startServer(suite, { ...record, salt: gone })).toThrow(/^salt: expected a (non-empty )?Uint8Array/)
  const state = startServer(suite, record).save()
  const before = state.slice()
  const key = new Uint8Array(32).fill(1)
  const sealing = sealState(state, key)
  state.fill(0)
  key.fill(2)
  const { openState } = await import('@srp6a/srp')
  const opened = await openState(await sealing, new Uint8Array(32).fill(1))
  expect(opened).toEqual(before)
  expect(resumeServer(suite, opened).salt).toEqual(record.salt)
})

it('a seal opens under its own context alone', async () => {
  const { openState } = await import('@srp6a/srp')
  const key = new Uint8Array(32).fill(1)
  const contexts = [undefined, '', 'a', 'b', '\ud800', '\ufffd', Uint8Array.of(97), new Uint8Array()] as const
  for (const context of contexts) {
    const sealed = await sealState(Uint8Array.of(5), key, { context })
    for (const other of contexts) {
      const opened = await openState(sealed, key, { context: other }).catch((error: { code: string }) => error.code)
      expect(opened).toEqual(other === context ? Uint8Array.of(5) : 'invalid-state')
    }
  }
})
