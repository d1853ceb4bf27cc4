// cognito-srp-flows: what the service asks. Every field of every challenge, from a service that lies in one of them.
import * as flows from 'cognito-srp-flows'
import { isText, peer, type Rule } from '../rules.js'
import type { Subject, Table } from '../run.js'
import {
  B,
  BLOCK,
  bad,
  isName,
  isObject,
  json,
  member,
  NAME,
  nullable,
  SALT,
  spare,
  text,
  textMap,
  texts,
  unnamed,
  WHOLE,
} from './reply-rules.js'
import { MFA, service, TOKENS, verifier } from './service.js'

/**
 * Rules for the fields that every challenge may have. `AuthenticationResult` counts where it is there: it is put in a
 * reply of its own.
 */
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
  /** The service's reply before this one, to the sign-in itself. */
  readonly first?: object
}

/** The record of a device that signed in before. */
const DEVICE = { deviceKey: 'us-east-1_k', deviceGroupKey: 'g', devicePassword: 'p' }

/** The reply to a sign-in is a challenge: what `InitiateAuth` and `RespondToAuthChallenge` say is read by the same code. */
const challenge = ({ name, first, parameters = {}, more = {}, rules = {}, needs, replies = {} }: Asked): Subject => ({
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
    const device = name.startsWith('DEVICE_') ? { ada: DEVICE } : {}
    const said = first ? [first, reply] : [reply]
    const made = service({ RespondToAuthChallenge: TOKENS, ...replies }, { engine, device, first: said })
    try {
      return await flows.signIn(made.client, {
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
  // An A of the handshake's, and one of the device's.
  work: first ? 2 : 1,
})

const WORDS = (value: unknown): boolean => Array.isArray(value) && value.every(isText)

/** It is signed with: no name at all is refused by the handshake. */
const USER_ID: Rule = {
  ...NAME,
  absent: false,
  takes: (value) => isName(value) && value !== '',
  refuses: (value) => [value === '' ? 'invalid-encoding' : 'bad-reply'],
}

const HANDSHAKE = { SALT, SRP_B: B, SECRET_BLOCK: BLOCK }
const { ChallengeParameters } = verifier() as { ChallengeParameters: object }

const ASKED: readonly Asked[] = [
  {
    name: 'PASSWORD_VERIFIER',
    parameters: ChallengeParameters,
    needs: true,
    rules: { USERNAME: NAME, USER_ID_FOR_SRP: USER_ID, ...HANDSHAKE },
  },
  {
    name: 'DEVICE_SRP_AUTH',
    replies: { RespondToAuthChallenge: TOKENS },
    rules: {
      // Another user's name: there is no record of this device for that one.
      USERNAME: {
        ...NAME,
        takes: (value) => value === '' || value === 'ada',
        refuses: (value) => [isName(value) ? 'device-lost' : 'bad-reply'],
      },
    },
  },
  {
    name: 'DEVICE_PASSWORD_VERIFIER',
    first: { ChallengeName: 'DEVICE_SRP_AUTH', ChallengeParameters: { USERNAME: 'ada' }, Session: 's' },
    parameters: ChallengeParameters,
    needs: true,
    rules: HANDSHAKE,
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
            'invalid credentials': '{"challenge":"AAAA","allowCredentials":[1]}',
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

export const CHALLENGES: Table = Object.fromEntries(
  ASKED.map((asked): [string, Subject] => [`reply ${asked.name}`, challenge(asked)]),
)
