import type { PendingStep, Step } from 'cognito-srp-flows'
import { signIn } from 'cognito-srp-flows'
import { fetchApi } from 'cognito-srp-flows/fetch'
import { expect, it } from 'vitest'
import { clientWith, scripted, TOKENS } from './scripted.js'

/** Compiles only while every kind has its case. */
function label(step: Step): string {
  switch (step.kind) {
    case 'signed-in':
      return step.tokens.accessToken
    case 'code':
      return step.via
    case 'new-password':
      return step.requiredAttributes.join()
    case 'choose-mfa':
    case 'choose-mfa-setup':
    case 'choose-factor':
      return step.choices.join()
    case 'set-up-totp':
      return step.secretCode
    case 'set-up-email':
    case 'password':
      return step.challenge
    case 'passkey':
      return step.requestJson
    case 'custom':
    case 'other':
      return JSON.stringify(step.parameters)
    default: {
      const none: never = step
      return none
    }
  }
}

it('the kinds of a step can be told apart, and what does not belong is a type error', async () => {
  const client = clientWith(scripted(TOKENS).api)
  const step = await signIn(client, { username: 'a', flow: 'CUSTOM_AUTH' })
  expect(label(step)).toBe('access')

  const wrong = [
    // @ts-expect-error no such flow
    () => signIn(client, { username: 'a', flow: 'USER_SRP' }),
    // @ts-expect-error a user name is needed
    () => signIn(client, { password: 'p' }),
    // @ts-expect-error a bare object of functions lacks the code that uses it
    () => signIn({ ...client, devices: { get() {}, set() {}, remove() {} } }, { username: 'a' }),
    // @ts-expect-error either a region or an endpoint
    () => fetchApi({}),
    // @ts-expect-error who is signed in has nothing to answer
    (pending: Step) => pending.answer('1'),
    // @ts-expect-error a code is a text
    (pending: PendingStep & { kind: 'code' }) => pending.answer(123456),
  ]
  expect(wrong).toHaveLength(6)

  const ContextData = { IpAddress: '192.0.2.1', ServerName: 'app', ServerPath: '/in', HttpHeaders: [] }
  const { HttpHeaders: _, ...withoutHeaders } = ContextData
  const { IpAddress: __, ...withoutAddress } = ContextData
  const request = { username: 'a', flow: 'CUSTOM_AUTH' } as const
  const contexts = [
    () => signIn(client, { ...request, userContextData: ContextData }),
    () => signIn(client, { ...request, userContextData: { IpAddress: '192.0.2.1', EncodedData: 'e' } }),
    // @ts-expect-error the admin calls need all four members
    () => signIn(client, { ...request, userContextData: withoutHeaders }),
    // @ts-expect-error the address too
    () => signIn(client, { ...request, userContextData: withoutAddress }),
  ]
  expect(contexts).toHaveLength(4)
})
