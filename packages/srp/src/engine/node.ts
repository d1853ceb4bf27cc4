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
 * A Diffie-Hellman object takes any generator, for it plays no part in computeSecret. With 2, some OpenSSL builds know the
 * standard primes by name, and then either take every base (Node 20) or none that is no square (Node 22). Where they
 * refuse one, or know no names, the generator 5 has OpenSSL check the primes itself, which takes a second or more, once.
 */
function openGroup(modulus: Bytes): DiffieHellman {
  const named = createDiffieHellman(modulus, 2)
  // N is 3 modulo 4: exactly one of 2 and N - 2 is no square.
  const probes = [Uint8Array.of(2), modulus.map((byte, i) => (i === modulus.length - 1 ? byte - 2 : byte))]
  try {
    named.setPrivateKey(Uint8Array.of(3))
    for (const probe of probes) named.computeSecret(probe)
    return named
  } catch {
    return createDiffieHellman(modulus, 5)
  }
}

function createGroupArithmetic({ modulus, generator }: GroupParameters): GroupArithmetic {
  const n = createModulus(bigintIntegers, modulus)
  const dh = openGroup(modulus)

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

/**
 * OpenSSL through `node:crypto`: for servers on Node and Bun that sign many people in.
 *
 * The first use of a group blocks for as long as OpenSSL needs to check its prime: under a millisecond on Node 20 for
 * Cognito's, a second or more from Node 22 on. Make that first use when the program starts, or take the default engine.
 */
export const nodeEngine: Engine = /* @__PURE__ */ cachedEngine('node', createGroupArithmetic)
