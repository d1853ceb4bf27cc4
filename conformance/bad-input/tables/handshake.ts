// @srp6a/srp: the handshake of any suite, and `@srp6a/srp/testing` of it.

import * as srp from '@srp6a/srp'
import { enroll, type SrpOptions, startClient, startServer } from '@srp6a/srp'
import * as testing from '@srp6a/srp/testing'
import { bytes, bytesOf, isBytes, OBJECT, optional, type Rule, TEXT, wholeNumber } from '../rules.js'
import type { Subject, Table } from '../run.js'
import {
  KEY,
  NAME,
  options,
  PASSWORD,
  PUBLIC,
  password,
  record,
  right,
  SALT,
  SUITE,
  salt,
  significant,
  size,
  suite,
  username,
} from './handshake-rules.js'
import { IDENTIFY } from './identify.js'

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
  ...IDENTIFY,
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
