import { FlowError, signIn } from 'cognito-srp-flows'
import { chunkedStorage, memoryStorage } from 'cognito-srp-flows/session'
import { describe, expect, it } from 'vitest'
import { clientOf, KEY, kindsOf, rotatingService, SIGN_IN, sessionOf, tabsOfProgram } from './support.js'

function setUp() {
  let clock = Date.parse('2026-11-28T12:00:00Z')
  const now = () => clock
  const service = rotatingService(now)
  return { service, client: clientOf(service.api, now), pass: (seconds: number) => (clock += seconds * 1000) }
}

describe('a record', () => {
  const stored = async () => {
    const { client } = setUp()
    const storage = memoryStorage()
    await sessionOf(client, storage).signIn(SIGN_IN)
    return { client, storage, text: String(storage.get(KEY)) }
  }

  it('is one entry, with the version in it', async () => {
    const { text } = await stored()
    expect(JSON.parse(text)).toMatchObject({ v: 1, userPoolId: 'us-east-1_AbCdEfGhI', clientId: 'client-1' })
  })

  it.each<[string, (text: string) => string, string]>([
    ['cut off', (text) => text.slice(0, 300), 'bad-session'],
    ['empty', () => '', 'bad-session'],
    ['not an object', () => '[]', 'bad-session'],
    ['of another version', (text) => text.replace('"v":1', '"v":2'), 'bad-session'],
    ['without a token', (text) => text.replace('"accessToken"', '"x"'), 'bad-session'],
    [
      'with a token that is no text',
      (text) => text.replace(/"refreshToken":"[^"]*"/, '"refreshToken":1'),
      'bad-session',
    ],
    ['without an end', (text) => text.replace(/"expires":\d+/, '"expires":"soon"'), 'bad-session'],
    ['of another pool', (text) => text.replace('us-east-1_AbCdEfGhI', 'us-east-1_Other'), 'wrong-pool'],
    ['of another client', (text) => text.replace('client-1', 'client-2'), 'wrong-pool'],
  ])('%s is refused with a code, and shows no token', async (_, damage, code) => {
    const { client, storage, text } = await stored()
    storage.set(KEY, damage(text))
    const session = sessionOf(client, storage)
    const error = await session.tokens().catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(FlowError)
    expect(error).toMatchObject({ code })
    const shown = `${error} ${(error as Error).cause} ${(error as Error).stack}`
    expect(shown).not.toMatch(/eyJ|refresh-1/)
    await expect(session.user()).rejects.toMatchObject({ code })
    await session.signIn(SIGN_IN)
    expect((await session.tokens())?.refreshToken).toBe('refresh-2')
    storage.set(KEY, damage(text))
    await sessionOf(client, storage).signOut()
    expect(storage.get(KEY)).toBeUndefined()
  })
})

it('a record that is damaged during a refresh costs no token: the new one is written', async () => {
  const { client, service } = setUp()
  const storage = memoryStorage()
  const session = sessionOf(client, storage)
  await session.signIn(SIGN_IN)
  service.state.before = async () => void storage.set(KEY, 'damaged')
  expect((await session.tokens({ refresh: true }))?.refreshToken).toBe('refresh-2')
  expect(storage.get(KEY)).toContain('refresh-2')
})

