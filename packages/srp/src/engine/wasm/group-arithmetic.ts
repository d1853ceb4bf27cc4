import type { Bytes } from '../../bytes.js'
import type { GroupArithmetic, GroupParameters } from '../engine.js'
import { multiplyAdd } from '../exponent.js'
import { instantiate, type WasmModule } from './instance.js'
import { createResidues } from './residues.js'

/** Exponents of up to this many bytes share one comb; above the second number there is none. See ../group-arithmetic.ts. */
const SHORT_EXPONENT = 32
const LONGEST_COMB = 64

/** The arithmetic of a group on a kernel, in a memory of its own. */
export function createWasmArithmetic(module: WasmModule, { modulus, generator }: GroupParameters): GroupArithmetic {
  const n = createResidues(instantiate(module), modulus)
  const [x, y, z] = n.slots
  const combs = new Map<number, (out: number, exponent: Bytes) => void>()

  /** `g^exponent` to the slot x. */
  function fixedPower(exponent: Bytes): void {
    const length = Math.max(SHORT_EXPONENT, exponent.length)
    if (length <= LONGEST_COMB) {
      const comb = combs.get(length) ?? n.comb(generator, length)
      combs.set(length, comb)
      comb(x, exponent)
    } else {
      n.load(y, generator)
      n.power(x, y, exponent)
    }
  }

  /** The number that `work` leaves in the slot x, and nothing else left in memory, even if it throws. */
  function finish(work: () => void): Bytes {
    try {
      work()
      return n.toBytes(x)
    } finally {
      n.wipe()
    }
  }

  return {
    power: (exponent) => finish(() => fixedPower(exponent)),

    isZeroVarTime: (value) => finish(() => n.load(x, value)).every((byte) => byte === 0),

    clientSecret: ({ B, k, u, x: passwordHash, a }) =>
      finish(() => {
        fixedPower(passwordHash)
        n.load(y, k)
        n.multiply(x, x, y)
        n.load(y, B)
        n.subtract(y, y, x)
        const exponent = multiplyAdd(a, u, passwordHash)
        try {
          n.power(x, y, exponent)
        } finally {
          exponent.fill(0)
        }
      }),

    serverPublicKey: ({ k, v, b }) =>
      finish(() => {
        fixedPower(b)
        n.load(y, k)
        n.load(z, v)
        n.multiply(y, y, z)
        n.add(x, x, y)
      }),

    serverSecret: ({ A, u, v, b }) =>
      finish(() => {
        n.load(y, v)
        n.power(x, y, u)
        n.load(y, A)
        n.multiply(y, y, x)
        n.power(x, y, b)
      }),
  }
}
