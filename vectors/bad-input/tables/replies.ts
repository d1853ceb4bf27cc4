// cognito-srp-flows: what the service says. Every field of every reply, from a service that lies in one of them.
import * as flows from 'cognito-srp-flows'
import { ANYTHING, base64, hex, isText, peer, type Rule } from '../rules.js'
import type { Subject, Table } from '../run.js'
import { LONGEST, service, TOKENS, verifier } from './service.js'

type Test = (value: unknown) => boolean
const isObject: Test = (value) =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !ArrayBuffer.isView(value)
const within: Test = (value) => isText(value) && (value as string).length <= LONGEST
const bad: Rule['refuses'] = () => ['bad-reply']

/** The edges of any text, JSON or not. */
const edges = {
  'text of the limit': 'a'.repeat(LONGEST),
  'text over the limit': 'a'.repeat(LONGEST + 1),
  'broken JSON': '{"a":',
  'JSON of null': 'null',
}
const text: Rule = peer(within, bad, edges)
/** A member of ChallengeParameters that is signed with: it may be left out, but a map of texts has no null in it. */
const isName: Test = (value) => within(value) && (value as string).length <= LONGEST / 2
const NAME: Rule = { ...text, takes: isName, absent: true, named: false }
const nullable = (rule: Rule): Rule => ({
  ...rule,
  takes: (value) => value === undefined || value === null || rule.takes(value),
})
const unnamed = (rule: Rule): Rule => ({ ...rule, named: false })
/** The whole reply: an object that lacks everything says nothing. */
const WHOLE: Rule = { ...peer(() => false, bad), named: false }
const texts: Test = (value) => Array.isArray(value) && value.every(within)
const textMap: Test = (value) => isObject(value) && Object.values(value as object).every(within)
const listOf =
  (item: Test): Test =>
  (value) =>
    Array.isArray(value) && value.every((one) => isObject(one) && item(one))

/** A text that is refused by its own code once it is one. */
const srp = (rule: Rule): Rule => ({
  takes: (value) => within(value) && rule.takes(value),
  refuses: (value) => (within(value) ? rule.refuses(value) : ['bad-reply']),
  edges: { ...edges, ...rule.edges },
})
const json = (takes: Test, more: Rule['edges'] = {}): Rule =>
  peer(
    (value) => {
      try {
        return within(value) && takes(JSON.parse(value as string))
      } catch {
        return false
      }
    },
    bad,
    {
      ...edges,
      '[]': '[]',
      '{}': '{}',
      '[1]': '[1]',
      '[null]': '[null]',
      '"x"': '"x"',
      '1': '1',
      __proto__: '{"__proto__":{"polluted":1}}',
      'deep JSON': '['.repeat(60_000),
      ...more,
    },
  )

/** What every challenge may have. `AuthenticationResult` counts where it is there: it is put in a reply of its own. */
const common = (parameters: Rule): Record<string, Rule> => ({
  reply: WHOLE,
  'reply.ChallengeName': text,
  'reply.ChallengeParameters': unnamed(parameters),
  'reply.Session': nullable(text),
  'reply.AvailableChallenges': nullable(
    peer(texts, bad, {
      'a long list': Array.from({ length: 100_000 }, () => 'x'),
      'a list with a number': ['PASSWORD', 1],
    }),
  ),
  'reply.AuthenticationResult': unnamed(peer((value) => value === undefined || value === null, bad)),
})
const anyParameters = nullable(
  peer(textMap, bad, { 'a member that is null': { a: null }, 'a member that is a list': { a: [] } }),
)
/** Without what the challenge needs. */
const someParameters: Rule = peer(() => false, bad)

interface Asked {
  readonly name: string
  readonly parameters?: object
  readonly more?: object
  /** By the names of the challenge's parameters, or whole paths. */
  readonly rules?: Record<string, Rule>
  readonly needs?: boolean
  readonly replies?: Record<string, unknown>
}