describe('a storage that fails', () => {
  const quota = Object.assign(new Error('full'), { name: 'QuotaExceededError' })
  const failing = (names: string) => {
    const storage = memoryStorage()
    const control = { fails: true }
    const of =
      <A extends unknown[], R>(name: string, work: (...args: A) => R) =>
      (...args: A): R => {
        if (control.fails && names.includes(name)) throw quota
        return work(...args)
      }
    return {
      control,
      inner: storage,
      storage: {
        get: of('get', storage.get),
        set: of('set', (key: string, value: string) => storage.set(key, value)),
        remove: of('remove', (key: string) => storage.remove(key)),
      },
    }
  }

  it.each(['set', 'get set', 'get set remove'])('%s: the sign-in stands, and is reported', async (names) => {
    const { client, pass } = setUp()
    const { storage } = failing(names)
    const session = sessionOf(client, storage)
    const { kinds, events } = kindsOf(session)
    expect((await session.signIn(SIGN_IN)).kind).toBe('signed-in')
    expect((await session.tokens())?.refreshToken).toBe('refresh-1')
    pass(3500)
    expect((await session.tokens())?.refreshToken).toBe('refresh-2')
    expect(await session.user()).toMatchObject({ username: 'alice' })
    expect(kinds).toEqual(['not-stored', 'signed-in', 'not-stored', 'refreshed'])
    expect(events[0]).toMatchObject({ error: { code: 'storage', cause: quota } })
  })

  it('holds no token that was replaced', async () => {
    const { client } = setUp()
    const { storage, control, inner } = failing('set')
    control.fails = false
    const session = sessionOf(client, storage)
    await session.signIn(SIGN_IN)
    control.fails = true
    await session.tokens({ refresh: true })
    expect(inner.get(KEY)).toBeUndefined()
    expect((await session.tokens())?.refreshToken).toBe('refresh-2')
    control.fails = false
    await session.tokens({ refresh: true })
    expect(inner.get(KEY)).toContain('refresh-3')
  })

  it('that cannot be read is a FlowError where nothing is known', async () => {
    const { client } = setUp()
    const session = sessionOf(client, failing('get').storage)
    await expect(session.tokens()).rejects.toMatchObject({ code: 'storage', cause: quota })
    await expect(session.user()).rejects.toMatchObject({ code: 'storage' })
  })

  it('that cannot be emptied makes signOut reject, after the service was told', async () => {
    const { client, service } = setUp()
    const session = sessionOf(client, failing('remove').storage)
    await session.signIn(SIGN_IN)
    await expect(session.signOut()).rejects.toMatchObject({ code: 'storage', cause: quota })
    expect(service.calls.at(-1)?.operation).toBe('RevokeToken')
    expect(await session.user()).toBeUndefined()
  })
})

describe('other tabs', () => {
  it('hear of everything, and take it over', async () => {
    const { client, pass, service } = setUp()
    const storage = memoryStorage()
    const tab = tabsOfProgram()
    const [one, two] = [sessionOf(client, storage, { tabs: tab() }), sessionOf(client, storage, { tabs: tab() })]
    const first = kindsOf(one)
    const second = kindsOf(two)
    await two.user()
    await one.signIn(SIGN_IN)
    await expect.poll(() => second.kinds).toEqual(['signed-in*'])
    pass(3500)
    await two.tokens()
    await expect.poll(() => first.kinds).toEqual(['signed-in', 'refreshed*'])
    expect((await one.tokens())?.refreshToken).toBe('refresh-2')
    expect(service.refreshes()).toBe(1)
    await one.signOut()
    await expect.poll(() => second.kinds).toEqual(['signed-in*', 'refreshed', 'signed-out*'])
    expect(first.kinds).toEqual(['signed-in', 'refreshed*', 'signed-out'])
    expect(second.events[0]).toMatchObject({ user: { username: 'alice' } })
  })

  it('hear why a session ended', async () => {
    const { client, service } = setUp()
    const storage = memoryStorage()
    const tab = tabsOfProgram()
    const [one, two] = [sessionOf(client, storage, { tabs: tab() }), sessionOf(client, storage, { tabs: tab() })]
    await one.signIn(SIGN_IN)
    await two.user()
    const { kinds } = kindsOf(two)
    service.result()
    expect(await one.tokens({ refresh: true })).toBeUndefined()
    await expect.poll(() => kinds).toEqual(['expired*'])
  })

  it('are reached by BroadcastChannel where nothing else is given', async () => {
    const { client } = setUp()
    const storage = memoryStorage()
    const [one, two] = [0, 1].map(() => sessionOf(client, storage, { tabs: undefined })) as [never, never] as [
      ReturnType<typeof sessionOf>,
      ReturnType<typeof sessionOf>,
    ]
    await two.user()
    const kinds: string[] = []
    const stop = two.subscribe(({ kind }) => kinds.push(kind))
    await one.signIn(SIGN_IN)
    await expect.poll(() => kinds).toEqual(['signed-in'])
    stop()
    await one.signOut()
    await new Promise((done) => setTimeout(done, 20))
    expect(kinds).toEqual(['signed-in'])
  })
})

