import { checkPrimeSync, getDiffieHellman } from 'node:crypto'
import { defineGroup, type Group, groups } from '@srp6a/srp'
import { describe, expect, it } from 'vitest'
import { cognitoGroup } from '../src/cognito/group.js'
import { bigintEngine, bigintIntegers } from '../src/engine/bigint.js'
import { createEngine } from '../src/engine/group-arithmetic.js'
import { outcome } from './support/codes.js'
import { fromBig, toBig } from './support/reference.js'
import { share } from './support/share.js'

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')
const big = (value: bigint) => Buffer.from(fromBig(value, Math.ceil(value.toString(16).length / 2)))
const N1024 = hex(groups.rfc5054_1024.modulus)
/** A safe prime of 512 bits, of which 5 is a primitive root. */
const SAFE_512 =
  'cf561c44ccc34e8f5a43b6862b5ab17a8a22b6da78b4892d547341c22b9e71ea3955e14d882da1c3d98fa29f4edfd2d9197b569d20e659a104808068edcc451b'

const RFC_3526: Readonly<Record<number, string>> = {
  1536: 'modp5',
  2048: 'modp14',
  3072: 'modp15',
  4096: 'modp16',
  6144: 'modp17',
  8192: 'modp18',
}

/** The Jacobi symbol (a/n) by quadratic reciprocity: 1 for the squares modulo a prime, -1 for the others. */
function jacobi(value: bigint, modulus: bigint): number {
  let [a, n, sign] = [value % modulus, modulus, 1]
  while (a > 0n) {
    for (; a % 2n === 0n; a /= 2n) if (n % 8n === 3n || n % 8n === 5n) sign = -sign
    if (a % 4n === 3n && n % 4n === 3n) sign = -sign
    ;[a, n] = [n % a, a]
  }
  return n === 1n ? sign : 0
}

const bitsOf = (name: string): number => Number(name.split('_')[1])
const isRfc5054 = ([name]: readonly [string, Group]): boolean => name.startsWith('rfc5054')

describe('the groups of RFC 5054', () => {
  const those = Object.entries(groups).filter(isRfc5054)
  it.each(those)('%s is a safe prime with a primitive root', (name, group) => {
    const N = toBig(group.modulus)
    const bits = bitsOf(name)
    expect([group.name, N.toString(2).length, group.legacy]).toEqual([`rfc5054-${bits}`, bits, bits < 2048])
    const known = bits < 3072 ? undefined : RFC_3526[bits]
    // Those of 3072 bits and more are in OpenSSL; to test that they are prime takes it a minute.
    if (known) expect(hex(group.modulus)).toBe(getDiffieHellman(known).getPrime('hex'))
    else for (const p of [N, (N - 1n) / 2n]) expect(checkPrimeSync(big(p), { checks: 8 })).toBe(true)
    // Euler: g^((N - 1) / 2) is -1, so the order of g is N - 1.
    expect(jacobi(toBig(group.generator), N)).toBe(-1)
    expect(Object.isFrozen(group)).toBe(true)
  })

  it('are seven', () => {
    expect(those.map(([name]) => bitsOf(name))).toEqual([1024, 1536, 2048, 3072, 4096, 6144, 8192])
  })
})

describe('the groups of RFC 3526', () => {
  const those = Object.entries(groups).filter((entry) => !isRfc5054(entry))
  it.each(those)('%s is the prime that OpenSSL knows, and 2 generates the squares', (name, group) => {
    const N = toBig(group.modulus)
    const bits = bitsOf(name)
    expect([group.name, N.toString(2).length, group.legacy]).toEqual([`rfc3526-${bits}`, bits, bits < 2048])
    expect(hex(group.modulus)).toBe(getDiffieHellman(RFC_3526[bits] ?? '').getPrime('hex'))
    // The others are tested to be prime by OpenSSL; to do it again takes a minute.
    if (bits < 3072) for (const p of [N, (N - 1n) / 2n]) expect(checkPrimeSync(big(p), { checks: 8 })).toBe(true)
    // A square modulo a safe prime that is neither 1 nor 0 has the order (N - 1) / 2, which is prime.
    expect([hex(group.generator), jacobi(2n, N)]).toEqual(['02', 1])
    expect(Object.isFrozen(group)).toBe(true)
  })

  it('are six', () => {
    expect(those.map(([name]) => bitsOf(name))).toEqual([1536, 2048, 3072, 4096, 6144, 8192])
  })
})

