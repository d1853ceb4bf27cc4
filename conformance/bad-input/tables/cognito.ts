// @srp6a/srp/cognito, and `@srp6a/srp/testing` of it.
import * as cognito from '@srp6a/srp/cognito'
import * as testing from '@srp6a/srp/testing'
import {
  base64,
  bytes,
  bytesOf,
  caller,
  hex,
  isText,
  OBJECT,
  optional,
  peer,
  type Rule,
  SOME_TEXT,
  TEXT,
} from '../rules.js'
import type { Subject, Table } from '../run.js'
import { options } from './handshake.js'

const N = `${'f'.repeat(16)}c90fdaa22168c234c4c6628b80dc1cd129024e088a67cc74020bbea63b139b22514a08798e3404ddef9519b3cd3a431b302b0a6df25f14374fe1356d6d51c245e485b576625e7ec6f44c42e9a637ed6b0bff5cb6f406b7edee386bfb5a899fa5ae9f24117c4b1fe649286651ece45b3dc2007cb8a163bf0598da48361c55d39a69163fa8fd24cf5f83655d23dca3ad961c62f356208552bb9ed529077096966d670c354e4abc9804f1746c08ca18217c32905e462e36ce3be39e772c180e86039b2783a2ec07a28fb5c55df06f4c52c9de2bcbf6955817183995497cea956ae515d2261898fa051015728e5a8aaac42dad33170d04507a33a85521abdf1cba64ecfb850458dbef0a8aea71575d060c7db3970f85a6e1e4c7abf5ae8cdb0933d71e8c94e04a25619dcee3d2261ad2ee6bf12ffa06d98a0864d87602733ec86a64521f2b18177b200cbbe117577a615d6c770988c0bad946e208e24fa074e5ab3143db5bfce0fd108e4b82d120a93ad2ca${'f'.repeat(16)}`
/** Bytes of N. */
const LENGTH = 384

const significant = (value: unknown): string => String(value).toLowerCase().replace(/^0+/, '')
/** A or B: not longer than N, and not 0 modulo it. One byte more is read, for some write `00` in front. */
const PUBLIC: Rule = {
  ...hex(LENGTH + 1),
  takes: (value) =>
    hex(LENGTH + 1).takes(value) &&
    significant(value) !== '' &&
    significant(value) !== N &&
    significant(value).length <= 2 * LENGTH,
  refuses: (value) => {
    const [code = ''] = hex(LENGTH + 1).refuses(value)
    if (!hex(LENGTH + 1).takes(value)) return [code]
    return [significant(value).length > 2 * LENGTH ? 'too-large' : 'invalid-public-key']
  },
  edges: {
    ...hex(LENGTH + 1).edges,
    0: '0',
    'N - 1': `${N.slice(0, -1)}e`,
    N,
    'N in upper case': N.toUpperCase(),
    '00 N': `00${N}`,
    'N + 1': `1${'0'.repeat(767)}`,
    '2N': `1${N.slice(1, -1)}e`,
    'a digit less than N': N.slice(1),
    'a digit more than N': `${N}0`,
  },
  named: true,
}

/** Hex, negative too. */
const SALT: Rule = {
  ...hex(1024),
  takes: (value) => hex(1024).takes(isText(value) ? String(value).replace(/^-/, '') : value),
  refuses: (value) => hex(1024).refuses(isText(value) ? String(value).replace(/^-/, '') : value),
  edges: {
    ...hex(1024).edges,
    'a minus alone': '-',
    'a negative salt': '-ab',
    'two minus signs': '--ab',
    'a plus': '+ab',
  },
}
const BLOCK = base64(65_536)
const NOW: Rule = optional(
  caller(
    (value) => value instanceof Date,
    (value) => (value as Date).getTime() >= Date.UTC(1, 0, 1) || (value as Date).getTime() === 0,
    { 'the year 10000': new Date('+010000-01-01T00:00:00Z'), 'the last second': new Date('9999-12-31T23:59:59Z') },
  ),
)
// The message is about the date, whatever its name at the call is.
const DATE: Rule = {
  ...NOW,
  takes: (value) => value instanceof Date && Math.abs(value.getUTCFullYear() - 5000) < 5000,
  named: false,
}

const scope = 'AbCdEfGhI'
const userId = 'a-user'
const record = { scope, userId, salt: 'ab12', verifier: '1234' }
const credentials = { scope, userId, password: 'p', salt: 'ab12' }
const right = (engine: cognito.Engine): cognito.SrpOptions => ({ engine, random: (length) => bytesOf(length) })

function begun(engine: cognito.Engine) {
  const client = cognito.startCognitoClient(right(engine))
  const server = cognito.startCognitoServer(record, right(engine))
  const challenge = { ...credentials, salt: server.salt, srpB: server.srpB, secretBlock: 'QUJD', now: new Date(0) }
  return { client, server, challenge }
}
type Begun = ReturnType<typeof begun>

const whose = (place: string): Record<string, Rule> => ({
  [place]: OBJECT,
  [`${place}.scope`]: TEXT,
  [`${place}.userId`]: TEXT,
})
/** The table's `missing` reads as undefined, which for a date means the present. */
const claim: Subject = {
  params: ['challenge'],
  args: (engine) => {
    const sides = begun(engine)
    return [sides.challenge, sides]
  },
  run: (challenge: never, { client }: Begun) => client.claim(challenge),
  rules: {
    ...whose('challenge'),
    'challenge.password': TEXT,
    'challenge.salt': SALT,
    'challenge.srpB': PUBLIC,
    'challenge.secretBlock': BLOCK,
    'challenge.now': {
      ...DATE,
      takes: (value) => value === undefined || DATE.takes(value),
      refuses: (value) => [value instanceof Date ? 'RangeError' : 'TypeError'],
    },
  },
  after: (_: string, challenge: never, { client }: Begun) => client.claim(challenge),
}

const recordRules = { ...whose('record'), 'record.salt': SALT, 'record.verifier': PUBLIC }
const device = { deviceGroupKey: 'group', deviceKey: 'us-east-1_key' }
const deviceRules = { device: OBJECT, 'device.deviceGroupKey': TEXT, 'device.deviceKey': TEXT }
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
  'CognitoClient.claim': claim,
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
    rules: { srpA: PUBLIC, ...options() },
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
      const { client, server, challenge } = begun(engine)
      return [{ srpA: client.srpA, ...client.claim(challenge) }, server]
    },
    run: (answer: never, server: cognito.CognitoServer) => server.verify(answer),
    rules: {
      answer: OBJECT,
      'answer.srpA': PUBLIC,
      'answer.secretBlock': BLOCK,
      'answer.signature': TEXT,
      'answer.timestamp': TEXT,
    },
    after: (_: string, answer: never, server: cognito.CognitoServer) => {
      if (!server.verify(answer)) throw new Error('the right signature is refused')
    },
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
      userPoolId: caller(isText, (value) => /^[a-z0-9-]{1,40}_[a-z0-9]{1,55}$/i.test(String(value)), {
        'no region': '_AbC',
        'no name': 'us-east-1_',
        'a line end': 'us-east-1_AbC\n',
        'two underscores': 'us-east-1_AbC_d',
        'a region of 40': `${'a'.repeat(40)}_b`,
        'a region of 41': `${'a'.repeat(41)}_b`,
        'a name of 55': `a_${'b'.repeat(55)}`,
        'a name of 56': `a_${'b'.repeat(56)}`,
      }),
    },
  },
}
