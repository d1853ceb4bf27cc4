import { SrpError } from '@srp6a/srp/cognito'
import { nodeEngine } from '@srp6a/srp/node'
import { type AppClient, type CognitoApi, FlowError, type FlowErrorCode, type Step } from 'cognito-srp-flows'
import { isMistake, must } from 'srp6a-tools/fuzz/target.js'

export const TOKENS = { AccessToken: 'a', IdToken: 'i', RefreshToken: 'r', ExpiresIn: 3600, TokenType: 'Bearer' }

/** A pool whose random bytes are always the same, so that an input does the same every time. */
export const clientWith = (api: CognitoApi, more: Partial<AppClient> = {}): AppClient => ({
  api,
  userPoolId: 'us-east-1_AbCdEfGhI',
  clientId: 'client-1',
  engine: nodeEngine,
  random: (length) => new Uint8Array(length).fill(7),
  now: () => new Date(0),
  ...more,
})

export const isFlowError = (error: unknown, ...codes: readonly FlowErrorCode[]): boolean =>
  error instanceof FlowError && codes.includes(error.code)

/** Tell whether an error is one that nonsense of a service may bring about. */
export const isRefusal = (error: unknown): boolean =>
  isFlowError(error, 'bad-reply', 'unexpected-challenge', 'device-lost', 'session-lost') ||
  (error instanceof SrpError && /^(invalid-encoding|too-large|invalid-public-key)$/.test(error.code))

/** Tell whether an error is a refusal, or the mistake of one of the answers below in the eyes of the step. */
export const isRefusalOrMistake = (error: unknown): boolean => isRefusal(error) || isMistake(error)

const KINDS = [
  ...['signed-in', 'code', 'new-password', 'choose-mfa', 'choose-mfa-setup', 'set-up-totp', 'set-up-email'],
  ...['choose-factor', 'password', 'passkey', 'custom', 'other'],
]

/** True if it is a whole step: a kind there is, tokens that are texts, or an answer and a text to save. */
export function checkStep(step: Step): void {
  must(KINDS.includes(step.kind), `no such kind: ${step.kind}`)
  if (step.kind !== 'signed-in') {
    must(typeof step.answer === 'function' && typeof step.save() === 'string', 'a step without answer or save')
    return
  }
  const { accessToken, idToken, tokenType, expiresIn } = step.tokens
  must(
    [accessToken, idToken, tokenType].every((token) => typeof token === 'string'),
    'a token is no text',
  )
  must(typeof expiresIn === 'number', 'expiresIn is no number')
  must(!Object.keys(step).includes('tokens'), 'the tokens are enumerable')
}

/** Answers a step as a user would who knows nothing of it. */
export function answer(step: Exclude<Step, { kind: 'signed-in' }>): Promise<Step> {
  switch (step.kind) {
    case 'choose-mfa':
    case 'choose-mfa-setup':
      return step.answer(step.choices[0] as never)
    case 'choose-factor':
      return step.answer(step.choices[0] as never, { password: 'p' })
    case 'new-password':
      return step.answer('p', Object.fromEntries(step.requiredAttributes.map((name) => [name, 'x'])))
    case 'passkey':
      return step.answer('{}')
    case 'other':
      return step.answer({ ANSWER: 'x' })
    default:
      return step.answer('123456')
  }
}
