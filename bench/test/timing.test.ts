import { SeededRandom } from 'srp6a-tools/measure/random.mjs'
import { describe, expect, it } from 'vitest'
import { lower } from '../src/hermes.js'
import { CROPPINGS, compare } from '../timing/analyse.js'
import { CLASSES } from '../timing/classes.js'
import { collect } from '../timing/collect.js'
import { timingFigures } from '../timing/figures.js'
import { judge, report } from '../timing/report.js'
import { controls, targets } from '../timing/targets.js'
import type { TargetResult } from '../timing/worker.js'

const quiet = () => undefined

function ones(bytes: Uint8Array): number {
  return bytes.reduce((sum, byte) => sum + byte.toString(2).replaceAll('0', '').length, 0)
}

describe('classes of secrets', () => {
  it('have the length asked for and the bits their names promise', () => {
    const random = new SeededRandom(2)
    for (let index = 0; index < 200; index++) {
      expect(ones(CLASSES.sparse(random, 32))).toBeLessThanOrEqual(3)
      expect(ones(CLASSES.dense(random, 32))).toBeGreaterThanOrEqual(253)
      expect(ones(CLASSES.alternating(random, 32))).toBe(128)
      expect([...CLASSES.short(random, 32).subarray(0, 8)]).toEqual(new Array(8).fill(0))
      expect(CLASSES.random(random, 32)[0]).toBeGreaterThanOrEqual(0x80)
    }
    for (const make of Object.values(CLASSES)) expect(make(random, 48)).toHaveLength(48)
  })
})

describe('compare', () => {
  const random = new SeededRandom(8)
  const noisy = (mean: number) =>
    Float64Array.from({ length: 4_000 }, () => {
      // A spike now and then, as a machine with other work has them.
      const spike = random.below(50) === 0 ? 100_000 : 0
      return mean + random.below(1_000) + spike
    })

  it('finds under the spikes what the whole sample hides', () => {
    const { t, all, cropping } = compare(noisy(10_060), noisy(10_000))
    expect(Math.abs(all.find((one) => one.cropping === 1)?.t ?? 9)).toBeLessThan(4.5)
    expect(t).toBeGreaterThan(4.5)
    expect(cropping).toBeLessThan(1)
    expect(all).toHaveLength(CROPPINGS.length)
  })

  it('finds nothing between equals, and says what it would have found', () => {
    const { t, detectableNs, detectableShare } = compare(noisy(10_000), noisy(10_000))
    expect(Math.abs(t)).toBeLessThan(4.5)
    expect(detectableNs).toBeGreaterThan(1)
    expect(detectableNs).toBeLessThan(60)
    expect(detectableShare).toBeCloseTo(detectableNs / 10_500, 3)
  })

  it('reports a leak that parts the classes, where the fastest half is of one class alone', () => {
    const slow = Float64Array.from({ length: 200 }, (_, i) => 2000 + (i % 7))
    const fast = Float64Array.from({ length: 200 }, (_, i) => 1000 + (i % 7))
    expect(compare(slow, fast).t).toBeGreaterThan(100)
  })
})

describe('collect', () => {
  it('gives each class its samples, interleaved', () => {
    const order: number[] = []
    const target = {
      name: 'x',
      secretLength: 4,
      classes: ['sparse', 'dense'] as const,
      run: (secret: Uint8Array) => void order.push(ones(secret) > 16 ? 1 : 0),
    }
    const times = collect(target, 95, 1, quiet)
    expect(times.get('sparse')).toHaveLength(95)
    expect(times.get('dense')?.every((time) => time > 0)).toBe(true)
    const measured = order.slice(-190)
    expect(measured.reduce((a, b) => a + b)).toBe(95)
    const switches = measured.filter((value, index) => index > 0 && value !== measured[index - 1]).length
    expect(switches).toBeGreaterThan(60)
  })

  it('catches a leak while the machine drifts, and blames no one for the drift', () => {
    let calls = 0
    const wait = (microseconds: number): number => {
      const end = performance.now() + microseconds / 1_000
      while (performance.now() < end);
      return calls++
    }
    const run = (extra: number) => (secret: Uint8Array) => wait(40 + calls / 4 + (ones(secret) > 16 ? extra : 0))
    const target = { name: 'x', secretLength: 4, classes: ['sparse', 'dense'] as const }
    const leaking = collect({ ...target, run: run(20) }, 400, 1, quiet)
    calls = 0
    const even = collect({ ...target, run: run(0) }, 400, 1, quiet)
    const t = (times: Map<string, Float64Array>) =>
      compare(times.get('dense') ?? new Float64Array(), times.get('sparse') ?? new Float64Array()).t
    expect(t(leaking)).toBeGreaterThan(10)
    expect(Math.abs(t(even))).toBeLessThan(4.5)
  })
})

