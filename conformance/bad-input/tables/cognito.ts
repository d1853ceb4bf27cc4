// @srp6a/srp/cognito, and `@srp6a/srp/testing` of it.
import * as cognito from '@srp6a/srp/cognito'
import * as testing from '@srp6a/srp/testing'
import { ANYTHING, base64, bytes, bytesOf, isText, OBJECT, peer, type Rule, SOME_TEXT, TEXT } from '../rules.js'
import type { Subject, Table } from '../run.js'
import {
  type Begun,
  BLOCK,
  begun,
  credentials,
  DATE,
  device,
  LENGTH,
  PARAMETERS,
  POOL_ID,
  PUBLIC,
  record,
  right,
  SALT,
  USER_ID,
  whose,
} from './cognito-rules.js'
import { options } from './handshake-rules.js'

const answerUser: Subject = {
  params: ['values'],
  args: (engine) => {
    const sides = begun(engine)
    return [sides.user, sides]
  },
  run: (values: never, { client }: Begun) => client.answerUser(values),
  rules: {
    values: OBJECT,
    'values.userPoolId': POOL_ID,
    'values.password': TEXT,
    ...PARAMETERS,
    'values.challenge.USER_ID_FOR_SRP': USER_ID,
  },
  after: (_: string, values: never, { client }: Begun) => client.answerUser(values),
}
const answerDevice: Subject = {
  params: ['values'],
  args: (engine) => {
    const { client, user } = begun(engine)
    const { SALT, SRP_B, SECRET_BLOCK } = user.challenge
    return [{ ...device, devicePassword: 'p', challenge: { SALT, SRP_B, SECRET_BLOCK }, now: user.now }, client]
  },
  run: (values: never, client: cognito.CognitoClient) => client.answerDevice(values),
  rules: {
    values: OBJECT,
    'values.deviceGroupKey': TEXT,
    'values.deviceKey': TEXT,
    'values.devicePassword': TEXT,
    ...PARAMETERS,
    'values.challenge.USER_ID_FOR_SRP': ANYTHING,
  },
  after: (_: string, values: never, client: cognito.CognitoClient) => client.answerDevice(values),
}

const recordRules = { ...whose('record'), 'record.salt': SALT, 'record.verifier': PUBLIC }
const deviceRules = { device: OBJECT, 'device.deviceGroupKey': TEXT, 'device.deviceKey': TEXT }
/** Each value is signed: another good one makes the signature wrong. */
const signed = (rule: Rule): Rule => ({
  ...rule,
  takes: () => false,
  refuses: (value) => (rule.takes(value) ? ['wrong-proof'] : rule.refuses(value)),
  named: false,
})
/** Text of the caller's, of any length; what it says may be the other side's. */
const codec = (isGood: (text: string) => boolean): Rule => ({
  takes: (value) => isText(value) && String(value).length < 1e6 && isGood(String(value)),
  refuses: (value) => [!isText(value) ? 'TypeError' : String(value).length > 1e6 ? 'too-large' : 'invalid-encoding'],
  edges: {
    'no text': '',
    'odd hex': 'abc',
    padded: 'AP8=',
    'URL alphabet': '_-8',
    space: 'AP 8',
  },
})
const ANY_BYTES: Rule = bytes(0, (1 << 20) + 64)
const KEY = bytes(1, LENGTH)

