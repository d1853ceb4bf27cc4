import { SeededRandom } from 'srp6a-tools/measure/random.mjs'
import { describe, expect, it } from 'vitest'
import { parseOptions, SECTIONS } from '../src/options.js'
import { type Measured, measureRounds, type Task, taskSampler } from '../src/rounds.js'

const options = { rounds: 4, seed: 1, progress: () => undefined }

function measure(tasks: Task[], rounds = options.rounds): Promise<Record<string, Measured>> {
  return measureRounds(
    tasks.map((task) => taskSampler(task, 4)),
    { ...options, rounds },
  )
}

function busy(milliseconds: number): void {
  const end = performance.now() + milliseconds
  while (performance.now() < end);
}

describe('measureRounds', () => {
  it('takes one sample of each task a round, in a shuffled order, and times it', async () => {
    const order: string[] = []
    const task = (name: string, milliseconds: number): Task => ({
      name,
      prepare: () => void order.push(name),
      run: () => busy(milliseconds),
    })
    const measured = await measure([task('a', 2), task('b', 6)])
    expect(measured.a?.rounds).toHaveLength(4)
    expect(measured.b?.count).toBe(1)
    for (const time of measured.a?.rounds ?? []) expect(time).toBeGreaterThanOrEqual(1.9)
    for (const time of measured.b?.rounds ?? []) expect(time).toBeGreaterThanOrEqual(5.9)
    const rounds = order.slice(-8)
    for (let round = 0; round < 4; round++) expect(rounds.slice(2 * round, 2 * round + 2).sort()).toEqual(['a', 'b'])
    expect(new Set([0, 1, 2, 3].map((round) => rounds[2 * round])).size).toBe(2)
  })

  it('calls as often as it prepares for, and waits for promises', async () => {
    let prepared = 0
    let called = 0
    const task: Task = {
      name: 'a',
      prepare: (count) => {
        expect(prepared).toBe(called)
        prepared += count
      },
      run: async () => {
        await new Promise((resolve) => setTimeout(resolve, 5))
        called++
      },
    }
    const measured = await measure([task])
    expect(prepared).toBe(called)
    // A timer of Node may fire up to a millisecond early.
    for (const time of measured.a?.rounds ?? []) expect(time).toBeGreaterThan(3)
  })

  it('refuses a task that is wrong from the start, and counts one that errs later', async () => {
    const wrong: Task = { name: 'w', run: () => 1, check: () => false }
    await expect(measure([wrong])).rejects.toThrow('w gives a wrong result')
    let checks = 0
    const later: Task = { name: 'l', run: () => busy(1), check: () => ++checks !== 3 }
    expect((await measure([later])).l).toMatchObject({ checked: 4, wrong: 1 })
  })

  it('fails with what failed, and does not hang', async () => {
    let calls = 0
    const failing: Task = {
      name: 'f',
      run: () => {
        busy(1)
        if (++calls > 40) throw new Error('no more')
      },
    }
    await expect(measure([failing], 20)).rejects.toThrow('f failed while it was measured')
  })
})

describe('SeededRandom', () => {
  it('repeats itself from the same seed and fills the range', () => {
    const [a, b] = [new SeededRandom(9), new SeededRandom(9)]
    expect([...a.bytes(32)]).toEqual([...b.bytes(32)])
    const counts = new Array<number>(6).fill(0)
    for (let index = 0; index < 6_000; index++) counts[a.below(6)] = (counts[a.below(6)] ?? 0) + 1
    expect(Math.min(...counts)).toBeGreaterThan(700)
    expect(() => a.below(0)).toThrow(RangeError)
  })

  it('shuffles without losing anything', () => {
    const items = Array.from({ length: 50 }, (_, index) => index)
    const shuffled = new SeededRandom(4).shuffle(items)
    expect(shuffled).not.toEqual(items)
    expect([...shuffled].sort((x, y) => x - y)).toEqual(items)
  })
})

describe('parseOptions', () => {
  it('measures everything unless told otherwise', () => {
    expect(parseOptions([])).toMatchObject({ sections: SECTIONS, quick: false, rounds: 21, nodes: [], without: [] })
    expect(parseOptions(['--quick', '--only', 'heap,first', '--node', '26', '--without', 'jsbi'])).toMatchObject({
      sections: ['heap', 'first'],
      quick: true,
      nodes: ['26'],
      without: ['jsbi'],
    })
    expect(parseOptions(['-h'])).toBe('help')
  })

  it.each([
    [['--only', 'heaps'], /no section is called heaps/],
    [['--rounds', '0'], /--rounds: 0/],
    [['--rounds', '3.5'], /--rounds: 3\.5/],
    [['--node', 'latest'], /--node: latest/],
    [['--fast'], /--fast/],
    [['file'], /file/],
  ])('refuses %j', (args, message) => {
    expect(() => parseOptions(args)).toThrow(message)
  })
})