describe('targets', () => {
  it('compute something that depends on the secret, at both sizes', () => {
    const all = targets(1)
    for (const bits of ['2048', '3072']) expect(all.some(({ name }) => name.includes(bits))).toBe(true)
    // Made again from one seed, a target begins with the same base: what differs then comes of the secret alone.
    const fresh = () => [...targets(1), ...controls(1, 10)]
    const [first, same, other] = [fresh(), fresh(), fresh()]
    for (const [i, { name, run, secretLength }] of first.entries()) {
      const secret = new SeededRandom(1).bytes(secretLength)
      const result = run(secret.slice())
      expect(other[i]?.run(new SeededRandom(2).bytes(secretLength)), name).not.toEqual(result)
      // A whole sign-in carries the time of day.
      if (!name.includes('sign-in')) expect(same[i]?.run(secret.slice()), name).toEqual(result)
    }
  })
})

describe('judge', () => {
  const pair = (t: number) => ({
    first: 'sparse',
    second: 'random',
    t,
    cropping: 1,
    all: [],
    detectableNs: 9,
    detectableShare: 0.001,
  })
  const target = (t: number): TargetResult => ({ name: 'x', samples: 9, medianNs: 1e6, noise: 0.1, pairs: [pair(t)] })
  const control = (t: number): TargetResult => ({ ...target(t), name: 'control', mustReach: 100 })

  it('passes when the control was caught and nothing else stands out', () => {
    expect(judge([control(-173), target(4.4)])).toEqual({ missed: [], leaks: [] })
    expect(report([control(-173), target(4.4)])).toContain('a difference of 0.100 % of the time would have been seen')
  })

  it('fails on a leak of either sign and on one that is no number', () => {
    for (const t of [4.5, -9, Number.NaN]) expect(judge([control(200), target(t)]).leaks).toHaveLength(1)
  })

  it('fails without a control, or with one that was not caught', () => {
    expect(judge([target(1)]).missed).toEqual(['no control was run'])
    expect(judge([control(99), target(1)]).missed[0]).toContain('99.0')
    expect(judge([control(Number.NaN), target(1)]).missed).toHaveLength(1)
  })
})

describe('lower', () => {
  it('leaves no syntax that Hermes 0.12 has not', () => {
    const out = lower('class A { x = 1n << 3n }; const f = async () => new A().x; let { y = 2 } = {}; [...[y]]')
    expect(out).not.toMatch(/\bclass A\b|=>|\blet\b|\basync\b|\.\.\./)
    expect(out).toContain('1n << 3n')
  })

  it('stops at a power of BigInts, which it would turn into Math.pow', () => {
    expect(() => lower('const a = b ** 2n')).toThrow('**')
    expect(() => lower('const a = 2n ** b')).toThrow('**')
    expect(lower('const a = 2 ** 3')).toContain('Math.pow')
  })
})

describe('timingFigures', () => {
  it('quotes the worst of what is measured, and the controls apart', () => {
    const pair = (t: number, detectableShare: number) => ({ first: 'a', second: 'b', t, detectableShare })
    const results = [
      { name: 'c', mustReach: 100, pairs: [pair(-205.4, 0.9)] },
      { name: 'd', mustReach: 4.5, pairs: [pair(19.44, 0.9)] },
      { name: 'e', mustReach: 4.5, pairs: [pair(7, 0.9)] },
      { name: 'x', pairs: [pair(-3.71, 0.005), pair(1, 0.00896)] },
    ] as unknown as TargetResult[]
    expect(
      Object.fromEntries(
        timingFigures({
          core: { commit: 'c'.repeat(40), sources: '5'.repeat(64) },
          date: '2026-11-21T01:00:00Z',
          samples: 10_000,
          runtime: { node: '24.0.0' },
          results,
        }),
      ),
    ).toEqual({
      'timing.date': '2026-11-21',
      'timing.commit': 'cccccccccccc',
      'timing.runtime': 'Node 24.0.0',
      'timing.samples': '10,000',
      'timing.pairs': '2',
      'timing.largest': '3.7',
      'timing.controls': '205, 19.4 and 7',
      'timing.power': '0.896 %',
    })
  })
})
