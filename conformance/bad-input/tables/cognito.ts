// @srp6a/srp/cognito, and `@srp6a/srp/testing` of it.
import * as cognito from '@srp6a/srp/cognito'
import * as testing from '@srp6a/srp/testing'
import {
  ANYTHING,
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
const credentials = { scope, userId, password: 'p', salt: 'ab12' }
const record = { scope, userId, salt: 'ab12', verifier: cognito.cognitoVerifier(credentials) }
const right = (engine: cognito.Engine): cognito.SrpOptions => ({ engine, random: (length) => bytesOf(length) })

function begun(engine: cognito.Engine) {
  const client = cognito.startCognitoClient(right(engine))
  const server = cognito.startCognitoServer(record, right(engine))
  const { SALT, SRP_B } = server
  const challenge = { SALT, SRP_B, SECRET_BLOCK: 'QUJD', USER_ID_FOR_SRP: userId }
  const user = { userPoolId: `us-east-1_${scope}`, password: 'p', challenge, now: () => new Date(0) }
  return { client, server, user }
}
type Begun = ReturnType<typeof begun>

const whose = (place: string): Record<string, Rule> => ({
  [place]: OBJECT,
  [`${place}.scope`]: TEXT,
  [`${place}.userId`]: TEXT,
})
const device = { deviceGroupKey: 'group', deviceKey: 'us-east-1_key' }
/** The table's `missing` reads as undefined, which for a date means the present. */
const CLOCK: Rule = {
  ...DATE,
  takes: (value) => value === undefined || DATE.takes(value),
  refuses: (value) => [value instanceof Date ? 'RangeError' : 'TypeError'],
}
const PARAMETERS: Record<string, Rule> = {
  // Any object will do: what it lacks is the service's fault.
  'values.challenge': {
    takes: () => false,
    refuses: (value) => [Object(value) === value ? 'invalid-encoding' : 'TypeError'],
    named: false,
  },
  'values.challenge.SALT': SALT,
  'values.challenge.SRP_B': PUBLIC,
  'values.challenge.SECRET_BLOCK': BLOCK,
  'values.now': CLOCK,
  'values.now()': { ...CLOCK, takes: DATE.takes },
}
/** A name that the service sends. */
const USER_ID = peer(
  (value) => isText(value) && value !== '' && String(value).length <= 65_536,
  (value) => [isText(value) && value !== '' ? 'too-large' : 'invalid-encoding'],
)
const POOL_ID = caller(isText, (value) => /^[a-z0-9-]{1,40}_[a-z0-9]{1,55}$/i.test(String(value)), {
  'no region': '_AbC',
  'no name': 'us-east-1_',
  'a line end': 'us-east-1_AbC\n',
  'two underscores': 'us-east-1_AbC_d',
  'a region of 40': `${'a'.repeat(40)}_b`,
  'a region of 41': `${'a'.repeat(41)}_b`,
  'a name of 55': `a_${'b'.repeat(55)}`,
  'a name of 56': `a_${'b'.repeat(56)}`,
})
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
