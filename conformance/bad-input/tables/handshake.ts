// @srp6a/srp: the handshake of any suite, and `@srp6a/srp/testing` of it.

import * as srp from '@srp6a/srp'
import { enroll, groups, type SrpOptions, type Suite, startClient, startServer, suites } from '@srp6a/srp'
import * as testing from '@srp6a/srp/testing'
import {
  ANYTHING,
  bytes,
  bytesOf,
  caller,
  isBytes,
  isFunction,
  isText,
  OBJECT,
  optional,
  peer,
  type Rule,
  TEXT,
  wholeNumber,
} from '../rules.js'
import type { Subject, Table } from '../run.js'

export const suite: Suite = suites.rfc5054With(groups.rfc5054_1024, suites.rfc5054.hash)
const N = suite.group.modulus
const LENGTH = N.length
const [username, password] = ['ada', 'correct horse']
const salt = bytesOf(16)
const verifier = bytesOf(LENGTH - 1)
const record = { username, salt, verifier }

const size = (value: unknown): number => (value as Uint8Array).length
const isObject = (value: unknown): boolean => Object(value) === value
export const SUITE: Rule = caller(() => false)
export const ENGINE: Rule = optional(caller(() => false))
/** Any object will do: what it lacks has a default. */
export const OPTIONS: Rule = optional(caller(isObject))
export const RANDOM: Rule = {
  takes: (value) => value === undefined,
  refuses: (value) => [isFunction(value) ? 'bad-random' : 'TypeError'],
}
/** Make the rule for the result of a random source that is asked for `length` bytes. */
export const randomOf = (length: number): Rule =>
  peer(
    (value) => isBytes(value) && size(value) === length && (value as Uint8Array).some((byte) => byte > 0),
    () => ['bad-random'],
  )

/** The options of a function that draws `length` random bytes, or none at all. */
export const options = (length?: number): Record<string, Rule> => ({
  options: OPTIONS,
  'options.engine': ENGINE,
  'options.random': length === undefined ? ANYTHING : RANDOM,
  'options.random()': length === undefined ? ANYTHING : randomOf(length),
})

const SALT: Rule = {
  ...bytes(1, 1024),
  refuses: (value) => [!isBytes(value) ? 'TypeError' : size(value) === 0 ? 'invalid-encoding' : 'too-large'],
}

const plus = (n: Uint8Array, difference: number) => n.map((byte, i) => (i === n.length - 1 ? byte + difference : byte))
const significant = (value: unknown): number => {
  if (size(value) === 0) return 0
  const start = (value as Uint8Array).findIndex((byte) => byte > 0)
  return start < 0 ? 0 : size(value) - start
}
/** A, B or v: below 2^(8·length of N), and not 0 modulo N. */
const PUBLIC: Rule = {
  takes: (value) =>
    isBytes(value) &&
    size(value) < 0xffff &&
    significant(value) > 0 &&
    significant(value) <= LENGTH &&
    !Buffer.from(value as Uint8Array).equals(N),
  refuses: (value) => [
    !isBytes(value)
      ? 'TypeError'
      : size(value) > 0xffff || significant(value) > LENGTH
        ? 'too-large'
        : 'invalid-public-key',
  ],
  edges: {
    0: new Uint8Array(LENGTH),
    1: Uint8Array.of(1),
    'N - 1': plus(N, -1),
    N,
    'N + 1': plus(N, 1),
    'a byte less than N': bytesOf(LENGTH - 1),
    'a byte more than N': bytesOf(LENGTH + 1),
    'zeros before it': Uint8Array.from([0, 0, ...bytesOf(LENGTH)]),
  },
  named: false,
}
const PASSWORD: Rule = {
  takes: (value) => (isText(value) || isBytes(value)) && size(value) <= 65_536,
  refuses: (value) => [isText(value) || isBytes(value) ? 'RangeError' : 'TypeError'],
  edges: {
    ...TEXT.edges,
    'bytes of the limit': new Uint8Array(65_536),
    'bytes over the limit': new Uint8Array(65_537),
  },
}
/** As a saved handshake carries it, with 16 bits of length. */
const NAME: Rule = { ...TEXT, takes: (value) => TEXT.takes(value) && size(value) < 65_536 }
const KEY: Rule = bytes(1, LENGTH)
const STATE: Rule = {
  takes: () => false,
  refuses: (value) => [isBytes(value) ? 'invalid-state' : 'TypeError'],
  named: false,
  edges: {
    'a version alone': Uint8Array.of(3),
    'no fields': Uint8Array.of(3, 1),
    'a length without end': Uint8Array.of(3, 1, 255, 255, 255, 255),
  },
}

