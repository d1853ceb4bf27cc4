// The code to time: the secret exponentiations of the engine itself, and a whole client sign-in.

import { decoyRecord, enroll, startServer, suites } from '@srp6a/srp'
import { nodeEngine } from '@srp6a/srp/node'
import { bigintEngine, bigintIntegers } from '@srp6a/srp/src/engine/bigint.js'
import type { Engine } from '@srp6a/srp/src/engine/engine.js'
import { createModulus } from '@srp6a/srp/src/engine/modular.js'
import { integerWasmEngine, wasmEngine, wasmKernel } from '@srp6a/srp/src/engine/wasm.js'
import { startCognitoClientWithKey } from '@srp6a/srp/testing'
import { SeededRandom } from 'srp6a-tools/measure/random.mjs'
import { ChallengeRing } from '../src/cognito/challenge.js'
import { userChallenge } from '../src/cognito/user-challenge.js'
import { N2048, N3072 } from '../src/primes.js'
import { CLASSES, type ClassName } from './classes.js'
import type { Target } from './collect.js'

const MODULI: readonly { bits: number; N: bigint }[] = [
  { bits: 2048, N: N2048 },
  { bits: 3072, N: N3072 },
]

const ALL = (Object.keys(CLASSES) as ClassName[]).filter((name) => !/known/.test(name))
const SECRET = 32
const BASES = 64
/** Enough for |t| in the hundreds, however few samples are asked for. */
const CONTROL_SAMPLES = 3_000

function bytesOf(value: bigint): Uint8Array {
  const hex = value.toString(16)
  return new Uint8Array(Buffer.from(hex.length % 2 === 1 ? `0${hex}` : hex, 'hex'))
}

/** Gives the next of a few random values each time: the same operands twice in a row could be hoisted. */
function ring<T>(make: () => T): () => T {
  const values = Array.from({ length: BASES }, make)
  let next = 0
  return () => values[next++ % BASES] as T
}

export function targets(seed: number): Target[] {
  const random = new SeededRandom(seed)
  return [
    ...MODULI.flatMap(({ bits, N }) => [...engineTargets(bits, N, random), ...wasmTargets(bits, N, random)]),
    signInTarget(seed),
    ...[bigintEngine, wasmEngine, nodeEngine].map((engine) => firstRequest(engine, seed, true)),
  ]
}

function engineTargets(bits: number, N: bigint, random: SeededRandom): Target[] {
  const modulus = bytesOf(N)
  const arithmetic = bigintEngine.group({ modulus, generator: Uint8Array.of(2) })
  const n = createModulus(bigintIntegers, modulus)
  const residue = ring(() => n.residue(random.bytes(modulus.length - 1)))
  const element = ring(() => random.bytes(modulus.length - 1))
  const scalar = ring(() => random.bytes(SECRET))
  const of = (what: string): string => `${what}, ${bits} bits`
  const clientSecret = (secrets: { x: Uint8Array; a: Uint8Array }): unknown =>
    arithmetic.clientSecret({ B: element(), k: scalar(), u: scalar(), ...secrets })
  const common = { secretLength: SECRET, classes: ALL }
  return [
    { ...common, name: of('power of any base'), run: (secret) => n.power(residue(), secret) },
    { ...common, name: of('power of the generator'), run: (secret) => arithmetic.power(secret) },
    {
      ...common,
      name: of('client secret, by x'),
      run: (secret) => clientSecret({ x: secret, a: scalar() }),
    },
    {
      ...common,
      name: of('client secret, by private key'),
      run: (secret) => clientSecret({ x: scalar(), a: secret }),
    },
  ]
}

/** Each kernel that runs here: `autoEngine` takes the first of them. */
function wasmTargets(bits: number, N: bigint, random: SeededRandom): Target[] {
  const integers = kernelTargets('extmul', integerWasmEngine, bits, N, random)
  return wasmKernel() === 'fma' ? [...kernelTargets('fma', wasmEngine, bits, N, random), ...integers] : integers
}

