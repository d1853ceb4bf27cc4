// Numbers of a kernel straight from their digits, as extreme as its text allows.
import { instantiate, type Kernel, type WasmModule } from '../../src/engine/wasm/instance.js'
import { type Layout, setLayout } from '../../src/engine/wasm/layout.js'
import { createResidues, type Residues } from '../../src/engine/wasm/residues.js'
import { fromBig } from './reference.js'

export interface Digits {
  readonly kernel: Kernel
  readonly layout: Layout
  readonly residues: Residues
  readonly R: bigint
  /** Write a number digit by digit; the value comes back. */
  put(at: number, digitOf: (i: number) => number): bigint
  get(at: number): { value: bigint; most: number }
  /** The largest digit of a product, as the kernel's text says. */
  readonly mostOfProduct: number
  /** Patterns of digits at their bounds. The top digit is small, as the headroom has it. */
  readonly patterns: readonly (readonly [string, (i: number) => number])[]
}

export function openDigits(module: WasmModule, N: bigint, bits: number): Digits {
  const kernel = instantiate(module)
  const residues = createResidues(kernel, fromBig(N, Math.ceil(bits / 8)))
  const layout = setLayout(kernel, Math.ceil(bits / 8))
  const { width, digits: n, digitSize } = layout
  const view = (at: number) =>
    digitSize === 8 ? new Float64Array(kernel.memory.buffer, at, n) : new Uint32Array(kernel.memory.buffer, at, n)
  const signed = digitSize === 8
  const most = signed ? 2 ** 49 + 2 ** 11 : 2 ** width - 1
  const least = signed ? -most : 0
  const get = (at: number) => {
    const digits = Array.from(view(at))
    return {
      value: digits.reduceRight((sum, digit) => (sum << BigInt(width)) + BigInt(digit), 0n),
      most: digits.reduce((largest, digit) => Math.max(largest, Math.abs(digit)), 0),
    }
  }
  return {
    kernel,
    layout,
    residues,
    R: 1n << BigInt(width * n),
    mostOfProduct: most,
    get,
    put(at, digitOf) {
      const digits = view(at)
      for (let i = 0; i < n; i++) digits[i] = i < n - 1 ? digitOf(i) : 0
      return get(at).value
    },
    patterns: [
      ['the largest', () => most],
      ['the least', () => least],
      ['in turn', (i) => (i % 2 ? most : least)],
      ['in turn by four', (i) => (i & 4 ? most : least)],
      ['a half of each', (i) => (i < n / 2 ? most : least)],
      ['one digit at the bottom', (i) => (i === 0 ? most : 0)],
    ],
  }
}
