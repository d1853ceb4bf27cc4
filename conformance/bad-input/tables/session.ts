// cognito-srp-flows/session: what its functions take.
import type { SignInRequest, Step } from 'cognito-srp-flows'
import * as sessions from 'cognito-srp-flows/session'
import { ANYTHING, caller, isFunction, isText, OBJECT, optional, peer, type Rule } from '../rules.js'
import type { Subject, Table } from '../run.js'
import { flag } from './call-rows.js'
import { COOKIES, jar } from './cookies.js'
import { FLOWS } from './flows.js'
import { client, functionOf, metadata, RECORD as NAMED_OBJECT, unnamed, unnamedCall } from './pool-rules.js'
import { LONGEST, service, TEXT, TOKENS, verifier } from './service.js'

const REPLIES = { RespondToAuthChallenge: TOKENS, InitiateAuth: verifier() }
type Engine = Parameters<Subject['args']>[0]

const items = () => {
  const map = new Map<string, string>()
  return {
    getItem: (key: string) => map.get(key) ?? null,
    setItem: (key: string, value: string) => map.set(key, value),
    removeItem: (key: string) => map.delete(key),
  }
}
const locks: sessions.LocksLike = { request: (_, work) => work() }
const tabs = (): sessions.Tabs => ({ post() {}, listen: () => () => {} })
const settings = () => ({ refreshAhead: 60, clockSkew: 0, locks, tabs: tabs() })

/** Looks at what stands in the storage, and listens. Nothing is renewed: that would wait. */
async function use(session: sessions.Session): Promise<void> {
  session.subscribe(() => {})()
  await session.user()
}
/** Ahead or behind, of any length. */
const seconds = (least: number): Rule =>
  optional({ takes: (value) => Number.isFinite(value) && Number(value) >= least, refuses: () => ['RangeError'] })
/** A storage in either of its shapes: the rows below are of one of them each. */
const storageRules = (
  place: string,
  item: string,
  read: Rule = ANYTHING,
  get: Rule = functionOf('get'),
): Record<string, Rule> => ({
  [place]: unnamed(OBJECT),
  [`${place}.get${item}`]: unnamed(get),
  [`${place}.get${item}()`]: unnamed(read),
  [`${place}.set${item}`]: unnamed(functionOf('set')),
  [`${place}.set${item}()`]: ANYTHING,
  [`${place}.remove${item}`]: unnamed(functionOf('remove')),
  [`${place}.remove${item}()`]: ANYTHING,
})
/** The rule for a value in a storage: the record of a session, or nothing. */
const RECORD = peer(
  (value) => value === undefined || value === null,
  // A value that cannot even be awaited is a failure of the storage.
  () => ['bad-session', 'storage'],
)
/** A function, which then gives no record. */
const GET = peer(
  () => false,
  (value) => [isFunction(value) ? 'bad-session' : 'TypeError'],
)

const opened = (name: string, storage: () => object, item: string): Table => ({
  [name]: {
    params: ['client', 'options'],
    args: (engine) => [service(REPLIES, { engine }).client, { storage: storage(), ...settings() }],
    run: (given: never, options: never) => use(sessions.createSession(given, options)),
    rules: {
      ...unnamedCall(client({ 'client.api.call': unnamed(caller(isFunction)), 'client.api.call()': ANYTHING })),
      options: OBJECT,
      ...storageRules('options.storage', item, RECORD, GET),
      'options.refreshAhead': seconds(0),
      'options.clockSkew': seconds(Number.NEGATIVE_INFINITY),
      'options.locks': optional(caller((value) => value === false)),
      'options.locks.request': functionOf('request'),
      'options.locks.request()': ANYTHING,
      'options.tabs': optional(caller((value) => value === false)),
      'options.tabs.post': functionOf('post'),
      'options.tabs.listen': functionOf('listen'),
      'options.tabs.listen()': ANYTHING,
    },
  },
})

const sessionOf = (engine: Engine) =>
  sessions.createSession(service(REPLIES, { engine }).client, {
    storage: sessions.memoryStorage(),
    locks: false,
    tabs: false,
  })
/** A method of a session, called with the arguments of the row. */
const method = (
  params: readonly string[],
  right: readonly unknown[],
  run: (session: sessions.Session, ...args: never[]) => unknown,
  rules: Record<string, Rule>,
  work = 0,
): Subject => ({
  params,
  args: (engine) => [...right, sessionOf(engine)],
  run: (...args: unknown[]) => run(args.at(-1) as sessions.Session, ...(args.slice(0, -1) as never[])),
  rules,
  work,
})

