// An engine that tells what it works out, and how long that took. It keeps no secret longer than its own call.
import { bigintEngine, type Engine, type GroupArithmetic } from '@srp6a/srp'
import type { Entry } from './entry.js'
import { fingerprint } from './fingerprint.js'

type Here = Extract<Entry, { kind: 'here' }>

/** The purpose of the arithmetic, as far as the conversation tells. */
export type Purpose = 'user' | 'device' | 'new-device'

const STEPS = {
  user: 'Draws a secret and hides it in A',
  device: 'Begins again, for the device: a new secret',
  'new-device': 'Makes a password for this device, and its verifier',
} as const

/**
 * @param purpose - asked whenever the engine is used
 * @param tell - called after each expression
 */
export function observedEngine(purpose: () => Purpose, tell: (entry: Here) => void): Engine {
  return {
    name: `${bigintEngine.name}, observed`,
    group(parameters): GroupArithmetic {
      const arithmetic = bigintEngine.group(parameters)
      return {
        ...arithmetic,
        power(exponent) {
          const began = performance.now()
          const result = arithmetic.power(exponent)
          const milliseconds = performance.now() - began
          const newDevice = purpose() === 'new-device'
          tell({
            kind: 'here',
            title: STEPS[purpose()],
            formula: newDevice ? 'v = g^x mod N' : 'A = g^a mod N',
            milliseconds,
            kept: newDevice
              ? [
                  { name: 'device password', what: '40 random bytes, kept in this browser' },
                  { name: 'x', what: 'hash of salt, device and password', fingerprint: fingerprint(exponent) },
                ]
              : [{ name: 'a', what: '256 random bits', fingerprint: fingerprint(exponent) }],
          })
          return result
        },
        clientSecret(values) {
          const x = fingerprint(values.x)
          const began = performance.now()
          const S = arithmetic.clientSecret(values)
          const milliseconds = performance.now() - began
          const device = purpose() === 'device'
          tell({
            kind: 'here',
            title: device
              ? 'Proves the device: the same again, with its own password'
              : 'Works out the shared secret and signs',
            formula: 'S = (B − k·g^x)^(a + u·x) mod N',
            milliseconds,
            kept: [
              device
                ? { name: 'device password', what: 'from this browser’s storage' }
                : { name: 'password', what: 'as it was typed' },
              { name: 'x', what: 'hash of salt, name and password', fingerprint: x },
              { name: 'S', what: '3072 bits that both sides reach', fingerprint: fingerprint(S) },
              { name: 'key', what: 'from S by HKDF; it signs, then it is wiped' },
            ],
          })
          return S
        },
      }
    },
  }
}
