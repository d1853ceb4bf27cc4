// A service that says what the table tells it to, and a pool that talks to it.
import type { Engine } from '@srp6a/srp/cognito'
import { type AppClient, type CognitoApi, deviceStore, type Step, signIn } from 'cognito-srp-flows'
import { caller, isText, type Rule } from '../rules.js'

/** Characters of the longest text in a request or a reply. */
export const LONGEST = 131_072

const size = (value: unknown): number => (value as string).length
/** A caller's text: an empty one counts as none. */
export const TEXT: Rule = {
  ...caller(isText, (value) => size(value) > 0 && size(value) <= LONGEST, {
    'text of the limit': 'a'.repeat(LONGEST),
    'text over the limit': 'a'.repeat(LONGEST + 1),
  }),
  refuses: (value) => [isText(value) && value !== '' ? 'RangeError' : 'TypeError'],
}

export const TOKENS = {
  AuthenticationResult: {
    AccessToken: 'a.b.c',
    IdToken: 'id',
    RefreshToken: 'refresh',
    ExpiresIn: 3600,
    TokenType: 'Bearer',
  },
}

/** An authenticator app to set up. */
export const MFA = { AssociateSoftwareToken: { SecretCode: 'JBSWY3DPEHPK3PXP', Session: 's' } }

/** Make the challenge that a user pool sends after USER_SRP_AUTH. */
export const verifier = (more: object = {}): object => ({
  ChallengeName: 'PASSWORD_VERIFIER',
  ChallengeParameters: {
    SALT: 'ab12',
    SRP_B: '1234',
    SECRET_BLOCK: 'QUJD',
    USERNAME: 'ada',
    USER_ID_FOR_SRP: 'ada',
    ...more,
  },
})

export interface Service {
  readonly client: AppClient
  readonly stored: Map<string, string>
  readonly requests: string[]
  /** @throws if a record was written or removed, or a request went out that is not one of the first */
  unchanged(): void
  /** From now on what goes out is a change. */
  mark(): void
}

export interface ServiceOptions {
  readonly engine?: Engine | undefined
  /** Replies to the first requests, without a look at them. */
  readonly first?: readonly unknown[]
  /** Device records by user name, there from the start. */
  readonly device?: Readonly<Record<string, object>>
}

/** @param replies by operation, or `any` */
export function service(
  replies: Readonly<Record<string, unknown>>,
  { engine, first = [], device = {} }: ServiceOptions,
): Service {
  const before = Object.entries(device).map(([username, record]): [string, string] => [
    `cognito-srp-flows/us-east-1_AbCdEfGhI/${username}`,
    JSON.stringify(record),
  ])
  const stored = new Map(before)
  const requests: string[] = []
  let marked: number | undefined
  const api: CognitoApi = {
    async call(operation) {
      requests.push(operation)
      if (requests.length <= first.length) return first[requests.length - 1]
      return operation in replies ? replies[operation] : replies.any
    },
  }
  const devices = deviceStore({
    get: async (key) => stored.get(key),
    set: async (key, value) => stored.set(key, value),
    remove: async (key) => stored.delete(key),
  })
  const client: AppClient = {
    api,
    userPoolId: 'us-east-1_AbCdEfGhI',
    clientId: 'client-1',
    clientSecret: 'secret',
    devices,
    now: () => new Date(0),
    ...(engine && { engine }),
    random: (length) => new Uint8Array(length).fill(7),
  }
  return {
    client,
    stored,
    requests,
    mark: () => {
      marked = requests.length
    },
    unchanged() {
      if (JSON.stringify([...stored]) !== JSON.stringify(before))
        throw new Error(`the device records are now ${JSON.stringify([...stored])}`)
      if (marked !== undefined && requests.length > marked) throw new Error(`a request went out: ${requests.at(-1)}`)
    },
  }
}

/** The step that the service's first reply makes. */
export async function signInTo(made: Service): Promise<{ answer(...args: unknown[]): Promise<Step> }> {
  const step = await signIn(made.client, { username: 'ada', password: 'p', flow: 'USER_PASSWORD_AUTH' })
  made.mark()
  return step as never
}
