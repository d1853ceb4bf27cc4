import { afterEach, describe, expect, it, vi } from 'vitest'
import { randomBytes } from '../src/random.js'

describe('randomBytes', () => {
  afterEach(() => void vi.unstubAllGlobals())

  it('takes getRandomValues where nothing else is given', () => {
    const [a, b] = [randomBytes(32, {}), randomBytes(32, {})]
    expect(a).toHaveLength(32)
    expect(a).not.toEqual(b)
  })
  it('gives a copy, so that wiping it leaves the source alone', () => {
    const source = Uint8Array.of(1, 2, 3)
    randomBytes(3, { random: () => source }).fill(0)
    expect(source).toEqual(Uint8Array.of(1, 2, 3))
  })
  it('says what to do where there is no source', () => {
    for (const crypto of [undefined, {}, { getRandomValues: 1 }]) {
      vi.stubGlobal('crypto', crypto)
      expect(() => randomBytes(1, {})).toThrow(
        expect.objectContaining({ code: 'no-random', message: expect.stringContaining('option random') }),
      )
    }
  })
  it.each([
    ['too few bytes', () => new Uint8Array(31).fill(1)],
    ['too many bytes', () => new Uint8Array(33).fill(1)],
    ['zeros only', () => new Uint8Array(32)],
    ['an array', () => Array.from({ length: 32 }, () => 1)],
    ['nothing', () => undefined],
  ])('refuses %s', (_, source) => {
    expect(() => randomBytes(32, { random: source as never })).toThrow(expect.objectContaining({ code: 'bad-random' }))
  })
})
