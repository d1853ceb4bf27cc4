// The sequence of integer operations, and the sizes of their operands in digits, must not depend on a secret.
import { describe, expect, it } from 'vitest'
import { cognitoGroup } from '../../src/cognito/group.js'
import { bigintIntegers } from '../../src/engine/bigint.js'
import { createEngine } from '../../src/engine/group-arithmetic.js'
import type { Integers } from '../../src/engine/integers.js'
import { jsbiIntegers } from '../../src/engine/jsbi.js'
import { fromBig, sha256 } from '../support/reference.js'
import { share } from '../support/share.js'

/** An Integers<T> that writes down each operation with the number of digits of each operand. */
function recording<T>(integers: Integers<T>, digits: (value: T) => number): { integers: Integers<T>; trace: string[] } {
  const trace: string[] = []
  const size = (value: unknown): string => {
    if (typeof value === 'number') return `#${value}`
    if (value instanceof Uint8Array) return `bytes${value.length}`
    return String(digits(value as T))
  }
  const wrapped: Record<string, unknown> = { digitBits: integers.digitBits }
  for (const [name, operation] of Object.entries(integers)) {
    if (typeof operation !== 'function') continue
    const record =
      (label: string, run: (...args: unknown[]) => unknown) =>
      (...operands: unknown[]) => {
        trace.push(`${label}(${operands.map(size).join(',')})`)
        const result = run(...operands)
        // A shifter is an operation that another one makes.
        return typeof result === 'function' ? record(label, result as typeof run) : result
      }
    wrapped[name] = record(name, operation as (...args: unknown[]) => unknown)
  }
  return { integers: wrapped as unknown as Integers<T>, trace }
}

const random = (seed: string, length = 32) =>
  Uint8Array.from({ length }, (_, i) => sha256(Buffer.from(`${seed}${i >> 5}`))[i & 31] ?? 0)
const withFirst = (bytes: Uint8Array, zeros: number) => bytes.map((byte, i) => (i < zeros ? 0 : byte))

const SECRETS: [string, Uint8Array][] = [
  ['random', random('a')],
  ['another random', random('b')],
  ['zero', new Uint8Array(32)],
  ['one', fromBig(1n, 32)],
  ['sparse', fromBig(1n << 255n, 32)],
  ['two bits', fromBig((1n << 200n) + 1n, 32)],
  ['dense', new Uint8Array(32).fill(255)],
  ['alternating', new Uint8Array(32).fill(0xaa)],
  ['short by a byte', withFirst(random('c'), 1)],
  ['short by a word', withFirst(random('d'), 8)],
  ['short by most', withFirst(random('e'), 31)],
]

/** Groups where the size of a residue might straddle a word: the top bit at each place around it. */
const groups = {
  'the 3072-bit group of Cognito': cognitoGroup,
  'a 2048-bit modulus': {
    modulus: random('2048', 256).map((b, i) => (i === 0 ? b | 0x80 : i === 255 ? b | 1 : b)),
    generator: Uint8Array.of(2),
  },
  'a 1023-bit modulus': {
    modulus: random('1023', 128).map((b, i) => (i === 0 ? (b & 0x7f) | 0x40 : i === 127 ? b | 1 : b)),
    generator: Uint8Array.of(5),
  },
  // The quotient's estimate would begin in one digit or the next: 3 bits above a multiple of 64.
  'a 515-bit modulus': {
    modulus: random('515', 65).map((b, i) => (i === 0 ? (b & 3) | 4 : i === 64 ? b | 1 : b)),
    generator: Uint8Array.of(5),
  },
}

const words = (value: bigint) => Math.ceil(value.toString(16).length / 16)

const engines = {
  bigint: () => recording(bigintIntegers, words),
  // A JSBI is an array of its digits, of 30 bits each.
  jsbi: () => recording(jsbiIntegers, (value) => (value as unknown as number[]).length),
}

describe.each(Object.entries(engines))('the work of the %s engine', (engineName, makeRecording) => {
  // JSBI is ten times slower: every other secret will do, and the groups where the code differs.
  const slow = engineName === 'jsbi'
  const secrets = share(
    SECRETS.filter((_, i) => !slow || i % 2 === 0),
    4,
  )
  const cases = share(
    Object.entries(groups).filter(([, { modulus }]) => !slow || modulus.length !== 256),
    3,
    slow ? 2 : 0,
  )
  describe.each(cases)('in %s', (_, group) => {
    const recorded = makeRecording() as ReturnType<typeof recording<unknown>>
    const arithmetic = createEngine(engineName, recorded.integers).group(group)
    const B = arithmetic.power(random('B'))
    const k = random('k')
    const u = random('u')
    const v = arithmetic.power(random('v'))
    arithmetic.power(random('table'))
    const traceOf = (run: () => unknown): string => {
      recorded.trace.length = 0
      run()
      return recorded.trace.join('\n')
    }
    const operations: [string, (secret: Uint8Array) => unknown][] = [
      ['g^secret', (secret) => arithmetic.power(secret)],
      ['the client secret, over a', (a) => arithmetic.clientSecret({ B, k, u, x: random('x'), a })],
      ['the client secret, over x', (x) => arithmetic.clientSecret({ B, k, u, x, a: random('y') })],
      ['B, over b', (b) => arithmetic.serverPublicKey({ k, v, b })],
      ['the server secret, over b', (b) => arithmetic.serverSecret({ A: B, u, v, b })],
    ]
    it.each(operations)('is the same for every secret: %s', (_name, operation) => {
      const expected = traceOf(() => operation(random('first')))
      expect(expected.split('\n').length).toBeGreaterThan(500)
      for (const [name, secret] of secrets) {
        // Compared before it is shown: a diff of two traces of thousands of lines helps no one.
        const trace = traceOf(() => operation(secret))
        expect(trace === expected, `${name}: ${firstDifference(trace, expected)}`).toBe(true)
      }
    })

    it('does not depend on the base either: a malicious B must not show the exponent', () => {
      const expected = traceOf(() => arithmetic.serverSecret({ A: B, u, v, b: random('b') }))
      for (const base of [1n, 2n, 1n << 70n]) {
        const trace = traceOf(() =>
          arithmetic.serverSecret({ A: fromBig(base, group.modulus.length), u, v, b: random('b') }),
        )
        // Reading A itself differs by its size, which is public; from its first multiplication on, all is the same.
        const tail = (text: string) => text.split('\n').slice(-3000).join('\n')
        expect(tail(trace) === tail(expected), firstDifference(trace, expected)).toBe(true)
      }
    })
  })
})

it('would notice a difference: plain square and multiply leaves another trace for each secret', () => {
  const { integers, trace } = recording(bigintIntegers, words)
  const run = (exponent: Uint8Array) => {
    trace.length = 0
    let result = 1n
    for (const byte of exponent) {
      for (let bit = 7; bit >= 0; bit--) {
        result = integers.lowBits(512)(integers.multiply(result, result))
        if ((byte >> bit) & 1) result = integers.lowBits(512)(integers.multiply(result, 3n))
      }
    }
    return trace.join()
  }
  expect(run(random('a'))).not.toBe(run(random('b')))
})

function firstDifference(a: string, b: string): string {
  const [left, right] = [a.split('\n'), b.split('\n')]
  const at = left.findIndex((line, i) => line !== right[i])
  return at < 0
    ? `${left.length} operations instead of ${right.length}`
    : `operation ${at}: ${left[at]} instead of ${right[at]}`
}
