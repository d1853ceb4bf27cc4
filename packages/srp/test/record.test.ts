// A client's new record, checked before it is kept; and the change of a password inside a session.
import {
  enroll,
  openRecord,
  readRecord,
  type ServerRecord,
  sealRecord,
  startServer,
  suites,
  toBase64,
} from '@srp6a/srp'
import { describe, expect, it } from 'vitest'
import { complaint, complaintOf, outcome } from './support/codes.js'
import { begun, N, password, record, suite, tooLong, username } from './support/tiny.js'

const less = (by: number) => N.map((byte, i) => (i === N.length - 1 ? byte - by : byte))
const json = { username, salt: toBase64(record.salt), verifier: toBase64(record.verifier) }

/** The two ends of one session. */
function session() {
  const { client, server, hello } = begun()
  const answer = client.answer(hello)
  const reply = server.verify(answer)
  return { ours: answer.confirm(reply), theirs: reply }
}

const ended = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'none',
    (error: unknown) => complaintOf(error),
  )

describe('readRecord', () => {
  it('takes what enroll made, as bytes and as base64, and what has more fields', () => {
    for (const message of [record, json, JSON.parse(JSON.stringify({ ...json, newsletter: true }))]) {
      expect(readRecord(suite, message, { username, saltLength: 16 })).toEqual(record)
    }
    expect(outcome(() => startServer(suite, readRecord(suite, json)))).toBe('none')
  })

  it('gives arrays of its own, and the verifier in the length of N', () => {
    const given = { ...record, salt: record.salt.slice(), verifier: Uint8Array.of(2) }
    const read = readRecord(suite, given)
    given.salt.fill(0)
    expect(read.salt).toEqual(record.salt)
    expect(read.verifier).toEqual(Uint8Array.from({ length: N.length }, (_, i) => (i === N.length - 1 ? 2 : 0)))
    expect(readRecord(suite, { ...record, verifier: less(2) }).verifier).toEqual(less(2))
  })

  it.each<[string, object, string]>([
    ['a verifier of 0', { verifier: new Uint8Array(N.length) }, 'invalid-public-key'],
    ['a verifier of 1', { verifier: Uint8Array.of(1) }, 'invalid-public-key'],
    ['a verifier of 00 … 01', { verifier: Uint8Array.from([0, 0, 1]) }, 'invalid-public-key'],
    ['a verifier of N', { verifier: N }, 'invalid-public-key'],
    ['a verifier of N − 1', { verifier: less(1) }, 'invalid-public-key'],
    [
      'a verifier above N',
      { verifier: N.map((byte, i) => (i === N.length - 1 ? byte + 1 : byte)) },
      'invalid-public-key',
    ],
    ['a verifier of ones', { verifier: new Uint8Array(N.length).fill(255) }, 'invalid-public-key'],
    ['a verifier longer than N', { verifier: tooLong }, 'too-large'],
    ['an empty verifier', { verifier: new Uint8Array() }, 'invalid-encoding'],
    ['no verifier', { verifier: undefined }, 'invalid-encoding'],
    ['a verifier that is no base64', { verifier: 'ab*=' }, 'invalid-encoding'],
    ['a verifier that is a number', { verifier: 12345 }, 'invalid-encoding'],
    ['a verifier without end', { verifier: 'AAAA'.repeat(30_000) }, 'too-large'],
    ['a salt of 15 bytes', { salt: new Uint8Array(15).fill(1) }, 'invalid-encoding'],
    ['a salt of 1,025 bytes', { salt: new Uint8Array(1025).fill(1) }, 'too-large'],
    ['an empty salt', { salt: '' }, 'invalid-encoding'],
    ['no salt', { salt: null }, 'invalid-encoding'],
    ['no username', { username: undefined }, 'invalid-encoding'],
    ['a username that is a list', { username: ['ada'] }, 'invalid-encoding'],
    ['a username without end', { username: 'x'.repeat(65_537) }, 'too-large'],
    ['a username that no server could save', { username: 'é'.repeat(40_000) }, 'too-large'],
    ['the record of another user', { username: 'eve' }, 'wrong-username'],
    ['the record of one who is not quite the user', { username: 'Ada' }, 'wrong-username'],
  ])('refuses %s', (_, part, code) => {
    const options = 'username' in part && part.username === undefined ? {} : { username }
    expect(outcome(() => readRecord(suite, { ...json, ...part }, code === 'too-large' ? {} : options))).toBe(code)
  })

  it('refuses a message that is no object, and says nothing of its values', () => {
    for (const message of [undefined, null, 'text', 7, []]) {
      expect(complaint(() => readRecord(suite, message as never))).toBe(
        'invalid-encoding: username: missing or not a string',
      )
    }
    const inherited = Object.create(json)
    expect(outcome(() => readRecord(suite, inherited))).toBe('invalid-encoding')
  })

  it('takes a salt of the length that decoys have, and no other', () => {
    expect(complaint(() => readRecord(suite, record, { saltLength: 32 }))).toBe(
      'invalid-encoding: salt: expected 32 bytes',
    )
    expect(outcome(() => readRecord(suite, { ...record, salt: Uint8Array.of(1) }, { saltLength: 1 }))).toBe('none')
  })

  it('tells the caller of the caller’s own mistakes', () => {
    for (const options of [{ saltLength: 0 }, { saltLength: 1025 }, { saltLength: 1.5 }]) {
      expect(outcome(() => readRecord(suite, record, options))).toBe('RangeError')
    }
    for (const options of [null, { username: 7 }] as never[]) {
      expect(outcome(() => readRecord(suite, record, options))).toBe('TypeError')
    }
    expect(outcome(() => readRecord({ ...suite } as never, record))).toBe('TypeError')
  })
})

