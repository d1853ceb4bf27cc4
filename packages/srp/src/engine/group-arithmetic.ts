import type { Bytes } from '../bytes.js'
import { createComb } from './comb.js'
import type { Engine, GroupArithmetic, GroupParameters } from './engine.js'
import { multiplyAdd } from './exponent.js'
import type { Integers } from './integers.js'
import { createModulus } from './modular.js'

/** Exponents of up to this many bytes share one comb: private keys and SHA-256 digests. */
const SHORT_EXPONENT = 32

/** Above this many bytes a comb costs more memory than it is worth; so long an exponent is rare. */
const LONGEST_COMB = 64

/** An engine over any big integers. */
export function createEngine<T>(name: string, integers: Integers<T>): Engine {
  return cachedEngine(name, (parameters) => createGroupArithmetic(integers, parameters))
}

/** An engine that keeps the arithmetic of each group for as long as someone holds the group. */
export function cachedEngine(name: string, create: (parameters: GroupParameters) => GroupArithmetic): Engine {
  const groups = new WeakMap<GroupParameters, GroupArithmetic>()
  return {
    name,
    group(parameters) {
      const arithmetic = groups.get(parameters) ?? create(parameters)
      groups.set(parameters, arithmetic)
      return arithmetic
    },
  }
}

function createGroupArithmetic<T>(integers: Integers<T>, { modulus, generator }: GroupParameters): GroupArithmetic {
  const n = createModulus(integers, modulus)
  const g = n.residue(generator)
  const combs = new Map<number, (exponent: Bytes) => T>()

  /** `g^exponent`, from a table that is built when it is first needed and kept. */
  function power(exponent: Bytes): T {
    const length = Math.max(SHORT_EXPONENT, exponent.length)
    if (length > LONGEST_COMB) return n.power(g, exponent)
    const comb = combs.get(length) ?? createComb(n, g, length)
    combs.set(length, comb)
    return comb(exponent)
  }

  return {
    power: (exponent) => n.toBytes(power(exponent)),

    isZeroVarTime: (value) => n.toBytes(n.residue(value)).every((byte) => byte === 0),

    clientSecret({ B, k, u, x, a }) {
      const exponent = multiplyAdd(a, u, x)
      const base = n.subtract(n.residue(B), n.multiply(n.residue(k), power(x)))
      const S = n.power(base, exponent)
      exponent.fill(0)
      return n.toBytes(S)
    },

    serverPublicKey: ({ k, v, b }) => n.toBytes(n.add(n.multiply(n.residue(k), n.residue(v)), power(b))),

    serverSecret: ({ A, u, v, b }) => n.toBytes(n.power(n.multiply(n.residue(A), n.power(n.residue(v), u)), b)),
  }
}