/** The reply to a sign-in is a challenge: what `InitiateAuth` and `RespondToAuthChallenge` say is read by the same code. */
const challenge = ({ name, parameters = {}, more = {}, rules = {}, needs = false, replies = {} }: Asked): Subject => ({
  params: ['reply'],
  args: (engine) => [
    {
      ChallengeName: name,
      ChallengeParameters: { USERNAME: 'ada', USER_ID_FOR_SRP: 'ada', ...parameters },
      Session: 's',
      ...more,
    },
    engine,
  ],
  run: async (reply: never, engine: never) => {
    const made = service({ RespondToAuthChallenge: TOKENS, ...replies, InitiateAuth: reply }, { engine })
    try {
      return await flows.signIn(made.pool, {
        username: 'ada',
        password: 'p',
        flow: name === 'PASSWORD_VERIFIER' ? 'USER_SRP_AUTH' : 'USER_PASSWORD_AUTH',
      })
    } catch (error) {
      made.unchanged()
      throw error
    }
  },
  rules: {
    ...common(needs ? someParameters : anyParameters),
    'reply.ChallengeParameters.USERNAME': NAME,
    // Read where there is no USERNAME.
    'reply.ChallengeParameters.USER_ID_FOR_SRP': { ...text, absent: true, named: false },
    ...Object.fromEntries(
      Object.entries(rules).map(([path, rule]) => [
        path.startsWith('reply') ? path : `reply.ChallengeParameters.${path}`,
        rule,
      ]),
    ),
  },
  work: 1,
})

/** A member of ChallengeParameters has the wrong type, or is none of the texts there: the map is, or the member. */
const member = (rule: Rule): Rule => ({ ...rule, named: false })
/** It may be left out, but a map of texts has no null in it. */
const spare = (rule: Rule): Rule => ({ ...member(rule), absent: true })

const SALT = member(
  srp({
    ...hex(1024),
    takes: (value) => hex(1024).takes(String(value).replace(/^-/, '')),
    refuses: (value) => hex(1024).refuses(String(value).replace(/^-/, '')),
  }),
)
const B: Rule = member(
  srp({
    ...hex(385),
    takes: (value) =>
      hex(385).takes(value) && /[1-9a-f]/i.test(String(value)) && String(value).replace(/^0+/, '').length <= 768,
    refuses: (value) => (hex(385).takes(value) ? ['invalid-public-key', 'too-large'] : hex(385).refuses(value)),
  }),
)
const BLOCK = member(srp(base64(65_536)))
const WORDS = (value: unknown): boolean => Array.isArray(value) && value.every(isText)
const MFA = { AssociateSoftwareToken: { SecretCode: 'JBSWY3DPEHPK3PXP', Session: 's' } }

const CHALLENGES: readonly Asked[] = [
  {
    name: 'PASSWORD_VERIFIER',
    parameters: (verifier() as { ChallengeParameters: object }).ChallengeParameters,
    needs: true,
    rules: {
      USERNAME: NAME,
      USER_ID_FOR_SRP: { ...NAME, absent: false },
      SALT,
      SRP_B: B,
      SECRET_BLOCK: BLOCK,
    },
  },
  ...['SMS_MFA', 'SMS_OTP', 'EMAIL_OTP', 'SOFTWARE_TOKEN_MFA'].map((name) => ({
    name,
    parameters: { CODE_DELIVERY_DESTINATION: 'a***', FRIENDLY_DEVICE_NAME: 'phone' },
    rules: { CODE_DELIVERY_DESTINATION: spare(text), FRIENDLY_DEVICE_NAME: spare(text) },
  })),
  {
    name: 'NEW_PASSWORD_REQUIRED',
    parameters: { requiredAttributes: '["userAttributes.email"]', userAttributes: '{"email":"a@b.c"}' },
    rules: {
      requiredAttributes: spare(
        json(WORDS, { 'a long list': JSON.stringify(Array.from({ length: 10_000 }, () => 'userAttributes.a')) }),
      ),
      userAttributes: spare(
        json((value) => isObject(value), {
          'a hostile object': '{"a":{"toString":1,"valueOf":1}}',
          'a list in it': '{"a":[1]}',
        }),
      ),
    },
  },
  {
    name: 'SELECT_MFA_TYPE',
    parameters: { MFAS_CAN_CHOOSE: '["SMS_MFA"]' },
    needs: true,
    rules: { MFAS_CAN_CHOOSE: member(json(WORDS)) },
  },
  {
    name: 'MFA_SETUP',
    parameters: { MFAS_CAN_SETUP: '["SOFTWARE_TOKEN_MFA","EMAIL_OTP"]' },
    needs: true,
    replies: MFA,
    rules: { MFAS_CAN_SETUP: member(json(WORDS)) },
  },
  {
    name: 'SELECT_CHALLENGE',
    more: { AvailableChallenges: ['PASSWORD'] },
    rules: { 'reply.AvailableChallenges': peer(texts, bad, { 'a list with null': ['PASSWORD', null] }) },
  },
  {
    name: 'WEB_AUTHN',
    parameters: { CREDENTIAL_REQUEST_OPTIONS: '{"challenge":"AAAA"}' },
    needs: true,
    rules: {
      CREDENTIAL_REQUEST_OPTIONS: member(
        json(
          (value) =>
            isObject(value) &&
            'challenge' in Object(value) &&
            typeof Object(value).challenge === 'string' &&
            /^[\w-]*=*$/.test(Object(value).challenge) &&
            Object(value).challenge.replace(/=+$/, '').length % 4 !== 1 &&
            !('allowCredentials' in Object(value)),
          {
            'a challenge that is no base64url': '{"challenge":"a+/"}',
            'a challenge of one digit': '{"challenge":"A"}',
            'a challenge that is a number': '{"challenge":1}',
            'a challenge of its prototype': '{"__proto__":{"challenge":"AAAA"}}',
            'credentials that are none': '{"challenge":"AAAA","allowCredentials":[1]}',
            'credentials that are no list': '{"challenge":"AAAA","allowCredentials":{}}',
            'a credential without an id': '{"challenge":"AAAA","allowCredentials":[{}]}',
          },
        ),
      ),
    },
  },
  ...['CUSTOM_CHALLENGE', 'PASSWORD', 'PASSWORD_SRP', 'ADMIN_NO_SRP_AUTH', 'SOMETHING_NEW', '__proto__'].map(
    (name) => ({ name }),
  ),
]

