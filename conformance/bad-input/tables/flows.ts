// cognito-srp-flows: what its functions take.
import * as flows from 'cognito-srp-flows'
import * as lean from 'cognito-srp-flows/lean'
import { ANYTHING, caller, isText, OBJECT, optional, type Rule, SOME_TEXT } from '../rules.js'
import type { Subject, Table } from '../run.js'
import { flag, simple, unread } from './call-rows.js'
import { DEVICES } from './devices.js'
import { ENGINE, RANDOM, randomOf } from './handshake-rules.js'
import { carried, client, metadata, unnamed, unnamedCall } from './pool-rules.js'
import { type Service, service, signInTo, TEXT, TOKENS, verifier } from './service.js'
import { STEPS } from './steps.js'
import { TRANSPORTS } from './transports.js'

const dated = (value: unknown) => value instanceof Date && Math.abs(value.getUTCFullYear() - 5000) < 5000
const poolName = (value: unknown) => isText(value) && /^[a-z0-9-]{1,40}_[a-z0-9]{1,55}$/i.test(String(value))
const device = { deviceKey: 'us-east-1_k', deviceGroupKey: 'g', devicePassword: 'p' }

const signIn: Subject<[object, object, Service]> = {
  params: ['client', 'request'],
  args: (engine) => {
    const made = service({ RespondToAuthChallenge: TOKENS, InitiateAuth: verifier() }, { engine })
    return [made.client, { username: 'ada', password: 'p', device, ...metadata }, made]
  },
  run: flows.signIn,
  rules: {
    ...unnamedCall(
      client({
        'client.clientId': { ...SOME_TEXT, refuses: TEXT.refuses },
        'client.now': unnamed({
          takes: (value) => value === undefined || dated(value),
          refuses: (value) => [value instanceof Date ? 'RangeError' : 'TypeError'],
        }),
        'client.clientSecret': optional({
          ...SOME_TEXT,
          refuses: (value) => (isText(value) && value !== '' ? ['RangeError'] : ['TypeError']),
        }),
        'client.now()': unnamed({
          ...caller((value) => value instanceof Date),
          takes: dated,
        }),
        'client.engine': ENGINE,
        'client.random': RANDOM,
        'client.random()': randomOf(32),
      }),
    ),
    ...carried('request'),
    // With a client secret it goes into a MAC.
    'request.username': { ...SOME_TEXT, refuses: TEXT.refuses },
    'request.password': { ...SOME_TEXT, refuses: TEXT.refuses },
    'request.flow': {
      takes: (value) => value === undefined,
      refuses: (value) => (isText(value) && value !== '' ? ['RangeError'] : ['TypeError']),
    },
    'request.preferredChallenge': optional(TEXT),
    'request.session': optional(TEXT),
    'request.allowPlainPassword': flag,
    'request.device': optional(OBJECT),
    'request.device.deviceKey': TEXT,
    'request.device.deviceGroupKey': TEXT,
    'request.device.devicePassword': TEXT,
    'request.deviceName': optional(TEXT),
    'request.acrValues': optional(TEXT),
    'request.acrValues[]': TEXT,
    'request.maxAge': optional({
      takes: (value) => Number.isSafeInteger(value) && Number(value) >= 0,
      refuses: () => ['RangeError'],
      edges: { 'the last whole number': Number.MAX_SAFE_INTEGER },
    }),
    'request.accessToken': optional(TEXT),
  },
  after: (_: string, _pool: unknown, _request: unknown, made: Service) => made.unchanged(),
  // A, which goes out before the service says anything.
  work: 1,
}

const resumed: Subject = {
  params: ['client', 'saved'],
  args: async (engine) => {
    const made = service(
      { InitiateAuth: { ChallengeName: 'SMS_MFA', ChallengeParameters: {}, Session: 's' } },
      { engine },
    )
    const step = (await signInTo(made)) as unknown as flows.PendingStep
    return [made.client, step.save()]
  },
  run: flows.resume,
  rules: {
    ...unnamedCall(
      client({
        ...unread,
        'client.userPoolId': {
          ...TEXT,
          takes: () => false,
          refuses: (value) =>
            poolName(value) ? ['wrong-pool'] : isText(value) && value !== '' ? ['RangeError'] : ['TypeError'],
          named: false,
        },
      }),
    ),
    'client.clientId': {
      ...TEXT,
      takes: () => false,
      refuses: (value) => (TEXT.takes(value) ? ['wrong-pool'] : TEXT.refuses(value)),
      named: false,
    },
    saved: { takes: () => false, refuses: (value) => [isText(value) ? 'bad-saved-step' : 'TypeError'], named: false },
  },
}

/** Any object names challenges, if only none. */
const named: Rule = { takes: (value) => Object(value) === value, refuses: () => ['TypeError'] }

/** Put the named challenges before the arguments of a function: a handler that is not one counts as absent. */
const withChallenges = ({ params, args, run, rules, ...subject }: Subject, handlers: lean.Challenges): Subject => ({
  ...subject,
  params: ['challenges', ...params],
  args: async (engine) => [handlers, ...(await args(engine))],
  run,
  rules: { ...rules, challenges: named, 'challenges{}': ANYTHING },
  ...(subject.after && {
    after: (name: string, _: unknown, ...rest: never[]) =>
      (subject.after as (...all: unknown[]) => unknown)(name, ...rest),
  }),
})
export const FLOWS: Table = {
  signIn: signIn as unknown as Subject,
  signInWith: withChallenges(
    { ...(signIn as unknown as Subject), run: lean.signInWith as never },
    { ...lean.passwordProofs, ...lean.deviceProofs },
  ),
  ...STEPS,
  resume: resumed,
  resumeWith: withChallenges({ ...resumed, run: lean.resumeWith as never }, lean.codes),
  refresh: simple(
    flows.refresh,
    { AuthenticationResult: TOKENS.AuthenticationResult },
    { refreshToken: 'r', username: 'ada', ...metadata },
    {
      ...carried('request'),
      'request.refreshToken': TEXT,
      'request.username': optional(TEXT),
      'request.deviceKey': optional(TEXT),
      'request.flow': {
        takes: (value) => value === undefined || value === 'REFRESH_TOKEN_AUTH' || value === 'REFRESH_TOKEN',
        refuses: () => ['RangeError'],
        edges: { 'the older call': 'REFRESH_TOKEN_AUTH', 'its other name': 'REFRESH_TOKEN' },
      },
    },
  ),
  ...DEVICES,
  ...TRANSPORTS,
}
