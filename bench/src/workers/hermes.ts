// Runs inside Hermes: no module system, no console; `print` writes a line. INPUTS stands above the bundle.
import { startCognitoClient } from '@srp6a/srp/cognito'
import { SeededRandom } from 'srp6a-tools/measure/random.mjs'
import type { Challenge } from '../cognito/challenge.js'
import { userChallenge } from '../cognito/user-challenge.js'
import type { HermesRun } from '../hermes.js'

declare const INPUTS: { challenges: Omit<Challenge, 'server'>[]; batch: number; seed: number }
declare function print(line: string): void

// The engine has no source of randomness; the speed does not depend on how good this one is.
const seeded = new SeededRandom(INPUTS.seed)
const random = (length: number): Uint8Array => seeded.bytes(length)

function run(challenges: Omit<Challenge, 'server'>[]): HermesRun {
  const claims: HermesRun['claims'] = []
  const start = Date.now()
  for (const challenge of challenges) {
    const client = startCognitoClient({ random })
    const { PASSWORD_CLAIM_SIGNATURE: signature, TIMESTAMP: timestamp } = client.answerUser(userChallenge(challenge))
    claims.push({ srpA: client.srpA, signature, timestamp })
  }
  return { milliseconds: Date.now() - start, claims }
}

print(JSON.stringify(run(INPUTS.challenges.slice(0, 1))))
for (let index = 1; index < INPUTS.challenges.length; index += INPUTS.batch) {
  print(JSON.stringify(run(INPUTS.challenges.slice(index, index + INPUTS.batch))))
}