describe('chunkedStorage', () => {
  const entries = new Map<string, string>()
  const inner = {
    getItem: async (key: string) => entries.get(key) ?? null,
    setItem: async (key: string, value: string) => {
      if (value.length > 100) throw new Error('too long')
      entries.set(key, value)
    },
    removeItem: async (key: string) => entries.delete(key),
  }
  const storage = chunkedStorage(inner, 100)

  it.each(['', 'short', '~1.x', 'x'.repeat(100), 'y'.repeat(101), 'z'.repeat(12_345)])(
    'gives back %.10s',
    async (value) => {
      await storage.set('k', value)
      expect(await storage.get('k')).toBe(value)
    },
  )

  it('splits no character of two units, which cookies and key chains could not take', async () => {
    const inner = memoryStorage()
    const set = (key: string, value: string) => inner.set(key, decodeURIComponent(encodeURIComponent(value)))
    for (const size of [2, 3, 4, 5]) {
      const storage = chunkedStorage({ ...inner, set }, size)
      const value = `a${'😀'.repeat(9)}bc😀`
      await storage.set('key', value)
      expect(await storage.get('key')).toBe(value)
    }
  })

  it('leaves nothing of older values, nor of removed ones', async () => {
    await storage.set('k', 'a'.repeat(450))
    expect(entries.size).toBe(6)
    await storage.set('k', 'b')
    expect([...entries]).toEqual([['k', 'b']])
    await storage.set('k', 'a'.repeat(450))
    await storage.remove('k')
    expect(entries.size).toBe(0)
    expect(await storage.get('k')).toBeNull()
  })

  it('keeps the old value where the new one does not fit', async () => {
    await storage.set('k', 'a'.repeat(450))
    let left = 3
    const full = chunkedStorage(
      { ...inner, setItem: async (k, v) => (left-- > 0 ? inner.setItem(k, v) : Promise.reject(new Error('full'))) },
      100,
    )
    await expect(full.set('k', 'b'.repeat(450))).rejects.toThrow('full')
    expect(await storage.get('k')).toBe('a'.repeat(450))
    expect(entries.size).toBe(6)
  })

  it.each([0, -1, 1.5, Number.NaN, '5'])('size %s is a RangeError', (size) => {
    expect(() => chunkedStorage(inner, size as number)).toThrow(/^size: expected a positive integer/)
  })
})

describe("three functions over entries of one's own", () => {
  it('keep what the program needs beside the record, not in it, for several users of one app client', async () => {
    const entries = new Map<string, { user: string; endpoint: string; record: string }>()
    const { client } = setUp()
    const open = (user: string) =>
      sessionOf(client, {
        get: (key) => entries.get(`${key}/${user}`)?.record,
        set: (key, record) => entries.set(`${key}/${user}`, { user, endpoint: 'http://127.0.0.1:9229', record }),
        remove: (key) => entries.delete(`${key}/${user}`),
      })
    const step = await signIn(client, SIGN_IN)
    await open('alice').follow(step)
    await open('work').follow(await signIn(client, SIGN_IN))
    const listed = [...entries.values()].map(({ user, endpoint }) => [user, endpoint])
    expect(listed).toEqual([
      ['alice', 'http://127.0.0.1:9229'],
      ['work', 'http://127.0.0.1:9229'],
    ])
    expect((await open('work').tokens())?.refreshToken).toBe('refresh-2')
    expect(await open('alice').user()).toMatchObject({ username: 'alice' })
    await open('alice').signOut()
    expect([...entries.values()].map(({ user }) => user)).toEqual(['work'])
    expect([...entries.values()].every(({ record }) => !record.includes('endpoint'))).toBe(true)
  })
})