function kernelTargets(kernel: string, engine: Engine, bits: number, N: bigint, random: SeededRandom): Target[] {
  const modulus = bytesOf(N)
  const arithmetic = engine.group({ modulus, generator: Uint8Array.of(2) })
  const element = ring(() => random.bytes(modulus.length - 1))
  const scalar = ring(() => random.bytes(SECRET))
  const of = (what: string): string => `${what}, wasm engine (${kernel}), ${bits} bits`
  const common = { secretLength: SECRET, classes: ALL }
  return [
    { ...common, name: of('power of the generator'), run: (secret) => arithmetic.power(secret) },
    {
      ...common,
      name: of('client secret, by x'),
      run: (secret) => arithmetic.clientSecret({ B: element(), k: scalar(), u: scalar(), x: secret, a: scalar() }),
    },
    {
      ...common,
      name: of('server secret, by private key'),
      run: (secret) => arithmetic.serverSecret({ A: element(), u: scalar(), v: element(), b: secret }),
    },
  ]
}

function signInTarget(seed: number): Target {
  const challenges = new ChallengeRing(BASES / 4, seed)
  return {
    name: 'Cognito sign-in, by private key, 3072 bits',
    secretLength: SECRET,
    classes: ALL,
    run(secret) {
      const challenge = challenges.take()
      const client = startCognitoClientWithKey(secret)
      return client.answerUser(userChallenge(challenge))
    },
  }
}

const NAMES = 64

/**
 * The first request to a server, by whether the name is a user's.
 *
 * @param always derive a decoy for every name, as recommended, or for unknown names alone
 */
function firstRequest(engine: Engine, seed: number, always: boolean): Target {
  const suite = suites.rfc5054
  const random = new SeededRandom(seed)
  const decoySeed = random.bytes(32)
  const names = Array.from({ length: NAMES }, (_, i) => `user-${100 + i}`)
  const fixed = { engine: wasmEngine, random: (length: number) => new Uint8Array(length).fill(7) }
  const users = new Map(names.map((username) => [username, enroll(suite, { username, password: username }, fixed)]))
  return {
    name: `server's first request, ${engine.name} engine, by whether the name is known`,
    secretLength: SECRET,
    classes: ['known', 'unknown'],
    run(secret) {
      const username = `${secret[1] === 1 ? 'user' : 'none'}-${100 + ((secret[31] ?? 0) % NAMES)}`
      const decoy = () => decoyRecord(suite, { username, seed: decoySeed })
      const made = always ? decoy() : undefined
      return startServer(suite, users.get(username) ?? made ?? decoy(), { ...fixed, engine }).serverPublicKey
    },
  }
}

/** Arithmetic that leaks, which this method must catch in the same run. */
export function controls(seed: number, samples: number): Target[] {
  const random = new SeededRandom(seed)
  const base = ring(() => BigInt(`0x${Buffer.from(random.bytes(255)).toString('hex')}`))
  const classes: readonly ClassName[] = ['sparse', 'random']
  const common = { secretLength: SECRET, classes, samples: Math.max(samples, CONTROL_SAMPLES) }
  const lazy = firstRequest(wasmEngine, seed, false)
  return [
    { ...lazy, name: `control: ${lazy.name}, decoys for unknown names alone`, samples: common.samples, mustReach: 15 },
    {
      ...common,
      name: 'control: square and multiply, multiplications skipped, 2048 bits',
      mustReach: 100,
      run: (secret) => squareAndMultiply(base(), secret),
    },
    {
      ...common,
      name: 'control: fixed window, a zero digit multiplies by the number 1, 2048 bits',
      mustReach: 4.5,
      run: (secret) => windowWithShortOne(base(), secret),
    },
  ]
}

function squareAndMultiply(base: bigint, exponent: Uint8Array): bigint {
  let result = 1n
  for (const byte of exponent) {
    for (let bit = 7; bit >= 0; bit--) {
      result = (result * result) % N2048
      if ((byte >> bit) & 1) result = (result * base) % N2048
    }
  }
  return result
}

function windowWithShortOne(base: bigint, exponent: Uint8Array): bigint {
  const powers = [1n]
  for (let index = 1; index < 16; index++) powers.push(((powers[index - 1] as bigint) * base) % N2048)
  let result = 1n
  for (const byte of exponent) {
    for (const digit of [byte >> 4, byte & 15]) {
      for (let square = 0; square < 4; square++) result = (result * result) % N2048
      result = (result * (powers[digit] as bigint)) % N2048
    }
  }
  return result
}
