// cognito-user-pool-emulator: its functions, its options, and the methods of a pool.
import * as emulator from 'cognito-user-pool-emulator'
import { caller, isBytes, isText, OBJECT, optional, peer, type Rule } from '../rules.js'
import type { Subject, Table } from '../run.js'
import {
  client,
  flag,
  functions,
  hex,
  host,
  hostRight,
  list,
  needing,
  partOfKey,
  pool,
  required,
  seed,
  settings,
  size,
  text,
  user,
  verifierHex,
  whole,
  words,
} from './pool-options.js'

const post = (operation: string, body: unknown): Request =>
  new Request('http://pool.test/', {
    method: 'POST',
    headers: { 'x-amz-target': `AWSCognitoIdentityProviderService.${operation}` },
    body: JSON.stringify(body),
  })
const initiate = () =>
  post('InitiateAuth', { AuthFlow: 'USER_AUTH', ClientId: 'web', AuthParameters: { USERNAME: 'ada' } })

/** Send a sign-in to a pool. An error of the emulator's own is thrown, so that the table judges it. */
async function talk(made: emulator.UserPool): Promise<unknown> {
  const response = await made.handle(initiate())
  const body = (await response.json()) as { message?: string }
  if (response.status === 500) throw new TypeError(body.message)
  return body
}
const create = (given: never): emulator.UserPool => emulator.createUserPool(given)
const creating = (args: object, rules: Record<string, Rule>, run: Subject['run'] = create): Subject => ({
  params: ['options'],
  args: (engine) => [{ ...args, ...hostRight, engine }],
  run,
  rules,
})
const DATES = peer(
  (value) => value instanceof Date && !Number.isNaN(value.getTime()),
  () => ['TypeError', 'RangeError'],
)
const BYTES = peer(
  (value) => isBytes(value) && false,
  () => ['TypeError', 'RangeError'],
)

const madePool = () => emulator.createUserPool({ clients: [{ clientId: 'web' }] })
const method = (
  params: string[],
  right: unknown[],
  run: (made: emulator.UserPool, ...args: never[]) => unknown,
  rules: Record<string, Rule>,
): Subject => ({
  params,
  args: () => [...right, madePool()],
  run: (...args: never[]) => run(args.at(-1) as unknown as emulator.UserPool, ...args.slice(0, -1)),
  rules,
})
const close = async (server: unknown): Promise<void> => (server as emulator.Server).close()