type Given = Readonly<Record<string, unknown>>
/** A reply of another operation than those that ask. */
const reply = (right: Given, run: (reply: never, engine: never) => unknown, rules: Record<string, Rule>): Subject => ({
  params: ['reply'],
  args: (engine) => [right, engine],
  run,
  rules: { reply: WHOLE, ...rules },
  work: 2,
})

/** A sign-in whose service gives `replies`; a device that could not be confirmed counts as refused, and must leave nothing. */
const signInTo = async (replies: Record<string, unknown>, engine: never) => {
  const made = service(replies, { engine })
  try {
    const step = await flows.signIn(made.pool, { username: 'ada', password: 'p', flow: 'USER_PASSWORD_AUTH' })
    if (step.kind === 'signed-in' && step.device?.status === 'failed') throw step.device.error
    return step
  } catch (error) {
    made.unchanged()
    throw error
  }
}
const seconds = peer((value) => Number.isFinite(value), bad, { 'a text of digits': '3600' })
const result = (refreshed: boolean): Record<string, Rule> => ({
  'reply.AuthenticationResult': unnamed({ ...WHOLE, takes: () => false }),
  'reply.AuthenticationResult.AccessToken': text,
  'reply.AuthenticationResult.IdToken': text,
  'reply.AuthenticationResult.RefreshToken': nullable(text),
  'reply.AuthenticationResult.TokenType': nullable(text),
  'reply.AuthenticationResult.ExpiresIn': seconds,
  // A refresh confirms no device.
  ...(refreshed
    ? {
        'reply.AuthenticationResult.NewDeviceMetadata': ANYTHING,
        'reply.AuthenticationResult.NewDeviceMetadata.DeviceKey': ANYTHING,
        'reply.AuthenticationResult.NewDeviceMetadata.DeviceGroupKey': ANYTHING,
      }
    : {
        'reply.AuthenticationResult.NewDeviceMetadata': unnamed(
          peer((value) => value === undefined || value === null, bad),
        ),
        'reply.AuthenticationResult.NewDeviceMetadata.DeviceKey': deviceText,
        'reply.AuthenticationResult.NewDeviceMetadata.DeviceGroupKey': deviceText,
      }),
})
/** What is signed with has a limit of its own. */
const deviceText: Rule = { ...text, takes: isName, named: false }
const device = { NewDeviceMetadata: { DeviceKey: 'us-east-1_k', DeviceGroupKey: 'g' } }
const tokens = { AuthenticationResult: { ...TOKENS.AuthenticationResult, ...device } }
const setUp = {
  ChallengeName: 'MFA_SETUP',
  ChallengeParameters: { MFAS_CAN_SETUP: '["SOFTWARE_TOKEN_MFA"]' },
  Session: 's',
}
const api = (given: never, engine: never) => service({ any: given }, { engine }).pool
const date = nullable(
  peer(
    (value) =>
      (value instanceof Date && !Number.isNaN(value.getTime())) ||
      (typeof value === 'number' && Math.abs(value) <= 8.64e12),
    bad,
    { 'beyond all dates': 8.64e12 + 1, 'the last of them': 8.64e12 },
  ),
)