const credentials = { credentials: OBJECT, 'credentials.username': TEXT, 'credentials.password': PASSWORD }
const recordRules = { record: OBJECT, 'record.username': NAME, 'record.salt': SALT, 'record.verifier': PUBLIC }
const right = (engine: SrpOptions['engine']): SrpOptions => ({
  ...(engine && { engine }),
  random: (length) => bytesOf(length),
})

/** Both sides, with the client's answer not yet given. */
function begun(engine: SrpOptions['engine']) {
  const client = startClient(suite, right(engine))
  const server = startServer(suite, record, right(engine))
  const { serverPublicKey } = server
  return { client, server, challenge: { username, password, salt, serverPublicKey } }
}

/** Both sides, with the client's proof given. */
function answered(engine: SrpOptions['engine']) {
  const { client, server, challenge } = begun(engine)
  const { confirm, ...message } = client.answer(challenge)
  return { server, confirm, message }
}

const proofRule = (right: () => Uint8Array | undefined): Rule => ({
  takes: (value) => isBytes(value) && Buffer.from(value as Uint8Array).equals(right() ?? new Uint8Array(1)),
  refuses: (value) => {
    if (!isBytes(value)) return ['TypeError']
    if (size(value) === 0) return ['invalid-encoding']
    return [size(value) > 0xffff || significant(value) > 32 ? 'too-large' : 'wrong-proof']
  },
  edges: { '31 bytes': bytesOf(31), '32 bytes': bytesOf(32), '33 bytes': bytesOf(33), '32 zeros': new Uint8Array(32) },
  named: false,
})

const throwsCode = (work: () => unknown, code: string): void => {
  try {
    work()
  } catch (error) {
    if ((error as { code?: unknown }).code === code) return
    throw error
  }
  throw new Error(`no ${code}`)
}

const client: Subject<[object, ReturnType<typeof begun>]> = {
  params: ['challenge'],
  args: (engine) => {
    const sides = begun(engine)
    return [sides.challenge, sides]
  },
  run: (challenge: never, { client }: ReturnType<typeof begun>) => client.answer(challenge),
  rules: {
    challenge: OBJECT,
    'challenge.username': TEXT,
    'challenge.password': PASSWORD,
    'challenge.salt': SALT,
    'challenge.serverPublicKey': PUBLIC,
  },
  after: (_: string, challenge: never, { client }: ReturnType<typeof begun>) => client.answer(challenge),
}

/** A value that was sent, of any honest length. */
const FILLED: Rule = {
  takes: (value) => isBytes(value) && size(value) > 0 && size(value) <= 0xffff,
  refuses: (value) => [!isBytes(value) ? 'TypeError' : size(value) === 0 ? 'invalid-encoding' : 'too-large'],
}
const MODULUS: Rule = optional({
  takes: (value) =>
    FILLED.takes(value) ||
    (isText(value) && /^[0-9a-f\s]*[0-9a-f][0-9a-f\s]*$/i.test(String(value)) && size(value) <= 2048),
  refuses: (value) => (isText(value) ? [size(value) > 2048 ? 'too-large' : 'invalid-encoding'] : FILLED.refuses(value)),
  edges: { 'the hex of N': Buffer.from(N).toString('hex'), 'hex in lines': 'ab\ncd', 'no hex': 'zz' },
})
const HASH: Rule = optional({
  takes: (value) => /^sha(1|256|384|512)$/.test(String(isText(value) ? value : '')),
  refuses: () => ['TypeError'],
  edges: { sha1: 'sha1', sha512: 'sha512', md5: 'md5' },
})

const few = (rules: Record<string, Rule>): Record<string, Rule> =>
  Object.fromEntries(Object.entries(rules).map(([place, rule]) => [place, { ...rule, few: 2 }]))

/** A handshake as it was recorded; the engine that counts would give no other proof. */
const identified = () => ({
  username,
  password,
  salt,
  clientPublicKey: bytesOf(LENGTH),
  serverPublicKey: bytesOf(LENGTH),
  clientProof: bytesOf(32),
  serverProof: bytesOf(32),
  sessionKey: bytesOf(32),
  a: bytesOf(32),
  b: bytesOf(32),
  modulus: N,
  hash: 'sha256',
})

