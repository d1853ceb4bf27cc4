// cognito-srp-flows: what the transports take, and what they are called with.
import type * as flows from 'cognito-srp-flows'
import { fetchApi } from 'cognito-srp-flows/fetch'
import * as sdk from 'cognito-srp-flows/sdk'
import { ANYTHING, caller, isFunction, isText, OBJECT, optional, type Rule } from '../rules.js'
import type { Subject, Table } from '../run.js'
import { ANY_OBJECT, functionOf, isObject } from './pool-rules.js'
import { TEXT } from './service.js'

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
        // JSON.stringify refuses values that JSON has no word for.
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

const number = (least: number, end: number): Rule => ({
  takes: (value) => value === undefined || (typeof value === 'number' && value >= least && value < end),
  refuses: () => ['RangeError'],
  edges: { 'the last whole one': Math.ceil(end) - 1, 'one too many': Math.ceil(end) },
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
      // Left out, the region says where the service is.
      takes: (value) => value === undefined || address(value),
      refuses: () => ['RangeError'],
      edges: {
        'a file': 'file:///x',
        'a script': 'javascript:0',
        'no host': 'http://',
        'a port': 'http://127.0.0.1:9229',
      },
    },
    'options.userPoolId': {
      takes: (value) => value === undefined || value === 'us-east-1_AbC',
      refuses: (value) => [isText(value) ? 'RangeError' : 'TypeError'],
      edges: { 'a pool of the region': 'us-east-1_AbC', 'a pool of another': 'eu-west-1_AbC' },
    },
    'options.fetch': {
      takes: (value) => value === undefined && false,
      refuses: (value) => [isFunction(value) ? 'network' : value === undefined ? 'network' : 'TypeError'],
      named: false,
    },
    'options.fetch()': { takes: () => false, refuses: () => ['network'], named: false },
    // Seconds: a timer takes less than 2^31 milliseconds.
    'options.timeout': number(0, 2 ** 31 / 1000),
    'options.attempts': {
      ...number(1, 2 ** 31),
      refuses: (value) => (value === 1 ? ['TooManyRequestsException'] : ['RangeError']),
      takes: (value) => value !== 1 && number(1, 2 ** 31).takes(value),
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

const commands = { options: optional(ANY_OBJECT), 'options.commands': optional(ANY_OBJECT) }

export const TRANSPORTS: Table = {
  fetchApi: withoutDefault,
  sdkApi: {
    params: ['client', 'options'],
    args: () => [{ send: async () => ({}) }, { commands: {} }],
    run: sdk.sdkApi,
    rules: { client: caller(() => false), ...commands },
  },
  adminSdkApi: {
    params: ['client', 'userPoolId', 'options'],
    args: () => [{ send: async () => ({}) }, 'us-east-1_AbC', { commands: {} }],
    run: sdk.adminSdkApi,
    rules: { client: caller(() => false), userPoolId: TEXT, ...commands },
  },
  ...CALLS,
}
