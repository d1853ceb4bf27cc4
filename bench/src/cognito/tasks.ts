// The Cognito contenders as tasks for the rounds: the whole sign-in, and the part after the challenge has come.
import type { Task } from '../rounds.js'
import { type Challenge, type ChallengeRing, isRight } from './challenge.js'
import { type Claim, type Contender, type Started, signIn } from './contender.js'

interface Done {
  challenge: Challenge
  claim: Claim
}

function check(last: unknown): boolean {
  const { challenge, claim } = last as Done
  return isRight(challenge, claim)
}

/** A = g^a, then the answer to the challenge. */
export function signInTask(name: string, contender: Contender, ring: ChallengeRing): Task {
  return {
    name,
    check,
    async run(): Promise<Done> {
      const challenge = ring.take()
      return { challenge, claim: await signIn(contender, challenge) }
    },
  }
}

/**
 * Make the task that times the work between the service's challenge and the answer: the user waits for it. A was
 * computed before.
 */
export function latencyTask(name: string, contender: Contender, ring: ChallengeRing): Task {
  const waiting: { challenge: Challenge; started: Started }[] = []
  return {
    name,
    check,
    async prepare(count: number): Promise<void> {
      waiting.length = 0
      for (let index = 0; index < count; index++) {
        const challenge = ring.take()
        waiting.push({ challenge, started: await contender.start(challenge) })
      }
    },
    async run(): Promise<Done> {
      const next = waiting.pop()
      if (next === undefined) throw new Error('no sign-in was prepared')
      return { challenge: next.challenge, claim: await next.started.answer() }
    },
  }
}
