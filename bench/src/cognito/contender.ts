import type { Challenge } from './challenge.js'

/** A client's answer to PASSWORD_VERIFIER, and the A that it sent before. */
export interface Claim {
  srpA: string
  signature: string
  timestamp: string
}

/** A client between its two requests: A is computed, the challenge has not come yet. */
export interface Started {
  srpA: string
  answer(): Claim | Promise<Claim>
}

export type Kind = 'ours' | 'peer' | 'limit'

/**
 * One way to do a Cognito sign-in's arithmetic, without a network. `start` draws a fresh secret and computes A;
 * `answer` does the rest: u, x, S, HKDF, signature.
 */
export interface Contender {
  start(challenge: Challenge): Started | Promise<Started>
}

export interface ContenderInfo {
  /** Key in the results file. */
  name: string
  label: string
  kind: Kind
  /** The npm package whose version the results state. */
  package?: string
  /** Bits of the secret exponent it draws: more bits, more work, no more safety. */
  privateBits: number
  arithmetic: string
  /** Imports the code. Nothing of the library is loaded before, so that a fresh process can time it. */
  load(): Promise<Contender>
}

export async function signIn(contender: Contender, challenge: Challenge): Promise<Claim> {
  const started = contender.start(challenge)
  const client = started instanceof Promise ? await started : started
  return client.answer()
}
