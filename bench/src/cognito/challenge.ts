// Challenges as the service sends them, made beforehand: B does not depend on A, so the clients need no server while
// the clock runs.
import { SeededRandom } from 'srp6a-tools/measure/random.mjs'
import { g, modpow, N } from 'srp6a-vectors/generate/reference.js'
import type { Claim } from './contender.js'
import { expectedSignature, privateKey, type ServerSide, serverPublicKey } from './server-side.js'

export interface Challenge {
  userPoolId: string
  poolName: string
  clientId: string
  userId: string
  password: string
  /** Hex as Java's `BigInteger.toString(16)` writes it: any length, no leading zero. */
  salt: string
  srpB: string
  /** Standard base64 of about 1.3 kB, as the service's are. */
  secretBlock: string
  server: ServerSide
}

const SECRET_BLOCK_BYTES = 1_300
const REGION = 'eu-west-1'

function number(random: SeededRandom, bytes: number): bigint {
  return BigInt(`0x${Buffer.from(random.bytes(bytes)).toString('hex')}`)
}

export function makeChallenge(random: SeededRandom): Challenge {
  const poolName = `Bench${random.below(10_000).toString().padStart(4, '0')}`
  const userId = Buffer.from(random.bytes(16)).toString('hex')
  const password = Buffer.from(random.bytes(12)).toString('base64')
  const identity = { scope: poolName, userId, password }
  const salt = number(random, 16)
  const verifier = modpow(g, privateKey(identity, salt), N)
  const b = number(random, 32)
  const B = serverPublicKey(verifier, b)
  const secretBlock = Buffer.from(random.bytes(SECRET_BLOCK_BYTES)).toString('base64')
  return {
    userPoolId: `${REGION}_${poolName}`,
    poolName,
    clientId: 'benchclient',
    userId,
    password,
    salt: salt.toString(16),
    srpB: B.toString(16),
    secretBlock,
    server: { ...identity, verifier, b, B, secretBlock },
  }
}

/** ChallengeParameters of PASSWORD_VERIFIER. */
export type ChallengeParameters = Record<'SALT' | 'SRP_B' | 'SECRET_BLOCK' | 'USERNAME' | 'USER_ID_FOR_SRP', string>

/** Write a challenge as the service sends it to a user. */
export const challengeParameters = (challenge: Challenge): ChallengeParameters => ({
  SALT: challenge.salt,
  SRP_B: challenge.srpB,
  SECRET_BLOCK: challenge.secretBlock,
  USERNAME: challenge.userId,
  USER_ID_FOR_SRP: challenge.userId,
})

/** Hands out challenges in turn: no two samples in a row work on the same numbers. */
export class ChallengeRing {
  readonly #challenges: Challenge[]
  #next = 0

  constructor(count: number, seed: number) {
    const random = new SeededRandom(seed)
    this.#challenges = Array.from({ length: count }, () => makeChallenge(random))
  }

  take(): Challenge {
    const challenge = this.#challenges[this.#next % this.#challenges.length] as Challenge
    this.#next++
    return challenge
  }
}

/** True if the service would accept the claim. */
export function isRight(challenge: Challenge, claim: Claim): boolean {
  if (
    claim.timestamp !== '' &&
    !/^[A-Z][a-z]{2} [A-Z][a-z]{2} \d{1,2} \d\d:\d\d:\d\d UTC \d{4}$/.test(claim.timestamp)
  ) {
    return false
  }
  return claim.signature === expectedSignature(challenge.server, claim.srpA, claim.timestamp)
}
