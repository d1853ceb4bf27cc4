// A challenge in our own words, under the names of the service. The claim of a device takes any text as its scope, where a
// user's takes the id of a pool; beside that the two are one computation.
import type { Claim, CognitoAnswer, DeviceChallenge } from '@srp6a/srp/cognito'

export interface Challenge {
  readonly scope: string
  readonly userId: string
  readonly password: string
  readonly salt: string
  readonly srpB: string
  readonly secretBlock: string
  readonly now?: Date
}

export function asDevice({ scope, userId, password, salt, srpB, secretBlock, now }: Challenge): DeviceChallenge {
  const challenge = { SALT: salt, SRP_B: srpB, SECRET_BLOCK: secretBlock }
  return { deviceGroupKey: scope, deviceKey: userId, devicePassword: password, challenge, now }
}

export interface Answer {
  readonly srpA: string
  readonly secretBlock: string
  readonly signature: string
  readonly timestamp: string
}

export function asClaim({ secretBlock, signature, timestamp }: Omit<Answer, 'srpA'>): Claim {
  return {
    PASSWORD_CLAIM_SIGNATURE: signature,
    PASSWORD_CLAIM_SECRET_BLOCK: secretBlock,
    TIMESTAMP: timestamp,
  }
}

export function asAnswer({ srpA, ...claim }: Answer): CognitoAnswer {
  return { SRP_A: srpA, ...asClaim(claim) }
}
