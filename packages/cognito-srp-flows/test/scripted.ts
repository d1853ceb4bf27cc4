import type { AbortSignalLike, AppClient, CognitoApi, SignedIn, Step } from 'cognito-srp-flows'

/** A service that says what the test tells it to, and writes down what it was asked. */
export interface Request {
  operation: string
  input: Record<string, unknown>
  signal: AbortSignalLike | undefined
}
type Reply = unknown | ((input: Record<string, unknown>) => unknown)

export function scripted(...replies: Reply[]): { api: CognitoApi; requests: Request[]; say(...more: Reply[]): void } {
  const requests: Request[] = []
  const api: CognitoApi = {
    async call(operation, input, signal) {
      requests.push({ operation, input: structuredClone(input), signal })
      if (replies.length === 0) throw new Error(`${operation}: nothing is scripted`)
      const reply = replies.shift()
      const said = typeof reply === 'function' ? reply(input) : reply
      if (said instanceof Error) throw said
      return said
    },
  }
  return { api, requests, say: (...more) => replies.push(...more) }
}

export const exception = (name: string, message: string): Error => Object.assign(new Error(message), { name })

export const TOKENS = {
  AuthenticationResult: {
    AccessToken: 'access',
    IdToken: 'id',
    RefreshToken: 'refresh',
    ExpiresIn: 3600,
    TokenType: 'Bearer',
  },
}

export const challenge = (name: string, parameters: Record<string, string> = {}, more: object = {}): object => ({
  ChallengeName: name,
  ChallengeParameters: parameters,
  Session: `session of ${name}`,
  ...more,
})

export const clientWith = (api: CognitoApi, more: Partial<AppClient> = {}): AppClient => ({
  api,
  userPoolId: 'us-east-1_AbCdEfGhI',
  clientId: 'client-1',
  ...more,
})

/** The step as the kind it must be; fails the test otherwise. */
export function expectKind<K extends Step['kind']>(step: Step, kind: K): Extract<Step, { kind: K }> {
  if (step.kind !== kind) throw new Error(`expected a step of kind ${kind}, got ${JSON.stringify(step)}`)
  return step as Extract<Step, { kind: K }>
}

export const expectSignedIn = (step: Step): SignedIn => expectKind(step, 'signed-in')