export const HANDSHAKE: Table = {
  startClient: {
    params: ['suite', 'options'],
    args: (engine) => [suite, right(engine)],
    run: startClient,
    rules: { suite: SUITE, ...options(32) },
  },
  'SrpClient.answer': client as unknown as Subject,
  'ClientAnswer.confirm': {
    params: ['message'],
    args: (engine) => {
      const { server, confirm, message } = answered(engine)
      return [server.verify(message), confirm]
    },
    run: (message: never, confirm: (message: never) => unknown) => confirm(message),
    rules: { message: OBJECT, 'message.serverProof': proofRule(() => undefined) },
    // A wrong proof ends it; what cannot be a proof does not.
    after: (code: string, message: never, confirm: (message: never) => unknown) =>
      code === 'wrong-proof' ? throwsCode(() => confirm(message), 'used-twice') : confirm(message),
  },
  enroll: {
    params: ['suite', 'credentials', 'options'],
    args: (engine) => [suite, { username, password }, right(engine)],
    run: enroll,
    rules: {
      suite: SUITE,
      ...credentials,
      'options.saltLength': optional(wholeNumber(8, 1024)),
      'options.salt': optional(bytes(1, 1024)),
      ...options(16),
    },
  },
  enrollWithSalt: {
    params: ['suite', 'credentials', 'salt', 'options'],
    args: (engine) => [suite, { username, password }, salt, right(engine)],
    run: testing.enrollWithSalt,
    rules: { suite: SUITE, ...credentials, salt: SALT, ...options() },
  },
  resumeClient: {
    params: ['suite', 'state', 'options'],
    args: (engine) => [suite, startClient(suite, right(engine)).save(), right(engine)],
    run: srp.resumeClient,
    rules: {
      suite: SUITE,
      state: { ...STATE, edges: { ...STATE.edges, 'the other half': startServer(suite, record).save() } },
      ...options(),
    },
  },
  startServer: {
    params: ['suite', 'record', 'options'],
    args: (engine) => [suite, record, right(engine)],
    run: startServer,
    rules: { suite: SUITE, ...recordRules, ...options(32) },
  },
  resumeServer: {
    params: ['suite', 'state', 'options'],
    args: (engine) => [suite, startServer(suite, record, right(engine)).save(), right(engine)],
    run: srp.resumeServer,
    rules: {
      suite: SUITE,
      state: STATE,
      ...options(),
    },
  },
  'SrpServer.verify': {
    params: ['answer'],
    args: (engine) => {
      const { server, message } = answered(engine)
      return [message, server]
    },
    run: (message: never, server: srp.SrpServer) => server.verify(message),
    // Any A gives the same S here, but not the same proof: the client's own A goes in.
    rules: {
      answer: OBJECT,
      'answer.clientPublicKey': {
        ...PUBLIC,
        takes: () => false,
        refuses: (value) => (PUBLIC.takes(value) ? ['wrong-proof'] : PUBLIC.refuses(value)),
      },
      'answer.clientProof': proofRule(() => undefined),
    },
    after: (code: string, message: never, server: srp.SrpServer) =>
      code === 'wrong-proof' ? throwsCode(() => server.verify(message), 'used-twice') : server.verify(message),
    work: 1,
  },
  identifySuite: {
    params: ['handshake', 'options'],
    args: (engine) => [identified(), right(engine)],
    run: srp.identifySuite,
    // What will do is tried on every suite, which takes long.
    rules: few({
      handshake: OBJECT,
      'handshake.username': TEXT,
      'handshake.password': PASSWORD,
      'handshake.salt': SALT,
      'handshake.clientPublicKey': FILLED,
      'handshake.serverPublicKey': FILLED,
      'handshake.clientProof': FILLED,
      'handshake.serverProof': optional(FILLED),
      'handshake.sessionKey': optional(FILLED),
      'handshake.a': optional(bytes(1, 1024)),
      'handshake.b': optional(bytes(1, 1024)),
      'handshake.modulus': MODULUS,
      'handshake.hash': HASH,
      ...options(),
      'options.nearest': optional(caller((value) => typeof value === 'boolean')),
    }),
  },
  startClientWithKey: {
    params: ['suite', 'privateKey', 'options'],
    args: (engine) => [suite, bytesOf(32), right(engine)],
    run: testing.startClientWithKey,
    rules: { suite: SUITE, privateKey: KEY, ...options() },
  },
  startServerWithKey: {
    params: ['suite', 'record', 'privateKey', 'options'],
    args: (engine) => [suite, record, bytesOf(32), right(engine)],
    run: testing.startServerWithKey,
    rules: { suite: SUITE, ...recordRules, privateKey: KEY, ...options() },
  },
}
