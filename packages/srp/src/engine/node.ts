// OpenSSL's modular exponentiation, which node:crypto shows as the computeSecret of Diffie-Hellman. What is left,
// a multiplication and an addition or two, is done here on BigInt.
import { createDiffieHellman, type DiffieHellman } from 'node:crypto'
import type { Bytes } from '../bytes.js'
import { bigintIntegers } from './bigint.js'
import type { Engine, GroupArithmetic, GroupParameters } from './engine.js'
import { multiplyAdd } from './exponent.js'
import { cachedEngine } from './group-arithmetic.js'
import { createModulus } from './modular.js'

/**
 * Plays no part in computeSecret. With g = 2 some builds recognise the named group and refuse every base that is not
 * a square; they recognise no group with 5.
 */
const ANY_GENERATOR = 5

function createGroupArithmetic({ modulus, generator }: GroupParameters): GroupArithmetic {
  const n = createModulus(bigintIntegers, modulus)
  const dh: DiffieHellman = createDiffieHellman(modulus, ANY_GENERATOR)

  /** OpenSSL refuses 0, 1 and N − 1 as bases and 0 as an exponent, all of which have obvious powers. */
  function power(base: Bytes, exponent: Bytes): Bytes {
    try {
      dh.setPrivateKey(exponent)
      return Uint8Array.from(dh.computeSecret(base))
    } catch {
      return n.toBytes(n.power(n.residue(base), exponent))
    }
  }
  const reduced = (value: Bytes): Bytes => n.toBytes(n.residue(value))

  return {
    power: (exponent) => power(generator, exponent),
    isZeroVarTime: (value) => reduced(value).every((byte) => byte === 0),
    clientSecret({ B, k, u, x, a }) {
      const exponent = multiplyAdd(a, u, x)
      const base = n.subtract(n.residue(B), n.multiply(n.residue(k), n.residue(power(generator, x))))
      const S = power(n.toBytes(base), exponent)
      exponent.fill(0)
      return S
    },
    serverPublicKey: ({ k, v, b }) =>
      n.toBytes(n.add(n.multiply(n.residue(k), n.residue(v)), n.residue(power(generator, b)))),
    serverSecret: ({ A, u, v, b }) => power(n.toBytes(n.multiply(n.residue(A), n.residue(power(reduced(v), u)))), b),
  }
}

/** OpenSSL through `node:crypto`: for servers on Node and Bun. */
export const nodeEngine: Engine = /* @__PURE__ */ cachedEngine('node', createGroupArithmetic)
