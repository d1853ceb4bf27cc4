// A handshake of each engine, bad input, and where the randomness comes from.
import { type Engine, enroll, type SrpOptions, startClient, startServer, suites } from '@srp6a/srp'
import {
  cognitoVerifier,
  createDeviceVerifier,
  parseUserPoolId,
  startCognitoClient,
  startCognitoServer,
} from '@srp6a/srp/cognito'
import { wasmEngine } from '@srp6a/srp/wasm'
import { type Case, codeOf, equal, hexOf } from './harness.js'
import type { Host } from './host.js'

const user = { scope: 'AbCdEfGhI', userId: '7c4a8d09-ca37-4762-8f61-d0a1b2c3d4e5', salt: '1f2e3d4c' }
const question = {
  userPoolId: `us-east-1_${user.scope}`,
  password: 'p',
  challenge: {
    USER_ID_FOR_SRP: user.userId,
    SALT: user.salt,
    SRP_B: '1234',
    SECRET_BLOCK: 'c2VjcmV0IGJsb2Nr',
  },
}

function cognito(options: SrpOptions): void {
  for (const password of ['right', 'wrong']) {
    const verifier = cognitoVerifier({ ...user, password: 'right' }, options)
    const client = startCognitoClient(options)
    const server = startCognitoServer({ ...user, verifier }, options)
    const { SALT, SRP_B } = server
    const claim = client.answerUser({ ...question, password, challenge: { ...question.challenge, SALT, SRP_B } })
    const code = codeOf(() => server.verify({ SRP_A: client.srpA, ...claim }))
    equal(code, password === 'right' ? 'none' : 'wrong-proof', `verify of the ${password} password`)
  }
}

function general(options: SrpOptions): void {
  const [username, password] = ['ada', 'pa\u00df\u{1f511}word']
  const record = enroll(suites.rfc5054, { username, password }, options)
  const client = startClient(suites.rfc5054, options)
  const server = startServer(suites.rfc5054, record, options)
  const answer = client.answer({ username, password, ...server })
  const reply = server.verify(answer)
  equal(hexOf(answer.confirm(reply).sessionKey), hexOf(reply.sessionKey), 'session key')
  equal(reply.username, username, 'username')
}

export const hasWebAssembly = 'WebAssembly' in globalThis

export function handshakeCases({ engines, precompiled, random, bare, settings }: Host): Case[] {
  const cases: Case[] = []
  const optionsOf = (engine?: Engine): SrpOptions => ({ ...(random && { random }), ...(engine && { engine }) })
  for (const engine of [undefined, ...engines]) {
    const name = engine?.name ?? 'default'
    const skip = settings.without[name]
    cases.push({ name: `Cognito's handshake, ${name} engine`, skip, run: () => cognito(optionsOf(engine)) })
    cases.push({ name: `the RFC's handshake, ${name} engine`, skip, run: () => general(optionsOf(engine)) })
  }
  const skip = hasWebAssembly ? undefined : 'there is no WebAssembly here'
  const wasm = optionsOf(precompiled ?? wasmEngine)
  cases.push(
    { name: "Cognito's handshake, wasm engine", skip, run: () => cognito(wasm) },
    { name: "the RFC's handshake, wasm engine", skip, run: () => general(wasm) },
    {
      name: 'where WebAssembly cannot be compiled, the wasm engine says so',
      skip: skip || precompiled ? undefined : 'it can be compiled here',
      run: () =>
        equal(
          codeOf(() => startCognitoClient(optionsOf(wasmEngine))),
          'no-webassembly',
          'code',
        ),
    },
  )
  return cases.concat(randomness(random !== undefined, optionsOf()), badInput(optionsOf()), {
    name: 'there is neither process nor Buffer',
    skip: bare ? undefined : 'this runtime has them, or need not show it',
    run() {
      const { process, Buffer } = globalThis as { process?: unknown; Buffer?: unknown }
      equal([typeof process, typeof Buffer], ['undefined', 'undefined'], 'process and Buffer')
    },
  })
}

function randomness(injected: boolean, options: SrpOptions): Case[] {
  return [
    {
      name: 'no two handshakes are alike',
      run() {
        const [one, two] = [startCognitoClient(options), startCognitoClient(options)]
        if (one.srpA === two.srpA) throw new Error('A came twice')
      },
    },
    {
      name: 'without crypto.getRandomValues and without the option random there is an error',
      skip: injected ? undefined : 'there is crypto.getRandomValues here',
      run: () => equal(codeOf(startCognitoClient), 'no-random', 'code'),
    },
    {
      name: 'a random source of zeros, of another length or of another type is refused',
      run() {
        for (const bad of [() => new Uint8Array(32), () => new Uint8Array(31).fill(1), () => 'text' as never]) {
          equal(
            codeOf(() => startCognitoClient({ random: bad })),
            'bad-random',
            'code',
          )
        }
      },
    },
    {
      name: "a device's verifier has a salt of its own",
      run() {
        const device = { deviceGroupKey: '-group', deviceKey: 'us-east-1_key' }
        const [one, two] = [createDeviceVerifier(device, options), createDeviceVerifier(device, options)]
        if (one.Salt === two.Salt || one.devicePassword === two.devicePassword) throw new Error('it came twice')
      },
    },
  ]
}

function badInput(options: SrpOptions): Case[] {
  const claim = (change: object) => codeOf(() => startCognitoClient(options).answerUser({ ...question, ...change }))
  const parameter = (change: object) => claim({ challenge: { ...question.challenge, ...change } })
  const table: readonly (readonly [string, string, () => string])[] = [
    ['a password that is no text', 'TypeError', () => claim({ password: 5 })],
    ['a password that is far too long', 'RangeError', () => claim({ password: 'x'.repeat(70_000) })],
    ['an invalid date', 'RangeError', () => claim({ now: new Date(Number.NaN) })],
    ['a missing SALT', 'invalid-encoding', () => parameter({ SALT: undefined })],
    ['a SRP_B that is no hex', 'invalid-encoding', () => parameter({ SRP_B: 'xyz' })],
    ['a SRP_B of zero', 'invalid-public-key', () => parameter({ SRP_B: '0000' })],
    ['a SRP_B that is too long', 'too-large', () => parameter({ SRP_B: 'f'.repeat(800) })],
    ['a secret block that is no base64', 'invalid-encoding', () => parameter({ SECRET_BLOCK: '*' })],
    ['an invalid user pool id', 'RangeError', () => codeOf(() => parseUserPoolId('nothing'))],
  ]
  return table
    .map(([name, code, run]): Case => ({ name: `${name} is refused`, run: () => equal(run(), code, 'code') }))
    .concat({
      name: 'a handshake cannot be answered twice',
      run() {
        const srp = startCognitoClient(options)
        srp.answerUser(question)
        equal(
          codeOf(() => srp.answerUser(question)),
          'used-twice',
          'code',
        )
      },
    })
}
