// An engine that counts what it is asked for. It computes nothing: what comes out is as long as N and the same for
// everybody, so that both sides agree, and thousands of handshakes take a moment.
import type { Engine, GroupArithmetic } from '@srp6a/srp'

export interface Counted extends Engine {
  /** Calls that stand for an exponentiation or several, since the last reset. */
  heavy(): number
  reset(): void
}

export function countingEngine(): Counted {
  let heavy = 0
  return {
    name: 'counting',
    heavy: () => heavy,
    reset() {
      heavy = 0
    },
    group({ modulus }): GroupArithmetic {
      const some = (first: number) => {
        heavy++
        const bytes = Uint8Array.from(modulus, (_, i) => (i * 7 + first) & 255)
        bytes[0] = 1
        return bytes
      }
      const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex').replace(/^0+/, '')
      const N = hex(modulus)
      return {
        power: () => some(1),
        isZeroVarTime: (value) => hex(value) === '' || hex(value) === N,
        clientSecret: () => some(2),
        serverPublicKey: () => some(3),
        serverSecret: () => some(2),
      }
    },
  }
}