it('a group stays as it is, whatever is written into the arrays it hands out', () => {
  const mine = defineGroup({ name: 'mine', modulus: SAFE_512, generator: 5 })
  for (const group of [cognitoGroup, mine, ...share(Object.values(groups), 6)]) {
    const before = [hex(group.modulus), hex(group.generator)]
    const k = bigintEngine.group(group).power(Uint8Array.of(3))
    group.modulus.fill(7)
    group.generator.fill(7)
    expect([hex(group.modulus), hex(group.generator)]).toEqual(before)
    // The arithmetic is kept by the group, and neither it nor one made afterwards sees the writing.
    expect(bigintEngine.group(group)).toBe(bigintEngine.group(group))
    expect(bigintEngine.group(group).power(Uint8Array.of(3))).toEqual(k)
    expect(createEngine('fresh', bigintIntegers).group(group).power(Uint8Array.of(3))).toEqual(k)
  }
})

describe('defineGroup', () => {
  it('takes a safe prime with a primitive root', () => {
    const group = defineGroup({
      name: 'mine',
      modulus: ` ${N1024.toUpperCase().replace(/.{8}/g, '$&\n')}`,
      generator: 2,
    })
    expect(group).toEqual({ ...groups.rfc5054_1024, name: 'mine', legacy: true })
    expect(Object.isFrozen(group)).toBe(true)
    expect(defineGroup({ name: 'small', modulus: SAFE_512, generator: 5 }).legacy).toBe(true)
  })

  const cases: readonly (readonly [string, object, string, RegExp])[] = [
    ['no name', { name: 1 }, 'TypeError', /^name/],
    ['no modulus', { modulus: undefined }, 'TypeError', /^modulus/],
    ['a modulus of 508 bits', { modulus: 'f'.repeat(127) }, 'RangeError', /512 to 8192/],
    ['a modulus of 8196 bits', { modulus: 'f'.repeat(2049) }, 'RangeError', /512 to 8192/],
    ['a modulus that is no hex', { modulus: `${N1024.slice(1)}g` }, 'RangeError', /hex/],
    ['g = 1', { generator: 1 }, 'RangeError', /^generator/],
    ['g = 256', { generator: 256 }, 'RangeError', /^generator/],
    ['half a g', { generator: 2.5 }, 'RangeError', /^generator/],
    ['g = 4, a square', { generator: 4 }, 'RangeError', /primitive root/],
    ['an even modulus', { modulus: `${N1024.slice(0, -1)}2` }, 'RangeError', /^modulus: expected a safe prime$/],
    [
      'a modulus that is 1 modulo 4',
      { modulus: `${N1024.slice(0, -1)}5` },
      'RangeError',
      /^modulus: expected a safe prime$/,
    ],
    ['a composite half', { modulus: `${N1024.slice(0, -1)}7` }, 'RangeError', /2 is composite$/],
    ['a composite half that is 1 modulo 4', { modulus: `${N1024.slice(0, -1)}b` }, 'RangeError', /2 is composite$/],
    // 2q + 1 of a prime q, itself divisible by something.
    [
      'a prime half of a composite',
      {
        modulus:
          'f3559aa9b9142f74a9ffd90920f103325cf531f96704fca6618f332f650b939a0944813dae89e2d6b5cbf239c41a8ecf0d3d209e2397e82bcac81bcd5306cbff',
      },
      'RangeError',
      /N is composite/,
    ],
    [
      'the half by three',
      {
        modulus:
          '94a5328844a7dbcb908fb807dcfacc1507479c7b068edb9da935fc468b575df56fec8713d81e094262e0e22f6f98d0e2f457f133d1fc4287364c8dbb74fcfe47',
      },
      'RangeError',
      /N is composite/,
    ],
  ]
  it.each(cases)('refuses %s', (_, part, name, message) => {
    const define = () => defineGroup({ name: 'mine', modulus: N1024, generator: 2, ...part })
    expect(outcome(define)).toBe(name)
    expect(define).toThrow(message)
  })
})

it('Cognito’s g = 2 is a square of its prime, which defineGroup would refuse as it refuses g = 4', () => {
  expect(hex(cognitoGroup.modulus)).toBe(hex(groups.rfc5054_3072.modulus))
  expect(jacobi(2n, toBig(cognitoGroup.modulus))).toBe(1)
  expect(Object.values(groups)).not.toContain(cognitoGroup)
})
