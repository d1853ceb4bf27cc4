// The arguments of the sealing from both sides of each bound, and what each refusal says.
import { openState, sealState } from '@srp6a/srp'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { complaintOf } from './support/codes.js'

const key = Uint8Array.from({ length: 32 }, (_, i) => 255 - i)
const state = Uint8Array.from({ length: 40 }, (_, i) => i)
const now = new Date('2026-01-01T00:00:00Z')
const damaged = 'invalid-state: The saved state is damaged, of another version, or of another suite'
const says = (work: Promise<unknown>): Promise<string> => work.then(() => 'none', complaintOf)
const seal = (change: { state?: unknown; key?: unknown; now?: unknown; lifetime?: unknown }) => {
  const given = { state, key, now, lifetime: 60, ...change }
  return says(sealState(given.state as never, given.key as never, given as never))
}

/** The keys that are imported from now on, with whether they can be taken out again. */
function importedKeys(): unknown[] {
  const seen: unknown[] = []
  const real = crypto.subtle.importKey.bind(crypto.subtle) as (...args: unknown[]) => Promise<never>
  vi.spyOn(crypto.subtle, 'importKey').mockImplementation((...args: unknown[]) => {
    seen.push(args[3])
    return real(...args)
  })
  return seen
}
afterEach(() => void vi.restoreAllMocks())

describe('sealState', () => {
  it.each<[says: string, change: Parameters<typeof seal>[0]]>([
    ['TypeError: state: expected a Uint8Array', { state: 'x' }],
    ['TypeError: key: expected a Uint8Array', { key: 'k'.repeat(32) }],
    ['RangeError: key: expected 32 bytes', { key: new Uint8Array(31) }],
    ['RangeError: key: expected 32 bytes', { key: new Uint8Array(33) }],
    ['TypeError: now: expected a Date or a function that returns one', { now: 1 }],
    ['RangeError: now: expected a valid Date', { now: new Date('') }],
    ['TypeError: lifetime: expected a number of seconds', { lifetime: '60' }],
    ...[0, -1, Number.NaN, Number.POSITIVE_INFINITY, 1e13].map((lifetime): [string, object] => [
      'RangeError: lifetime: expected a positive number of seconds, from a time no earlier than 1970',
      { lifetime },
    ]),
    [
      'RangeError: lifetime: expected a positive number of seconds, from a time no earlier than 1970',
      { now: new Date(-1001), lifetime: 1 },
    ],
    ['none', { now: new Date(-1000), lifetime: 1 }],
    ['none', { state: new Uint8Array(1 << 20) }],
    ['RangeError: state: expected 0 to 1048576 bytes', { state: new Uint8Array((1 << 20) + 1) }],
  ])('says: %s, case %#', async (expected, change) => expect(await seal(change)).toBe(expected))

  it('imports a key that no one can take out again', async () => {
    const imported = importedKeys()
    await sealState(state, key)
    expect(imported).toEqual([false])
  })
})

it('where there is no WebCrypto, says so', async () => {
  vi.stubGlobal('crypto', { getRandomValues: (array: Uint8Array) => array.fill(1) })
  expect(await seal({})).toBe('no-webcrypto: There is no crypto.subtle here')
  vi.unstubAllGlobals()
})

describe('openState', () => {
  const open = (sealed: unknown, when = now) => says(openState(sealed as never, key, { now: when }))

  it('refuses what cannot be a sealed state by its length and version, before anything is decrypted', async () => {
    expect(await open('x')).toBe('TypeError: sealed: expected a Uint8Array')
    const imported = importedKeys()
    for (const length of [0, 1, 13, 2 ** 21 + 1]) expect(await open(new Uint8Array(length).fill(1))).toBe(damaged)
    expect(await open(new Uint8Array(60).fill(2))).toBe(damaged)
    expect(imported).toEqual([])
    for (const length of [14, 2 ** 21]) expect(await open(new Uint8Array(length).fill(1))).toBe(damaged)
    expect(imported).toHaveLength(2)
  })

  it('gives the state in an array of its own size, until the millisecond it expires in', async () => {
    const sealed = await sealState(state, key, { now, lifetime: 60 })
    const opened = await openState(sealed, key, { now })
    expect([opened, opened.buffer.byteLength]).toEqual([state, state.length])
    expect(await open(sealed, new Date(now.getTime() + 59_999))).toBe('none')
    expect(await open(sealed, new Date(now.getTime() + 60_000))).toBe(
      'expired-state: The sealed handshake has expired: the client must begin again',
    )
  })
})