export const REPLIES: Table = {
  ...Object.fromEntries(CHALLENGES.map((asked): [string, Subject] => [`reply ${asked.name}`, challenge(asked)])),
  'reply InitiateAuth': reply(
    tokens,
    (given, engine) => signInTo({ InitiateAuth: given, ConfirmDevice: {} }, engine),
    result(false),
  ),
  'reply RespondToAuthChallenge': reply(
    tokens,
    async (given, engine) => {
      const made = service(
        {
          InitiateAuth: { ChallengeName: 'SMS_MFA', ChallengeParameters: {} },
          RespondToAuthChallenge: given,
          ConfirmDevice: {},
        },
        { engine },
      )
      const step = await flows.signIn(made.pool, { username: 'ada', password: 'p', flow: 'USER_PASSWORD_AUTH' })
      if (step.kind !== 'code') throw new Error(step.kind)
      try {
        const end = await step.answer('1')
        if (end.kind === 'signed-in' && end.device?.status === 'failed') throw end.device.error
      } catch (error) {
        made.unchanged()
        // What could not be read was not taken: the step is still there.
        step.save()
        throw error
      }
    },
    result(false),
  ),
  'reply ConfirmDevice': reply(
    {},
    (given, engine) => signInTo({ InitiateAuth: tokens, ConfirmDevice: given }, engine),
    {
      reply: { ...WHOLE, takes: (value) => isObject(value) && !(value instanceof Promise) },
      'reply.UserConfirmationNecessary': nullable(peer((value) => typeof value === 'boolean', bad)),
    },
  ),
  'reply AssociateSoftwareToken': reply(
    { SecretCode: 'JBSWY3DPEHPK3PXP', Session: 's' },
    (given, engine) => signInTo({ InitiateAuth: setUp, AssociateSoftwareToken: given }, engine),
    {
      'reply.SecretCode': text,
      'reply.Session': nullable(text),
    },
  ),
  'reply VerifySoftwareToken': reply(
    { Status: 'SUCCESS', Session: 's' },
    async (given, engine) => {
      const step = await signInTo(
        { ...MFA, InitiateAuth: setUp, VerifySoftwareToken: given, RespondToAuthChallenge: TOKENS },
        engine,
      )
      if (step.kind !== 'set-up-totp') throw new Error(step.kind)
      return step.answer('123456')
    },
    { 'reply.Status': { ...text, takes: (value) => value === 'SUCCESS' }, 'reply.Session': nullable(text) },
  ),
  'reply GetTokensFromRefreshToken': reply(
    TOKENS,
    (given, engine) => flows.refresh(api(given, engine), { refreshToken: 'r' }),
    result(true),
  ),
  'reply ListDevices': reply(
    {
      Devices: [
        {
          DeviceKey: 'k',
          DeviceAttributes: [{ Name: 'n', Value: 'v' }],
          DeviceCreateDate: 1,
          DeviceLastModifiedDate: 2,
          DeviceLastAuthenticatedDate: 3,
        },
      ],
    },
    (given, engine) => flows.listDevices(api(given, engine), { accessToken: 'a' }),
    {
      reply: { ...WHOLE, takes: (value) => isObject(value) && !(value instanceof Promise) },
      'reply.Devices': nullable(peer((value) => Array.isArray(value) && value.length === 0, bad)),
      'reply.Devices[]': { ...WHOLE },
      'reply.Devices[].DeviceKey': text,
      'reply.Devices[].DeviceAttributes': nullable(
        unnamed(
          peer(
            listOf((one) => isText(Object(one).Name)),
            bad,
          ),
        ),
      ),
      'reply.Devices[].DeviceAttributes[]': WHOLE,
      'reply.Devices[].DeviceAttributes[].Name': text,
      'reply.Devices[].DeviceAttributes[].Value': nullable(text),
      'reply.Devices[].DeviceCreateDate': date,
      'reply.Devices[].DeviceLastModifiedDate': date,
      'reply.Devices[].DeviceLastAuthenticatedDate': date,
      'reply.PaginationToken': nullable(text),
    },
  ),
}
