import { openState, resumeServer, SrpError, sealState, startServer } from '@srp6a/srp'
import { describe, expect, it } from 'vitest'
import { record, suite } from './support/tiny.js'

const key = Uint8Array.from({ length: 32 }, (_, i) => 255 - i)
const state = Uint8Array.from({ length: 40 }, (_, i) => i)
const now = new Date('2026-01-01T00:00:00Z')

async function code(work: Promise<unknown>): Promise<string> {
  try {
    await work
    return 'none'
  } catch (error) {
    return error instanceof SrpError ? error.code : error instanceof Error ? error.name : 'no Error'
  }
}

describe('sealState and openState', () => {
  it('give back a handshake that goes on', async () => {
    const server = startServer(suite, record)
    const opened = await openState(await sealState(server.save(), key), key)
    expect(opened).toEqual(server.save())
    expect(resumeServer(suite, opened).serverPublicKey).toEqual(server.serverPublicKey)
  })

  it('show nothing of the state, and are never the same twice', async () => {
    const [one, two] = [await sealState(state, key, { now }), await sealState(state, key, { now })]
    expect(one).not.toEqual(two)
    expect(Buffer.from(one).includes(Buffer.from(state.subarray(0, 8)))).toBe(false)
    expect(one.length).toBe(1 + 12 + 8 + state.length + 16)
  })

  it('a change of any bit of any byte is noticed', async () => {
    const sealed = await sealState(state, key, { now })
    for (let at = 0; at < sealed.length; at++) {
      const changed = sealed.map((byte, i) => (i === at ? byte ^ (1 << (at % 8)) : byte))
      expect(await code(openState(changed, key, { now })), `byte ${at}`).toBe('invalid-state')
    }
    for (let length = 0; length < sealed.length; length++) {
      expect(await code(openState(sealed.subarray(0, length), key, { now }))).toBe('invalid-state')
    }
    expect(await code(openState(Uint8Array.from([...sealed, 0]), key, { now }))).toBe('invalid-state')
  })

  it('another key opens nothing', async () => {
    const sealed = await sealState(state, key, { now })
    expect(
      await code(
        openState(
          sealed,
          key.map((byte) => byte ^ 1),
          { now },
        ),
      ),
    ).toBe('invalid-state')
  })

  it('what has expired is not opened', async () => {
    const after = (seconds: number) => ({ now: new Date(now.getTime() + 1000 * seconds) })
    const sealed = await sealState(state, key, { now })
    expect(await code(openState(sealed, key, after(59.999)))).toBe('none')
    expect(await code(openState(sealed, key, after(60)))).toBe('expired-state')
    const short = await sealState(state, key, { now, lifetime: 0.5 })
    expect(await code(openState(short, key, after(0.4)))).toBe('none')
    expect(await code(openState(short, key, after(0.5)))).toBe('expired-state')
  })

  it.each([
    ['a short key', () => sealState(state, key.subarray(1)), 'RangeError'],
    ['a key as text', () => sealState(state, 'k'.repeat(32) as never), 'TypeError'],
    ['no state', () => sealState(undefined as never, key), 'TypeError'],
    ['a lifetime of 0', () => sealState(state, key, { lifetime: 0 }), 'RangeError'],
    ['no lifetime', () => sealState(state, key, { lifetime: Number.NaN }), 'RangeError'],
    ['a lifetime without end', () => sealState(state, key, { lifetime: Number.POSITIVE_INFINITY }), 'RangeError'],
    ['an invalid time', () => sealState(state, key, { now: new Date(Number.NaN) }), 'RangeError'],
    ['a time before 1970', () => sealState(state, key, { now: new Date(-1e9) }), 'RangeError'],
    ['a number for a time', () => sealState(state, key, { now: 5 as never }), 'TypeError'],
    ['no random bytes', () => sealState(state, key, { random: () => new Uint8Array(12) }), 'bad-random'],
    ['nothing to open', () => openState(undefined as never, key), 'TypeError'],
    ['an invalid time, to open', () => openState(state, key, { now: new Date(Number.NaN) }), 'RangeError'],
    ['a short key to open', () => openState(Uint8Array.from([1, ...state]), key.subarray(2)), 'RangeError'],
  ])('refuses %s', async (_, work, expected) => {
    expect(await code(work())).toBe(expected)
  })

  it('says so where there is no WebCrypto', async () => {
    const kept = Object.getOwnPropertyDescriptor(globalThis, 'crypto')
    Object.defineProperty(globalThis, 'crypto', { value: undefined, configurable: true })
    try {
      const random = (length: number) => new Uint8Array(length).fill(7)
      expect(await code(sealState(state, key, { random }))).toBe('no-webcrypto')
      expect(await code(sealState(state, key))).toBe('no-random')
    } finally {
      if (kept) Object.defineProperty(globalThis, 'crypto', kept)
    }
  })
})