export const COGNITO: Table = {
  startCognitoClient: {
    params: ['options'],
    args: (engine) => [right(engine)],
    run: cognito.startCognitoClient,
    rules: options(32),
  },
  startCognitoClientWithKey: {
    params: ['privateKey', 'options'],
    args: (engine) => [bytesOf(32), right(engine)],
    run: testing.startCognitoClientWithKey,
    rules: { privateKey: KEY, ...options() },
  },
  'CognitoClient.answerUser': answerUser,
  'CognitoClient.answerDevice': answerDevice,
  createDeviceVerifier: {
    params: ['device', 'options'],
    args: (engine) => [device, right(engine)],
    run: cognito.createDeviceVerifier,
    rules: {
      ...deviceRules,
      ...options(40),
      'options.random()': peer(
        () => false,
        () => ['bad-random'],
      ),
    },
  },
  createDeviceVerifierWithPassword: {
    params: ['device', 'options'],
    args: (engine) => [{ ...device, devicePassword: 'p', salt: bytesOf(16) }, right(engine)],
    run: testing.createDeviceVerifierWithPassword,
    rules: { ...deviceRules, 'device.devicePassword': TEXT, 'device.salt': bytes(1, 1024), ...options() },
  },
  secretHash: {
    params: ['values'],
    args: () => [{ username: 'ada', clientId: 'web', clientSecret: 'secret' }],
    run: cognito.secretHash,
    rules: { values: OBJECT, 'values.username': TEXT, 'values.clientId': TEXT, 'values.clientSecret': SOME_TEXT },
  },
  checkSrpA: {
    params: ['srpA', 'options'],
    args: (engine) => ['ab', right(engine)],
    run: cognito.checkSrpA,
    rules: { srpA: { ...PUBLIC, named: false }, ...options() },
  },
  cognitoVerifier: {
    params: ['values', 'options'],
    args: (engine) => [credentials, right(engine)],
    run: cognito.cognitoVerifier,
    rules: { ...whose('values'), 'values.password': TEXT, 'values.salt': SALT, ...options() },
  },
  startCognitoServer: {
    params: ['record', 'options'],
    args: (engine) => [record, right(engine)],
    run: cognito.startCognitoServer,
    rules: { ...recordRules, ...options(32) },
  },
  startCognitoServerWithKey: {
    params: ['record', 'privateKey', 'options'],
    args: (engine) => [record, bytesOf(32), right(engine)],
    run: testing.startCognitoServerWithKey,
    rules: { ...recordRules, privateKey: KEY, ...options() },
  },
  resumeCognitoServer: {
    params: ['state', 'options'],
    args: (engine) => [cognito.startCognitoServer(record, right(engine)).save(), right(engine)],
    run: cognito.resumeCognitoServer,
    rules: {
      state: {
        takes: () => false,
        refuses: (value) => [isText(value) ? 'invalid-state' : 'TypeError'],
        named: false,
        edges: {
          'no JSON': '{',
          'a list of nothing': '[]',
          'another version': '[2,"a","b","ab","cd","ef"]',
          'too few': '[1,"a","b","ab","cd"]',
          'too many': '[1,"a","b","ab","cd","ef","gh"]',
          'a number for a text': '[1,2,"b","ab","cd","ef"]',
          'a verifier of 0': '[1,"a","b","ab","0","ef"]',
          'a private key that is too long': JSON.stringify([1, 'a', 'b', 'ab', 'cd', 'f'.repeat(769)]),
          'a private key that is no hex': '[1,"a","b","ab","cd","zz"]',
          __proto__: '{"__proto__":[1,"a","b","ab","cd","ef"]}',
          'deep lists': '['.repeat(100_000),
          'deep lists, closed': '['.repeat(100_000) + ']'.repeat(100_000),
        },
      },
      ...options(),
    },
  },
  'CognitoServer.verify': {
    params: ['answer'],
    args: (engine) => {
      const { client, server, user } = begun(engine)
      return [{ SRP_A: client.srpA, ...client.answerUser(user) }, server]
    },
    run: (answer: never, server: cognito.CognitoServer) => server.verify(answer),
    rules: {
      answer: OBJECT,
      'answer.SRP_A': signed(PUBLIC),
      'answer.PASSWORD_CLAIM_SECRET_BLOCK': signed(BLOCK),
      'answer.PASSWORD_CLAIM_SIGNATURE': signed(TEXT),
      'answer.TIMESTAMP': signed(TEXT),
    },
    after: (_: string, answer: never, server: cognito.CognitoServer) => server.verify(answer),
    work: 1,
  },
  toHex: { params: ['bytes'], args: () => [bytesOf(9)], run: cognito.toHex, rules: { bytes: ANY_BYTES } },
  toBase64: { params: ['bytes'], args: () => [bytesOf(9)], run: cognito.toBase64, rules: { bytes: ANY_BYTES } },
  fromHex: {
    params: ['hex'],
    args: () => ['00ff'],
    run: cognito.fromHex,
    rules: { hex: codec((text) => /^[0-9a-f]*$/i.test(text)) },
  },
  fromBase64: {
    params: ['base64'],
    args: () => ['AP8='],
    run: cognito.fromBase64,
    rules: { base64: codec((text) => text === '' || base64(1e6).takes(text)) },
  },
  formatTimestamp: {
    params: ['date'],
    args: () => [new Date(0)],
    run: cognito.formatTimestamp,
    rules: { date: { ...DATE, refuses: (value) => [value instanceof Date ? 'RangeError' : 'TypeError'] } },
  },
  parseUserPoolId: {
    params: ['userPoolId'],
    args: () => ['us-east-1_AbCdEfGhI'],
    run: cognito.parseUserPoolId,
    rules: {
      userPoolId: POOL_ID,
    },
  },
}
