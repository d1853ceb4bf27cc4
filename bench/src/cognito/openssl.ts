// The limit: the three exponentiations of one sign-in by OpenSSL's own modular power (through node:crypto's
// Diffie-Hellman), and the hashes by node:crypto. 256-, 256- and 512-bit exponents, the modulus Cognito's.
import { createDiffieHellman, createHash, createHmac, hkdfSync, randomBytes } from 'node:crypto'
import { k, N, signedBytes } from 'srp6a-vectors/generate/reference.js'
import type { Challenge } from './challenge.js'
import type { Claim, Contender, Started } from './contender.js'

// Generator 5 instead of 2: with 2 some builds recognise RFC 3526's group and refuse a base that is not a quadratic
// residue. The generator plays no part in computeSecret.
const group = createDiffieHellman(N.toString(16), 'hex', 5)
const TWO = Buffer.of(2)

function power(base: Buffer, exponent: Buffer): Buffer {
  group.setPrivateKey(exponent)
  return group.computeSecret(base)
}

function big(bytes: Uint8Array): bigint {
  return BigInt(`0x${Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex')}`)
}

function bytesOf(value: bigint): Buffer {
  const hex = value.toString(16)
  return Buffer.from(hex.length % 2 === 1 ? `0${hex}` : hex, 'hex')
}

function sha256(...parts: Uint8Array[]): Buffer {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest()
}

export const contender: Contender = {
  start(challenge: Challenge): Started {
    const a = randomBytes(32)
    const A = power(TWO, a)
    const srpA = A.toString('hex')
    return {
      srpA,
      answer(): Claim {
        const B = BigInt(`0x${challenge.srpB}`)
        const u = big(sha256(signedBytes(big(A)), signedBytes(B)))
        const inner = sha256(Buffer.from(`${challenge.poolName}${challenge.userId}:${challenge.password}`, 'utf8'))
        const x = sha256(signedBytes(BigInt(`0x${challenge.salt}`)), inner)
        const base = (B - k * big(power(TWO, x))) % N
        const S = power(bytesOf(base < 0n ? base + N : base), bytesOf(big(a) + u * big(x)))
        const key = Buffer.from(hkdfSync('sha256', signedBytes(big(S)), signedBytes(u), 'Caldera Derived Key', 16))
        const timestamp = 'Thu Jan 1 00:05:09 UTC 2026'
        const signature = createHmac('sha256', key)
          .update(`${challenge.poolName}${challenge.userId}`, 'utf8')
          .update(Buffer.from(challenge.secretBlock, 'base64'))
          .update(timestamp, 'utf8')
          .digest('base64')
        return { srpA, signature, timestamp }
      },
    }
  },
}
