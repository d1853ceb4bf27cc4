// cognito-srp-flows: what its functions and the steps' methods take.
import * as flows from 'cognito-srp-flows'
import { fetchApi } from 'cognito-srp-flows/fetch'
import * as sdk from 'cognito-srp-flows/sdk'
import { type Counted, countingEngine } from '../engine.js'
import { ANYTHING, caller, isFunction, isText, OBJECT, optional, peer, type Rule, SOME_TEXT } from '../rules.js'
import type { Subject, Table } from '../run.js'
import { ENGINE, RANDOM, randomOf } from './handshake.js'
import { LONGEST, type Service, service, signInTo, TEXT, TOKENS, verifier } from './service.js'

const isObject = (value: unknown): boolean => Object(value) === value
const ANY_OBJECT: Rule = caller(isObject)
const BAD_REPLY: Rule = peer(
  () => false,
  () => ['bad-reply'],
)
const unnamed = (rule: Rule): Rule => ({ ...rule, named: false })

/** What the pool holds, as every function wants it; `srp` for those that sign. */
const pool = (more: Record<string, Rule> = {}): Record<string, Rule> => ({
  pool: OBJECT,
  'pool.api': caller(() => false),
  'pool.api.call': peer(
    () => false,
    (value) => [isFunction(value) ? 'bad-reply' : 'TypeError'],
  ),
  'pool.api.call()': BAD_REPLY,
  'pool.userPoolId': TEXT,
  'pool.clientId': TEXT,
  'pool.clientSecret': optional(TEXT),
  'pool.devices': optional(caller(() => false)),
  'pool.now': { ...caller(isFunction), takes: (value) => !value || isFunction(value) },
  'pool.now()': ANYTHING,
  'pool.engine': ANYTHING,
  'pool.random': ANYTHING,
  'pool.random()': ANYTHING,
  ...more,
})
const unnamedCall = (rules: Record<string, Rule>): Record<string, Rule> =>
  Object.fromEntries(Object.entries(rules).map(([path, rule]) => [path, path.includes('.api') ? unnamed(rule) : rule]))

/** What travels with a request; `signal` is for the transport to look at. */
const carried = (place: string): Record<string, Rule> => ({
  [place]: OBJECT,
  [`${place}.signal`]: ANYTHING,
  [`${place}.clientMetadata`]: optional(ANY_OBJECT),
  [`${place}.clientMetadata{}`]: ANYTHING,
  [`${place}.analyticsMetadata`]: optional(ANY_OBJECT),
  [`${place}.userContextData`]: optional(ANY_OBJECT),
})
const metadata = { clientMetadata: { a: 'b' }, analyticsMetadata: {}, userContextData: {} }
const options: Record<string, Rule> = { ...carried('options'), options: optional(ANY_OBJECT) }

const dated = (value: unknown) => value instanceof Date && Math.abs(value.getUTCFullYear() - 5000) < 5000
const poolName = (value: unknown) => isText(value) && /^[a-z0-9-]{1,40}_[a-z0-9]{1,55}$/i.test(String(value))