export const EMULATOR: Table = {
  createUserPool: creating(seed, {
    options: needing,
    'options.clients': list(() => false),
    ...required('options.groups[].name', text()),
    ...required('options.clients[].clientId', text(/^[\w+]{1,128}$/)),
    ...client,
    ...user,
    ...pool,
    ...required('options.deviceTracking.mode', words('off', 'opt-in', 'always')),
    ...required('options.mfa.mode', words('OFF', 'OPTIONAL', 'ON')),
    // Only the members of one key fit each other; a member that is missing is a TypeError of its own but for kty.
    'options.signingKey.kty': { ...partOfKey, takes: (value) => value === 'RSA' },
    'options.signingKey.n': partOfKey,
    'options.signingKey.e': partOfKey,
    'options.signingKey.d': { ...partOfKey, takes: (value) => isText(value) && value !== '' && size(value) <= 65_536 },
    ...host,
  }),
  'createUserPool#verifier': creating(
    { clients: seed.clients, users: [{ username: 'ada', salt: 'ab', verifier: '1234' }] },
    { ...required('options.users[].salt', hex), ...required('options.users[].verifier', verifierHex) },
  ),
  'createUserPool#preferred': creating(
    { clients: seed.clients, users: [{ username: 'ada', mfa: { email: true } }] },
    {
      'options.users[].mfa.preferred': {
        ...optional(words('EMAIL_OTP')),
        edges: { 'a method that is on': 'EMAIL_OTP', 'a method that is off': 'SMS_MFA' },
      },
    },
  ),
  'createUserPool#in use': creating(
    seed,
    { 'options.clock()': DATES, 'options.random()': BYTES },
    async (given: never) => talk(create(given)),
  ),
  restoreUserPool: {
    params: ['snapshot', 'options'],
    args: (engine) => [madePool().snapshot(), { ...hostRight, engine }],
    run: emulator.restoreUserPool,
    // Its clock and its random bytes are first asked when it is used.
    rules: {
      snapshot: OBJECT,
      options: optional(settings),
      ...host,
      'options.clock': optional(functions),
      'options.random': optional(functions),
    },
  },
  'restoreUserPool#in use': {
    params: ['snapshot', 'options'],
    args: (engine) => [madePool().snapshot(), { ...hostRight, engine }],
    run: async (snapshot: never, options: never) => talk(emulator.restoreUserPool(snapshot, options)),
    rules: { 'options.clock()': DATES, 'options.random()': BYTES },
  },
  serve: {
    params: ['pool', 'options'],
    args: () => [madePool(), { port: 0, host: '127.0.0.1', allowedHosts: ['app.example'] }],
    run: emulator.serve,
    dispose: close,
    rules: {
      pool: OBJECT,
      'pool.handle': functions,
      options: { ...optional(settings), few: 3 },
      // Ports that are free or taken are the machine's: only invalid ones are tried.
      'options.port': {
        ...optional(whole(0, 65_535)),
        edges: { 'below the least': -1, 'above the most': 65_536 },
        few: 1,
      },
      'options.allowRemote': { ...optional(flag), few: 1 },
      'options.allowedHosts': { ...optional(list()), few: 1 },
      'options.allowedHosts[]': { ...text(), few: 1 },
      // Names go to the resolver: none is asked here.
      'options.host': {
        takes: (value) => value === undefined || (isText(value) && value !== '' && size(value) <= 65_536),
        refuses: text().refuses,
        few: 1,
      },
    },
  },
  'UserPool.handle': method(['request'], [initiate()], (made, request: never) => made.handle(request), {
    request: OBJECT,
  }),
  'UserPool.confirmUser': method(
    ['username', 'userPoolId'],
    ['ada', 'us-east-1_Emulator0'],
    (_, username: never, userPoolId: never) =>
      emulator
        .createUserPool({ clients: [{ clientId: 'web' }], users: [{ username: 'ada' }] })
        .confirmUser(username, userPoolId),
    {
      username: { takes: () => false, refuses: () => ['TypeError', 'RangeError'] },
      userPoolId: { takes: (value) => value === undefined, refuses: () => ['TypeError', 'RangeError'], named: false },
    },
  ),
  'UserPool.onExchange': method(['listener'], [() => undefined], (made, listener: never) => made.onExchange(listener), {
    listener: functions,
  }),
  'Outbox.last': method(['recipient'], ['ada'], (made, name: never) => made.outbox.last(name), {
    recipient: optional(caller(isText, (value) => size(value) <= 65_536)),
  }),
  'Outbox.onMessage': method(
    ['listener'],
    [() => undefined],
    (made, listener: never) => made.outbox.onMessage(listener),
    { listener: functions },
  ),
  'Faults.add': {
    ...method(
      ['fault'],
      [{ kind: 'throttle', operation: 'InitiateAuth', challenge: 'SMS_MFA', after: 0, times: 1 }],
      (made, fault: never) => made.faults.add(fault),
      {
        fault: OBJECT,
        ...required('fault.kind', words(...emulator.FAULT_KINDS)),
        'fault.operation': optional(text()),
        'fault.challenge': optional(text()),
        'fault.after': optional(whole(0, Number.MAX_SAFE_INTEGER)),
        'fault.times': optional(whole(0, Number.MAX_SAFE_INTEGER)),
      },
    ),
    after: (_: string, ...args: unknown[]) => {
      if ((args.at(-1) as emulator.UserPool).faults.pending.length > 0) throw new Error('the fault was added')
    },
  },
}
