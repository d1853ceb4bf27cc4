// Every engine must give the same bytes, and those of the textbook.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cognitoGroup } from '../../src/cognito/group.js'
import { autoEngine } from '../../src/engine/auto.js'
import { bigintEngine } from '../../src/engine/bigint.js'
import type { Engine } from '../../src/engine/engine.js'
import { jsbiEngine } from '../../src/engine/jsbi.js'
import { nodeEngine } from '../../src/engine/node.js'
import { wasmEngine } from '../../src/engine/wasm.js'
import { fromBig, power, toBig } from '../support/reference.js'
import { runs } from '../support/share.js'

// A safe prime of 512 bits (found by trial, checked by the tests of groups), so that many cases stay cheap.
const smallPrime = (() => {
  const isPrime = (n: bigint) => [2n, 3n, 5n, 7n, 11n, 13n].every((base) => power(base, n - 1n, n) === 1n)
  let candidate = (1n << 512n) - 1n
  while (!(candidate % 3n === 2n && isPrime(candidate) && isPrime((candidate - 1n) / 2n))) candidate -= 4n
  return candidate
})()

const groups = [
  ['a 512-bit group', { modulus: fromBig(smallPrime, 64), generator: Uint8Array.of(5) }, runs(40, 5)],
  ['the group of Cognito', cognitoGroup, runs(4, 1)],
] as const

const engines: [string, Engine][] = [
  ['bigint', bigintEngine],
  ['jsbi', jsbiEngine],
  ['node', nodeEngine],
  ['wasm', wasmEngine],
  ['auto', autoEngine],
]

describe.each(engines)('%s', (name, engine) => {
  it('has its name', () => expect(engine.name).toBe(name))

  it.each(groups)('computes the four expressions in %s', (_, group, numRuns) => {
    const arithmetic = engine.group(group)
    expect(engine.group(group)).toBe(arithmetic)
    const n = toBig(group.modulus)
    const g = toBig(group.generator)
    const length = group.modulus.length
    const value = fc
      .uint8Array({ minLength: length, maxLength: length })
      .map((bytes) => fromBig(toBig(bytes) % n, length))
    const edge = fc.constantFrom(...[1n, 2n, n - 1n, n - 2n].map((edgeValue) => fromBig(edgeValue, length)))
    const element = fc.oneof({ weight: 4, arbitrary: value }, edge)
    const secret = fc.uint8Array({ minLength: 1, maxLength: 33 }).filter((bytes) => bytes.some((byte) => byte > 0))
    fc.assert(
      fc.property(element, element, secret, secret, secret, secret, (A, v, k, u, x, a) => {
        const B = A
        const b = a
        const [nA, nV, nK, nU, nX, nPrivate] = [A, v, k, u, x, a].map(toBig) as [
          bigint,
          bigint,
          bigint,
          bigint,
          bigint,
          bigint,
        ]
        const mod = (t: bigint) => ((t % n) + n) % n
        expect(toBig(arithmetic.power(a))).toBe(power(g, nPrivate, n))
        expect(toBig(arithmetic.clientSecret({ B, k, u, x, a }))).toBe(
          power(mod(nA - nK * power(g, nX, n)), nPrivate + nU * nX, n),
        )
        expect(toBig(arithmetic.serverPublicKey({ k, v, b }))).toBe(mod(nK * nV + power(g, nPrivate, n)))
        expect(toBig(arithmetic.serverSecret({ A, u, v, b }))).toBe(power(mod(nA * power(nV, nU, n)), nPrivate, n))
        for (const bytes of [A, v]) expect(arithmetic.power(bytes.subarray(0, 9))).toHaveLength(length)
      }),
      { numRuns },
    )
  })

  it.each(groups)('knows what is 0 modulo N in %s', (_, group) => {
    const arithmetic = engine.group(group)
    const n = toBig(group.modulus)
    for (const zero of [0n, n]) expect(arithmetic.isZeroVarTime(fromBig(zero, group.modulus.length))).toBe(true)
    for (const other of [1n, n - 1n]) expect(arithmetic.isZeroVarTime(fromBig(other, group.modulus.length))).toBe(false)
    expect(arithmetic.isZeroVarTime(new Uint8Array())).toBe(true)
  })

  it('takes exponents of up to the length of N', () => {
    const arithmetic = engine.group(groups[0][1])
    const exponent = new Uint8Array(64).fill(0xd7)
    expect(toBig(arithmetic.power(exponent))).toBe(power(5n, toBig(exponent), smallPrime))
    const long = new Uint8Array(65).fill(0xd7)
    expect(toBig(arithmetic.power(long))).toBe(power(5n, toBig(long), smallPrime))
  })
})