describe('sealRecord and openRecord', () => {
  const changed = enroll(suite, { username, password: `${password}!` })

  it('change a password inside a session: the new one signs in, the old one no more', async () => {
    const { ours, theirs } = session()
    const sealed = await sealRecord(suite, changed, ours)
    const kept = await openRecord(suite, sealed, theirs, { saltLength: 16 })
    expect(kept).toEqual(changed)
    for (const [typed, code] of [
      [`${password}!`, 'none'],
      [password, 'wrong-proof'],
    ] as const) {
      const { client } = begun()
      const server = startServer(suite, kept)
      const { salt, serverPublicKey } = server
      expect(outcome(() => server.verify(client.answer({ username, password: typed, salt, serverPublicKey })))).toBe(
        code,
      )
    }
  })

  it('hide the record, and are never the same twice', async () => {
    const { ours } = session()
    const [one, two] = [await sealRecord(suite, changed, ours), await sealRecord(suite, changed, ours)]
    expect(Buffer.from(one).equals(two)).toBe(false)
    expect(Buffer.from(one).includes(Buffer.from(changed.verifier))).toBe(false)
  })

  it('open in their own session, context and suite alone, and unchanged', async () => {
    const { ours, theirs } = session()
    const damaged = 'invalid-state: The saved state is damaged, of another version, or of another suite'
    const sealed = await sealRecord(suite, changed, ours, { context: '1' })
    expect(await ended(openRecord(suite, sealed, theirs, { context: '1' }))).toBe('none')
    const sessionKey = theirs.sessionKey.map((byte, i) => (i === 31 ? byte ^ 1 : byte))
    expect(await ended(openRecord(suite, sealed, { username, sessionKey }, { context: '1' }))).toBe(damaged)
    for (const options of [{}, { context: '2' }, { context: Uint8Array.of(0, 49) }]) {
      expect(await ended(openRecord(suite, sealed, theirs, options))).toBe(damaged)
    }
    expect(await ended(openRecord(suites.rfc5054, sealed, theirs, { context: '1' }))).toBe(damaged)
    for (const at of [0, 1, 13, sealed.length - 1]) {
      const other = sealed.map((byte, i) => (i === at ? byte ^ 1 : byte))
      expect(await ended(openRecord(suite, other, theirs, { context: '1' }))).toBe(damaged)
    }
    for (const length of [0, 13, sealed.length - 1]) {
      expect(await ended(openRecord(suite, sealed.subarray(0, length), theirs, { context: '1' }))).toBe(damaged)
    }
    expect(await ended(openRecord(suite, new Uint8Array((1 << 20) + 1), theirs))).toBe(damaged)
  })

  it('change no one else’s password', async () => {
    const { ours, theirs } = session()
    const sealed = await sealRecord(suite, enroll(suite, { username: 'eve', password }), ours)
    expect(await ended(openRecord(suite, sealed, theirs))).toBe('wrong-username: username: that of another user')
  })

  it('go to another suite where both sides name it', async () => {
    const { ours, theirs } = session()
    const moved = enroll(suites.rfc5054, { username, password })
    expect(await openRecord(suites.rfc5054, await sealRecord(suites.rfc5054, moved, ours), theirs)).toEqual(moved)
  })

  it('read what they are given before they wait', async () => {
    const { ours, theirs } = session()
    const record: ServerRecord = { ...changed, verifier: changed.verifier.slice() }
    const sealing = sealRecord(suite, record, ours)
    record.verifier.fill(0)
    const sealed = await sealing
    const opening = openRecord(suite, sealed, theirs)
    sealed.fill(0)
    expect(await opening).toEqual(changed)
  })

  it.each<[string, unknown[], string]>([
    ['a record of no password', [suite, { ...changed, verifier: N }, {}], 'invalid-public-key'],
    ['a record with a text for a verifier', [suite, { ...changed, verifier: 'AAAA' }, {}], 'TypeError'],
    ['a record without a name', [suite, { ...changed, username: undefined }, {}], 'TypeError'],
    ['no record', [suite, null, {}], 'TypeError'],
    ['no session', [suite, changed, null], 'TypeError'],
    ['no session key', [suite, changed, {}], 'TypeError'],
    ['a short session key', [suite, changed, { sessionKey: new Uint8Array(15).fill(1) }], 'RangeError'],
    ['no suite', [{ ...suite }, changed, {}], 'TypeError'],
    ['a context that is a number', [suite, changed, session().ours, { context: 1 }], 'TypeError'],
    ['an invalid random source', [suite, changed, session().ours, { random: 1 }], 'TypeError'],
  ])('sealRecord refuses %s', async (_, args, code) => {
    expect(await ended(sealRecord(...(args as Parameters<typeof sealRecord>)))).toMatch(new RegExp(`^${code}`))
  })

  it.each<[string, unknown[], string]>([
    ['a sealed text', [suite, 'AAAA', session().theirs], 'TypeError: sealed'],
    ['no username', [suite, new Uint8Array(99), { sessionKey: new Uint8Array(32) }], 'TypeError: username'],
    ['a session key as text', [suite, new Uint8Array(99), { username, sessionKey: 'k' }], 'TypeError: sessionKey'],
    ['a salt of half a byte', [suite, new Uint8Array(99), session().theirs, { saltLength: 0.5 }], 'RangeError: saltL'],
    ['no options', [suite, new Uint8Array(99), session().theirs, null], 'TypeError: options'],
  ])('openRecord refuses %s', async (_, args, code) => {
    expect(await ended(openRecord(...(args as Parameters<typeof openRecord>)))).toMatch(new RegExp(`^${code}`))
  })
})