const signIn: Subject<[object, object, Service]> = {
  params: ['pool', 'request'],
  args: (engine) => {
    const made = service({ RespondToAuthChallenge: TOKENS, InitiateAuth: verifier() }, { engine })
    return [made.pool, { username: 'ada', password: 'p', ...metadata }, made]
  },
  run: flows.signIn,
  rules: {
    ...unnamedCall(
      pool({
        'pool.userPoolId': { ...TEXT, takes: poolName },
        'pool.clientId': { ...SOME_TEXT, refuses: TEXT.refuses },
        'pool.now': unnamed({ takes: (value) => !value, refuses: () => ['TypeError'] }),
        'pool.clientSecret': optional({
          ...SOME_TEXT,
          refuses: (value) => (isText(value) && value !== '' ? ['RangeError'] : ['TypeError']),
        }),
        'pool.now()': unnamed({
          ...caller((value) => value instanceof Date),
          takes: (value) => value === undefined || dated(value),
        }),
        'pool.engine': ENGINE,
        'pool.random': RANDOM,
        'pool.random()': randomOf(32),
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
  },
  after: (_: string, _pool: unknown, _request: unknown, made: Service) => made.unchanged(),
  // A, which goes out before the service says anything.
  work: 1,
}

const token = { accessToken: 'a.b.c', deviceKey: 'k' }
const simple = (
  run: (...args: never[]) => unknown,
  reply: object,
  right: object,
  rules: Record<string, Rule>,
): Subject => ({
  params: ['pool', 'request'],
  args: (engine) => [service({ any: reply }, { engine }).pool, right],
  run,
  rules: { ...unnamedCall(pool()), request: OBJECT, 'request.signal': ANYTHING, ...rules },
})
/** The reply says nothing that anybody reads. */
const unread = { 'pool.api.call': unnamed(caller(isFunction)), 'pool.api.call()': ANYTHING }

/** A step, and the service it stands in. */
interface Asked {
  readonly step: { answer(...args: unknown[]): Promise<flows.Step> }
  readonly made: Service
  readonly right: readonly unknown[]
}
interface StepOf {
  readonly name: string
  readonly parameters?: Record<string, string>
  readonly more?: object
  readonly params: readonly string[]
  readonly right: readonly unknown[]
  readonly rules: Record<string, Rule>
  readonly others?: Record<string, unknown>
}
const stepOf = ({ name, parameters = {}, more = {}, params, right, rules, others = {} }: StepOf): Subject =>
  ({
    params: [...params, 'options'],
    args: async (engine: Counted) => {
      const made = service(
        {
          ...others,
          InitiateAuth: { ChallengeName: name, ChallengeParameters: parameters, Session: 's', ...more },
          RespondToAuthChallenge: TOKENS,
        },
        { engine },
      )
      const step = await signInTo(made)
      const all = [...right, { ...metadata, password: 'p', deviceName: 'd' }]
      return [...all, { step, made, right: all }]
    },
    run: (...args: unknown[]) => (args.at(-1) as Asked).step.answer(...args.slice(0, -1)),
    rules: { ...options, ...rules },
    // Nothing went out, and the step takes the right answer.
    after: async (_: string, ...args: unknown[]) => {
      const { step, made, right: all } = args.at(-1) as Asked
      made.unchanged()
      await step.answer(...all)
    },
  }) as unknown as Subject

const choice: Rule = { takes: () => false, refuses: () => ['RangeError'] }
const someText = (name: string, place: string): Pick<StepOf, 'name' | 'params' | 'right' | 'rules'> => ({
  name,
  params: [place],
  right: ['123456'],
  rules: { [place]: TEXT },
})
const totp = {
  AssociateSoftwareToken: { SecretCode: 'JBSWY3DPEHPK3PXP', Session: 's' },
  VerifySoftwareToken: { Status: 'SUCCESS', Session: 's' },
}
const setUp = (factors: string): Pick<StepOf, 'name' | 'parameters' | 'others'> => ({
  name: 'MFA_SETUP',
  parameters: { MFAS_CAN_SETUP: factors },
  others: totp,
})
const factor: Pick<StepOf, 'name' | 'more'> = {
  name: 'SELECT_CHALLENGE',
  more: { AvailableChallenges: ['PASSWORD', 'EMAIL_OTP'] },
}
const noHalves = (value: unknown) => TEXT.takes(value) && !/\p{Surrogate}/u.test(String(value))
const UNICODE: Rule = { ...TEXT, takes: noHalves }

const STEPS: Table = {
  'CodeStep.answer': stepOf(someText('SMS_MFA', 'code')),
  'CustomStep.answer': stepOf(someText('CUSTOM_CHALLENGE', 'answer')),
  'PasswordStep.answer': stepOf(someText('PASSWORD', 'password')),
  'SetUpEmailStep.answer': stepOf({ ...someText('MFA_SETUP', 'email'), ...setUp('["EMAIL_OTP"]') }),
  'SetUpTotpStep.answer': stepOf({
    ...someText('MFA_SETUP', 'code'),
    ...setUp('["SOFTWARE_TOKEN_MFA"]'),
    rules: { code: TEXT, 'options.deviceName': optional(TEXT) },
  }),
  'ChooseMfaStep.answer': stepOf({
    name: 'SELECT_MFA_TYPE',
    parameters: { MFAS_CAN_CHOOSE: '["SMS_MFA"]' },
    params: ['choice'],
    right: ['SMS_MFA'],
    rules: { choice },
  }),
  'ChooseMfaSetupStep.answer': stepOf({
    ...setUp('["SOFTWARE_TOKEN_MFA","EMAIL_OTP"]'),
    params: ['choice'],
    right: ['SOFTWARE_TOKEN_MFA'],
    rules: { choice },
  }),
  'ChooseFactorStep.answer': stepOf({
    ...factor,
    params: ['choice'],
    right: ['PASSWORD'],
    rules: { choice, options: unnamed({ ...OBJECT }), 'options.password': TEXT },
  }),
  'PasskeyStep.answer': stepOf({
    name: 'WEB_AUTHN',
    parameters: { CREDENTIAL_REQUEST_OPTIONS: '{"challenge":"AAAA"}' },
    params: ['credential'],
    right: ['{}'],
    rules: { credential: TEXT },
  }),
  'NewPasswordStep.answer': stepOf({
    name: 'NEW_PASSWORD_REQUIRED',
    parameters: { requiredAttributes: '["userAttributes.email"]', userAttributes: '{}' },
    params: ['newPassword', 'attributes'],
    right: ['new', { email: 'a@b.c' }],
    rules: { newPassword: TEXT, attributes: unnamed(OBJECT), 'attributes{}': unnamed(TEXT) },
  }),
  'OtherStep.answer': stepOf({
    name: 'SOMETHING_NEW',
    params: ['responses'],
    right: [{ ANSWER: '1' }],
    rules: {
      // An object without members is an answer too; one with members that are no texts is not.
      responses: {
        takes: (value) =>
          isObject(value) &&
          !Array.isArray(value) &&
          !ArrayBuffer.isView(value) &&
          !isFunction(value) &&
          Object.values(Object(value)).every((member) => TEXT.takes(member)),
        refuses: () => ['TypeError', 'RangeError'],
        named: false,
      },
      'responses{}': { ...unnamed(TEXT), absent: true },
    },
  }),
  'SetUpTotpStep.uri': {
    params: ['issuer', 'account'],
    args: async (engine) => [
      'App',
      'ada',
      await signInTo(
        service(
          {
            ...totp,
            InitiateAuth: {
              ChallengeName: 'MFA_SETUP',
              ChallengeParameters: { MFAS_CAN_SETUP: '["SOFTWARE_TOKEN_MFA"]' },
              Session: 's',
            },
          },
          { engine },
        ),
      ),
    ],
    run: (issuer: never, account: never, step: flows.SetUpTotpStep) => step.uri(issuer, account),
    rules: { issuer: UNICODE, account: optional(UNICODE) },
  },
}

const functionOf = (name: string): Rule => ({ ...caller(isFunction), edges: { [`${name} as a text`]: name } })
const storage = () => {
  const map = new Map<string, string>()
  return {
    get: async (key: string) => map.get(key),
    set: async (key: string, value: string) => map.set(key, value),
    remove: async (key: string) => map.delete(key),
  }
}
const webStorage = () => ({ getItem: (): string | null => null, setItem: () => undefined, removeItem: () => undefined })
/** A sign-in that looks into the store, and writes to it. */
const signInWith = async (devices: flows.DeviceStore) => {
  const made = service({ RespondToAuthChallenge: TOKENS, InitiateAuth: verifier() }, { engine: countingEngine() })
  return flows.signIn({ ...made.pool, devices }, { username: 'ada', password: 'p' })
}

const CALLS: Table = Object.fromEntries(
  [
    [
      'fetch',
      () =>
        fetchApi({
          region: 'us-east-1',
          fetch: async () => ({ status: 200, headers: new Headers(), text: async () => '{}' }),
        }),
    ] as const,
    ['sdk', () => sdk.sdkApi({ send: async () => ({}) })] as const,
    ['admin', () => sdk.adminSdkApi({ send: async () => ({}) }, 'us-east-1_AbC')] as const,
  ].map(([name, make]): [string, Subject] => [
    `CognitoApi.call#${name}`,
    {
      params: ['operation', 'input', 'signal'],
      args: () => ['InitiateAuth', { ClientId: 'x' }, new AbortController().signal],
      run: (...args: never[]) => make().call(...(args as unknown as Parameters<flows.CognitoApi['call']>)),
      rules: {
        operation:
          name === 'fetch'
            ? TEXT
            : {
                ...TEXT,
                takes: () => false,
                refuses: (value) => (TEXT.takes(value) ? ['RangeError'] : TEXT.refuses(value)),
              },
        input: {
          takes: (value) =>
            isObject(value) && !Array.isArray(value) && !ArrayBuffer.isView(value) && !isFunction(value),
          refuses: () => ['TypeError'],
        },
        // What JSON has no word for is refused by JSON.stringify.
        'input{}': {
          ...ANYTHING,
          takes: (value) => name !== 'fetch' || typeof value !== 'bigint',
          refuses: () => ['TypeError'],
          named: false,
          few: 30,
        },
        signal: {
          takes: (value) => value === undefined || (name !== 'fetch' && isObject(value)),
          refuses: () => ['TypeError'],
        },
      },
    },
  ]),
)

const timer = (least: number): Rule => ({
  takes: (value) => value === undefined || (typeof value === 'number' && value >= least && value < 2 ** 31),
  refuses: () => ['RangeError'],
  edges: { '2^31 - 1': 2 ** 31 - 1, '2^31': 2 ** 31 },
})
const address = (value: unknown) => isText(value) && /^https?:\/\/\S+$/.test(String(value))
const http: Subject = {
  params: ['options'],
  // Throttled once, so that `wait` and `attempts` have something to do.
  args: () => {
    let count = 0
    const throttled = { status: 429, headers: new Headers(), text: async () => '{"__type":"TooManyRequestsException"}' }
    const fine = { status: 200, headers: new Headers(), text: async () => '{}' }
    return [
      {
        region: 'us-east-1',
        fetch: async () => (count++ === 0 ? throttled : fine),
        timeout: 0,
        attempts: 2,
        wait: async () => undefined,
      },
    ]
  },
  run: (given: never) => fetchApi(given).call('InitiateAuth', {}),
  rules: {
    options: { ...OBJECT, refuses: () => ['TypeError', 'RangeError'] },
    'options.region': { takes: () => false, refuses: () => ['RangeError'] },
    'options.endpoint': {
      absent: true,
      takes: address,
      refuses: () => ['RangeError'],
      edges: {
        'a file': 'file:///x',
        'a script': 'javascript:0',
        'no host': 'http://',
        'a port': 'http://127.0.0.1:9229',
      },
    },
    'options.fetch': {
      takes: (value) => value === undefined && false,
      refuses: (value) => [isFunction(value) ? 'network' : value === undefined ? 'network' : 'TypeError'],
      named: false,
    },
    'options.fetch()': { takes: () => false, refuses: () => ['network'], named: false },
    'options.timeout': timer(0),
    'options.attempts': {
      ...timer(1),
      refuses: (value) => (value === 1 ? ['TooManyRequestsException'] : ['RangeError']),
      takes: (value) => value !== 1 && timer(1).takes(value),
      named: true,
    },
    'options.wait': optional(functionOf('wait')),
    'options.wait()': ANYTHING,
  },
}
// Left out, the platform's own fetch would go to the network.
const withoutDefault: Subject = {
  ...http,
  rules: {
    ...http.rules,
    'options.fetch': { ...http.rules['options.fetch'], takes: (value) => value === undefined, few: 0 } as Rule,
  },
}

export const FLOWS: Table = {
  signIn: signIn as unknown as Subject,
  ...STEPS,
  resume: {
    params: ['pool', 'saved'],
    args: async (engine) => {
      const made = service(
        { InitiateAuth: { ChallengeName: 'SMS_MFA', ChallengeParameters: {}, Session: 's' } },
        { engine },
      )
      const step = (await signInTo(made)) as unknown as flows.PendingStep
      return [made.pool, step.save()]
    },
    run: flows.resume,
    rules: {
      ...unnamedCall(
        pool({
          ...unread,
          'pool.userPoolId': {
            ...TEXT,
            takes: () => false,
            refuses: (value) => (TEXT.takes(value) ? ['wrong-pool'] : TEXT.refuses(value)),
            named: false,
          },
        }),
      ),
      'pool.clientId': {
        ...TEXT,
        takes: () => false,
        refuses: (value) => (TEXT.takes(value) ? ['wrong-pool'] : TEXT.refuses(value)),
        named: false,
      },
      saved: { takes: () => false, refuses: (value) => [isText(value) ? 'bad-saved-step' : 'TypeError'], named: false },
    },
  },
  refresh: simple(
    flows.refresh,
    { AuthenticationResult: TOKENS.AuthenticationResult },
    { refreshToken: 'r', username: 'ada', ...metadata },
    {
      ...carried('request'),
      'request.refreshToken': TEXT,
      'request.username': optional(TEXT),
      'request.deviceKey': optional(TEXT),
      'request.flow': { takes: (value) => value === undefined, refuses: () => ['RangeError'] },
    },
  ),
  rememberDevice: simple(
    flows.rememberDevice,
    {},
    { ...token, remember: true },
    {
      ...unnamedCall(pool(unread)),
      'request.accessToken': TEXT,
      'request.deviceKey': TEXT,
      'request.remember': optional(caller((value) => typeof value === 'boolean')),
    },
  ),
  forgetDevice: simple(flows.forgetDevice, {}, token, {
    ...unnamedCall(pool(unread)),
    'request.accessToken': TEXT,
    'request.deviceKey': TEXT,
  }),
  listDevices: simple(flows.listDevices, { Devices: [] }, token, {
    // A reply without devices is one of none.
    'pool.api.call()': unnamed(
      peer(
        (value) =>
          isObject(value) &&
          !Array.isArray(value) &&
          !ArrayBuffer.isView(value) &&
          !isFunction(value) &&
          !(value instanceof Promise),
        () => ['bad-reply'],
      ),
    ),
    'request.accessToken': TEXT,
  }),
  deviceStore: {
    params: ['storage'],
    args: () => [storage()],
    run: (given: never) => signInWith(flows.deviceStore(given)),
    rules: {
      storage: OBJECT,
      'storage.get': functionOf('get'),
      // What is no record counts as none.
      'storage.get()': ANYTHING,
      'storage.set': functionOf('set'),
      'storage.set()': ANYTHING,
      'storage.remove': functionOf('remove'),
      'storage.remove()': ANYTHING,
    },
  },
  webStorageDeviceStore: {
    params: ['storage'],
    args: () => [webStorage()],
    run: (given: never) => signInWith(flows.webStorageDeviceStore(given)),
    rules: {
      storage: OBJECT,
      'storage.getItem': functionOf('getItem'),
      'storage.getItem()': ANYTHING,
      'storage.setItem': functionOf('setItem'),
      'storage.removeItem': functionOf('removeItem'),
    },
  },
  fetchApi: withoutDefault,
  sdkApi: {
    params: ['client'],
    args: () => [{ send: async () => ({}) }],
    run: sdk.sdkApi,
    rules: { client: caller(() => false) },
  },
  adminSdkApi: {
    params: ['client', 'userPoolId'],
    args: () => [{ send: async () => ({}) }, 'us-east-1_AbC'],
    run: sdk.adminSdkApi,
    rules: { client: caller(() => false), userPoolId: TEXT },
  },
  ...CALLS,
}
export { LONGEST }
