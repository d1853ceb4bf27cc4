// Secrets in a kernel's memory are overwritten after an operation that throws, too.
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { GroupArithmetic } from '../../../src/engine/engine.js'
import { createWasmArithmetic } from '../../../src/engine/wasm/group-arithmetic.js'
import type { Kernel } from '../../../src/engine/wasm/instance.js'
import { kernels } from '../../support/kernels.js'

type Instantiate = new (module: object) => { readonly exports: Kernel }
const { WebAssembly } = globalThis as unknown as { WebAssembly: { Instance: Instantiate } }

const group = { modulus: new Uint8Array(128).fill(0xff), generator: Uint8Array.of(2) }
const number = (seed: number, length = 32): Uint8Array =>
  new Uint8Array(length).map((_, i) => (i * 57 + 1) * seed + seed)
const operations: [string, (arithmetic: GroupArithmetic, seed: number) => unknown][] = [
  ['a power of the generator', (arithmetic, seed) => arithmetic.power(number(seed))],
  ['a power by an exponent too long for a comb', (arithmetic, seed) => arithmetic.power(number(seed, 70))],
  ['a look for zero', (arithmetic, seed) => arithmetic.isZeroVarTime(number(seed, 128))],
  [
    'the secret of a client',
    (arithmetic, seed) =>
      arithmetic.clientSecret({ B: number(3, 128), k: number(5), u: number(7), x: number(seed), a: number(seed + 2) }),
  ],
  [
    'the public key of a server',
    (arithmetic, seed) => arithmetic.serverPublicKey({ k: number(5), v: number(seed, 128), b: number(seed + 2) }),
  ],
  [
    'the secret of a server',
    (arithmetic, seed) =>
      arithmetic.serverSecret({ A: number(3, 128), u: number(7), v: number(seed, 128), b: number(seed + 2) }),
  ],
]

/** Arithmetic on a kernel whose functions can be made to throw: `failAt` is the number of the call that does. */
function openArithmetic(module: object) {
  let left = Number.POSITIVE_INFINITY
  let calls = 0
  let memory: Kernel['memory'] | undefined
  let atFailure = ''
  const look = (): string => Buffer.from(memory?.buffer ?? new ArrayBuffer()).toString('latin1')
  vi.stubGlobal('WebAssembly', {
    ...WebAssembly,
    Instance: function Instance(given: object) {
      const { exports } = new WebAssembly.Instance(given)
      memory = exports.memory
      const watched = Object.entries(exports).map(([name, value]) => {
        if (typeof value !== 'function') return [name, value]
        const call = (...given: number[]): unknown => {
          calls++
          if (left-- === 0) {
            atFailure = look()
            throw new RangeError('made to fail')
          }
          return value(...given)
        }
        return [name, call]
      })
      return { exports: Object.fromEntries(watched) }
    },
  })
  return {
    arithmetic: createWasmArithmetic(module, group),
    look,
    atFailure: () => atFailure,
    failAfter(count: number) {
      left = count
    },
    countCalls(work: () => void): number {
      const before = calls
      work()
      return calls - before
    },
  }
}

afterEach(() => void vi.unstubAllGlobals())

describe.each(kernels)('%s overwrites its memory', (_name, module) => {
  it.each(operations)('after %s that throws, at whatever call', (_operation, operate) => {
    const opened = openArithmetic(module)
    const { arithmetic, look, atFailure, failAfter, countCalls } = opened
    // Tables and constants are there from the first time on.
    operate(arithmetic, 11)
    const clean = look()
    const calls = countCalls(() => operate(arithmetic, 13))
    expect(look() === clean).toBe(true)
    for (const at of [1, Math.floor(calls / 2), calls - 2, calls - 1]) {
      failAfter(at)
      expect(() => operate(arithmetic, 13)).toThrow('made to fail')
      failAfter(Number.POSITIVE_INFINITY)
      expect(atFailure() === clean).toBe(false)
      expect(look() === clean).toBe(true)
    }
  })
})
