import type { SrpOptions } from '@srp6a/srp'
import { startCognitoClient } from '@srp6a/srp/cognito'
import { wasmEngine } from '@srp6a/srp/wasm'
import { flowCases } from './flows.js'
import { handshakeCases, hasWebAssembly } from './handshakes.js'
import { type Report, runAsyncCases, runCases } from './harness.js'
import type { Host } from './host.js'
import { leanCases } from './lean.js'
import { vectorCases } from './vectors.js'

/** The report of one runtime. */
export interface Outcome extends Report {
  /** Arithmetic of one sign-in in milliseconds: A and the answer, the fastest of a few batches. */
  signInMs?: number
  /** Arithmetic of one sign-in with the wasm engine in milliseconds, where there is WebAssembly. */
  signInWasmMs?: number
}

const challenge = {
  userPoolId: 'us-east-1_AbCdEfGhI',
  password: 'Correct-Horse-7-Battery',
  challenge: {
    USER_ID_FOR_SRP: '7c4a8d09-ca37-4762-8f61-d0a1b2c3d4e5',
    SALT: '27f85844ee54dc43bfa343f921985d03',
    SRP_B: `51${'1410d8b36d4101bb'.repeat(47)}`,
    SECRET_BLOCK: 'c2VjcmV0IGJsb2Nr',
  },
}

/** Signs in `count` times without a network: what is timed. */
export function signIns(count: number, options: SrpOptions = {}): void {
  for (let i = 0; i < count; i++) startCognitoClient(options).answerUser(challenge)
}

const BATCH = 5

/** @param now milliseconds; clocks that tick in whole ones are the reason for the batches, other programs for the fastest */
export function timesOfSignIn(now: () => number, host: Omit<Host, 'engines'>): Omit<Outcome, keyof Report> {
  const { settings, random, precompiled: engine = wasmEngine } = host
  function timeWith(options: SrpOptions): number {
    signIns(BATCH, options)
    const times: number[] = []
    for (let i = 0; i < settings.batches; i++) {
      const began = now()
      signIns(BATCH, options)
      times.push((now() - began) / BATCH)
    }
    return Math.min(...times)
  }
  const given = random && { random }
  const signInMs = timeWith({ ...given })
  return hasWebAssembly ? { signInMs, signInWasmMs: timeWith({ ...given, engine }) } : { signInMs }
}

/** Everything that needs no network and no promises, at once. */
export function runWithoutFetch(host: Host): Report {
  return runCases([...vectorCases(host.settings), ...handshakeCases(host)])
}

export async function runAll(host: Host): Promise<Report> {
  return runAsyncCases([...leanCases(host), ...flowCases(host)], runWithoutFetch(host))
}
