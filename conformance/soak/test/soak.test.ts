import { bigintEngine, type Engine } from '@srp6a/srp'
import { afterAll, describe, expect, it } from 'vitest'
import { ACCUMULATED, accumulate, contradicted, signaturesOf } from '../accumulated.js'
import { count, noConditions, summarise } from '../conditions.js'
import { chooseEngines, ENGINES, type SoakEngine } from '../engines.js'
import { makeHandshake } from '../handshake.js'
import { plainOracle, pythonOracle } from '../oracle.js'
import { soak } from '../run.js'

const python = pythonOracle()
afterAll(() => python?.end())
const oracles = [plainOracle(), ...(python ? [python] : [])]

describe('the accumulated hash', () => {
  it('of the first 100 handshakes is the one checked in', () => {
    // The thousands are in npm run soak -- --check.
    const marks = [100]
    const engines = ENGINES.map((one) => (one.every === 1 ? one : { ...one, every: one.every * 10 }))
    expect(accumulate(signaturesOf(engines, 100), marks)).toEqual(
      ACCUMULATED.hashes.filter(({ after }) => marks.includes(after)),
    )
    expect(ACCUMULATED.hashes.map(({ after }) => after)).toEqual(expect.arrayContaining(marks))
  })

  it('tells a single other signature', () => {
    const right = accumulate(['a', 'b', 'c'], [2, 3])
    expect(right.map(({ after }) => after)).toEqual([2, 3])
    const [first, second] = accumulate(['a', 'b', 'd'], [2, 3])
    expect(first).toEqual(right[0])
    expect(second?.sha256).not.toBe(right[1]?.sha256)
    expect(contradicted([{ after: 1_000, sha256: '00' }])).toHaveLength(1)
    expect(contradicted([...ACCUMULATED.hashes, { after: 7, sha256: '00' }])).toEqual([])
  })
})

describe('handshakes', () => {
  it('are the same whenever they are made, in any order', () => {
    const first = [0, 1, 30].map((index) => makeHandshake(7, index))
    const again = [30, 1, 0].map((index) => makeHandshake(7, index)).reverse()
    expect(again).toEqual(first)
    expect(makeHandshake(8, 0)).not.toEqual(first[0])
  })
})

it('chooses one engine for every handshake, or each for its share', () => {
  expect(chooseEngines(undefined)).toBe(ENGINES)
  expect(chooseEngines('jsbi')).toMatchObject([{ name: 'jsbi', every: 1 }])
  expect(() => chooseEngines('abacus')).toThrow(RangeError)
  // Without one that runs on all, some would be compared with nothing.
  expect(ENGINES[0]?.every).toBe(1)
})

describe.each(oracles)('compared with $name', (oracle) => {
  const stretch = (engine: SoakEngine, from = 0, to = 12) =>
    soak({ seed: 3, from, to, engines: [engine], oracle, peerEvery: 0 })
  const good: SoakEngine = { name: 'default', engine: bigintEngine, every: 1 }

  it('our client is right, and every handshake was compared', async () => {
    const { compared, mismatches, signatures, conditions } = await stretch(good)
    expect(mismatches).toEqual([])
    expect(compared.default).toBe(12)
    expect(signatures).toHaveLength(12)
    expect(Object.values(conditions.shapes.A?.zeros ?? {}).reduce((a, b) => a + b)).toBe(12)
  })

  const broken = (change: (bytes: Uint8Array) => Uint8Array): SoakEngine => {
    const engine: Engine = {
      name: 'broken',
      group(parameters) {
        const arithmetic = bigintEngine.group(parameters)
        return { ...arithmetic, clientSecret: (values) => change(arithmetic.clientSecret(values)) }
      },
    }
    return { name: 'broken', engine, every: 1 }
  }

  it('a client with a wrong secret is caught each time', async () => {
    const flip = (S: Uint8Array) => S.map((byte, i) => (i === 383 ? byte ^ 1 : byte))
    const { mismatches } = await stretch(broken(flip), 0, 3)
    expect(mismatches.map(({ index, what }) => [index, what])).toEqual([0, 1, 2].map((index) => [index, 'signature']))
  })

  it('a client that throws is caught', async () => {
    const { mismatches } = await stretch(
      broken(() => {
        throw new Error('too hard')
      }),
      0,
      1,
    )
    expect(mismatches[0]?.got).toContain('too hard')
  })
})

it('says what an oracle would not: both say the same of the same handshake', async () => {
  if (python === undefined) return expect(oracles).toHaveLength(1)
  for (const index of [0, 5, 7, 11, 40]) {
    const handshake = makeHandshake(1, index)
    const A = 'a1'.repeat(384)
    expect(await python.ask(handshake, A)).toEqual(await plainOracle().ask(handshake, A))
  }
})

it('counts a shape as what it is', async () => {
  const conditions = noConditions()
  const handshake = makeHandshake(1, 0)
  const answer = await plainOracle().ask(handshake, '02')
  count(conditions, { ...handshake, srpB: `00${'f'.repeat(767)}` }, '02', answer)
  count(conditions, { ...handshake, srpB: `ff${'0'.repeat(766)}` }, '0'.repeat(766), answer)
  expect(summarise(conditions.shapes.A ?? { zeros: {}, topBit: 0, oddHex: 0 })).toMatchObject({
    moreZeros: 2,
    lengths: 1,
  })
  expect(conditions.shapes.B).toEqual({ zeros: { 0: 2 }, topBit: 1, oddHex: 1 })
  expect(conditions.others['SRP_B with zeros in front as sent']).toBe(1)
})