const STEP = {
  kind: 'signed-in',
  username: 'ada',
  tokens: { accessToken: 'a.b.c', idToken: 'a.b.c', refreshToken: 'r', tokenType: 'Bearer', expiresIn: 3600 },
  device: { deviceKey: 'k', status: 'known' },
}
const signInRules = Object.entries(FLOWS.signIn?.rules ?? {}).filter(([place]) => place.startsWith('request'))

const adopting = (name: string, run: typeof sessions.adoptAmplify, storage: () => object, item: string): Table => ({
  [name]: {
    params: ['session', 'storage', 'options'],
    args: (engine) => [sessionOf(engine), storage(), { remove: true }],
    run,
    rules: {
      session: OBJECT,
      ...storageRules('storage', item),
      options: optional(NAMED_OBJECT),
      'options.remove': flag,
    },
  },
})

export const SESSION: Table = {
  ...opened('createSession', jarStorage, ''),
  ...opened('createSession#items', items, 'Item'),
  'Session.signIn': method(
    ['request'],
    [
      {
        username: 'ada',
        password: 'p',
        device: { deviceKey: 'us-east-1_k', deviceGroupKey: 'g', devicePassword: 'p' },
        ...metadata,
      },
    ],
    (session, request: SignInRequest) => session.signIn(request),
    Object.fromEntries(signInRules),
    1,
  ),
  'Session.follow': method(
    ['step', 'clockSkew'],
    [STEP, 0],
    (session, step: Step, clockSkew: number) => session.follow(step, clockSkew),
    {
      step: OBJECT,
      // Of another kind, it has an answer.
      'step.kind': unnamed({
        takes: () => false,
        refuses: (value) => [isText(value) && String(value).length > LONGEST ? 'RangeError' : 'TypeError'],
      }),
      'step.tokens': OBJECT,
      'step.tokens.accessToken': TEXT,
      'step.tokens.idToken': TEXT,
      'step.tokens.refreshToken': optional(TEXT),
      'step.tokens.tokenType': TEXT,
      'step.tokens.expiresIn': {
        takes: (value) => Number.isFinite(value) && Number(value) >= 0,
        refuses: () => ['RangeError'],
      },
      'step.device': optional(NAMED_OBJECT),
      'step.device.deviceKey': optional(TEXT),
      clockSkew: seconds(Number.NEGATIVE_INFINITY),
    },
  ),
  'Session.follow#waiting': method(
    ['step'],
    [{ kind: 'code', via: 'sms', answer: async () => STEP, save: () => 's' }],
    (session, step: Step) => session.follow(step),
    { 'step.answer': functionOf('answer'), 'step.answer()': ANYTHING },
  ),
  'Session.tokens': method(
    ['options'],
    [{ refresh: false }],
    (session, options: sessions.TokensOptions) => session.tokens(options),
    { options: optional(NAMED_OBJECT), 'options.refresh': flag },
  ),
  'Session.signOut': method(
    ['options'],
    [{ everywhere: false }],
    (session, options: sessions.SignOutOptions) => session.signOut(options),
    { options: optional(NAMED_OBJECT), 'options.everywhere': flag },
  ),
  'Session.subscribe': method(['listener'], [() => {}], (session, listener: never) => session.subscribe(listener), {
    listener: functionOf('listener'),
  }),
  'Session.user': method([], [], (session) => session.user(), {}),
  ...adopting('adoptAmplify', sessions.adoptAmplify, jarStorage, ''),
  ...adopting('adoptAmplify#items', sessions.adoptAmplify, items, 'Item'),
  ...adopting('adoptIdentityJs', sessions.adoptIdentityJs, jarStorage, ''),
  ...adopting('adoptIdentityJs#items', sessions.adoptIdentityJs, items, 'Item'),
  ...COOKIES,
  chunkedStorage: chunked('', jarStorage),
  'chunkedStorage#items': chunked('Item', items),
  memoryStorage: { params: [], args: () => [], run: sessions.memoryStorage, rules: {} },
}

function jarStorage() {
  const { get, set } = jar()
  return { get, set, remove: () => {} }
}

function chunked(item: string, storage: () => object): Subject {
  return {
    params: ['storage', 'size'],
    args: () => [storage(), 10],
    run: async (given: never, size: never) => {
      const made = sessions.chunkedStorage(given, size)
      await made.set('key', 'a value of some length')
      await made.get('key')
      await made.remove('key')
    },
    rules: {
      ...storageRules('storage', item),
      size: {
        takes: (value) => value === undefined || (Number.isInteger(value) && Number(value) > 0),
        refuses: () => ['RangeError'],
      },
    },
  }
}
