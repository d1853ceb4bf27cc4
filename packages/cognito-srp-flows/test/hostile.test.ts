import { inspect } from 'node:util'
import { SrpError } from '@srp6a/srp/cognito'
import { FlowError, memoryDeviceStore, resume, signIn } from 'cognito-srp-flows'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { challenge, clientWith, exception, expectKind, scripted, TOKENS } from './scripted.js'

const CHALLENGES = [
  ...['PASSWORD_VERIFIER', 'DEVICE_SRP_AUTH', 'DEVICE_PASSWORD_VERIFIER', 'SMS_MFA', 'NEW_PASSWORD_REQUIRED'],
  ...['SELECT_MFA_TYPE', 'MFA_SETUP', 'CUSTOM_CHALLENGE', 'SELECT_CHALLENGE', 'PASSWORD_SRP', 'WEB_AUTHN', '__proto__'],
]
const PARAMETERS = [
  ...['SALT', 'SRP_B', 'SECRET_BLOCK', 'USERNAME', 'USER_ID_FOR_SRP', 'MFAS_CAN_CHOOSE', 'MFAS_CAN_SETUP', '__proto__'],
  ...['requiredAttributes', 'userAttributes', 'CREDENTIAL_REQUEST_OPTIONS', 'CODE_DELIVERY_DESTINATION'],
]
const json = fc.constantFrom('[]', '{}', '["SOFTWARE_TOKEN_MFA"]', '["EMAIL_OTP"]', '{"challenge":"AAAA"}', '[1]', '{')
/** Now and then something else: rarely enough that the rest of the reply is read too. */
const mostly = (arbitrary: fc.Arbitrary<unknown>) =>
  fc.oneof({ weight: 19, arbitrary }, { weight: 1, arbitrary: fc.anything() })
const value = fc.oneof(json, fc.constantFrom('ab12', '0', 'AAAA', 'alice', ''), fc.string())
const reply = fc.record(
  {
    ChallengeName: mostly(fc.constantFrom(...CHALLENGES)),
    ChallengeParameters: mostly(fc.dictionary(fc.constantFrom(...PARAMETERS), mostly(value), { maxKeys: 8 })),
    Session: mostly(fc.string()),
    AvailableChallenges: mostly(fc.array(fc.string())),
    SecretCode: mostly(fc.string()),
    AuthenticationResult: mostly(fc.option(fc.constant(TOKENS.AuthenticationResult), { nil: undefined })),
  },
  { requiredKeys: ['ChallengeName', 'ChallengeParameters'] },
)

it('whatever a service replies, a sign-in ends in a step or in a typed error', { timeout: 120_000 }, async () => {
  const seen = new Set<string>()
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.oneof(reply, fc.anything()), { minLength: 1, maxLength: 4 }),
      fc.boolean(),
      async (replies, srp) => {
        let count = 0
        const api = { call: async () => replies[count++ % replies.length] }
        const devices = memoryDeviceStore()
        const client = clientWith(api, { devices })
        const flow = srp ? 'USER_SRP_AUTH' : 'USER_PASSWORD_AUTH'
        try {
          seen.add((await signIn(client, { username: 'alice', password: 'p', flow })).kind)
        } catch (error) {
          if (!(error instanceof FlowError || error instanceof SrpError)) throw error
          seen.add(error.code)
        }
        expect(count).toBeLessThan(8)
      },
    ),
    { numRuns: 600 },
  )
  // The fuzzer got beyond the first check.
  for (const end of ['signed-in', 'code', 'other', 'bad-reply']) expect(seen).toContain(end)
})

it('whatever a saved text says, it is a step or a typed error', async () => {
  const service = scripted(challenge('SMS_MFA', { USER_ID_FOR_SRP: 'alice' }, { AvailableChallenges: ['A'] }))
  const client = clientWith(service.api)
  const step = await signIn(client, { username: 'a', password: 'p', flow: 'USER_PASSWORD_AUTH' })
  const saved: Record<string, unknown> = JSON.parse(expectKind(step, 'code').save())
  const change = fc.dictionary(
    fc.constantFrom(...Object.keys(saved), 'deviceKey', 'secretCode', 'verified'),
    fc.anything(),
  )
  const texts = fc.oneof(
    fc.string(),
    fc.json(),
    change.map((more) => JSON.stringify({ ...saved, ...more }) ?? ''),
    fc.constantFrom(...CHALLENGES).map((name) => JSON.stringify({ ...saved, challenge: name })),
  )
  fc.assert(
    fc.property(texts, (text) => {
      try {
        expect(resume(client, text)).toHaveProperty('answer')
      } catch (error) {
        expect(error).toBeInstanceOf(FlowError)
        expect((error as FlowError).code).toMatch(/^(bad-saved-step|wrong-pool)$/)
      }
    }),
    { numRuns: 2000 },
  )
})

it('prints no secret with a step or an error', async () => {
  const secrets = [
    'the-password',
    'the-session',
    'the-client-secret',
    'JBSWY3DPEHPK3PXP',
    'an-access-token',
    'the-code',
  ]
  const shown: unknown[] = []
  const session = { Session: 'the-session' }
  const setUp = challenge('MFA_SETUP', { MFAS_CAN_SETUP: '["SOFTWARE_TOKEN_MFA"]' }, session)
  const service = scripted(
    challenge('SMS_MFA', {}, session),
    exception('CodeMismatchException', 'x'),
    exception('NotAuthorizedException', 'Invalid session for the user.'),
    setUp,
    { SecretCode: 'JBSWY3DPEHPK3PXP', ...session },
    { AuthenticationResult: { ...TOKENS.AuthenticationResult, AccessToken: 'an-access-token' } },
  )
  const client = clientWith(service.api, { clientSecret: 'the-client-secret' })
  const request = { username: 'a', password: 'the-password', flow: 'USER_PASSWORD_AUTH' } as const
  const code = expectKind(await signIn(client, request), 'code')
  shown.push(code, await code.answer('the-code').catch((error: unknown) => error))
  shown.push(await code.answer('the-code').catch((error: unknown) => error), code)
  shown.push(await code.answer('the-code').catch((error: unknown) => error))
  shown.push(await signIn(client, request), await signIn(client, request))
  expect(shown).toHaveLength(7)
  for (const one of shown) {
    const printed = [inspect(one, { depth: Number.POSITIVE_INFINITY }), JSON.stringify(one), String(one)].join('\n')
    for (const secret of secrets) expect(printed).not.toContain(secret)
  }
})
