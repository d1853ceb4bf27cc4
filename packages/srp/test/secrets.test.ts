// Secrets stay out of sight: they are not in an object that is printed, cloned or written as JSON, nor in an error; and
// the byte arrays that held them are zeros afterwards.
import { createHash, createHmac, hkdfSync } from 'node:crypto'
import { inspect } from 'node:util'
import {
  bigintEngine,
  defineSuite,
  type Engine,
  enroll,
  groups,
  resumeServer,
  type Suite,
  startClient,
  startServer,
  suites,
} from '@srp6a/srp'
import { cognitoVerifier, createDeviceVerifier, startCognitoClient, startCognitoServer } from '@srp6a/srp/cognito'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { signed } from '../src/encode.js'
import { multiplyAdd } from '../src/engine/exponent.js'
import { asDevice } from './support/claims.js'
import { outcome } from './support/codes.js'
import { watchedEngine } from './support/vectors.js'

const suite = suites.rfc5054With(groups.rfc5054_1024, suites.rfc5054.hash)
const [username, password] = ['ada', 'Correct-Horse-7-Battery']
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')
const challenge = { scope: 'AbCdEfGhI', userId: 'a-user', password, salt: 'ab12', srpB: '1234', secretBlock: 'QUJD' }

/** Bytes in every way that they could be printed. */
const printed = (bytes: Uint8Array): string[] => [
  hex(bytes),
  Buffer.from(bytes).toString('base64'),
  Array.from(bytes).join(),
  BigInt(`0x${hex(bytes)}`).toString(),
]

function clone(value: unknown): unknown {
  try {
    return structuredClone(value)
  } catch {
    return 'what holds functions cannot be cloned'
  }
}

/** Everything that a logger, a debugger or a serialiser makes of a value. */
function shown(value: unknown, showHidden = true): string {
  const all = { depth: Number.POSITIVE_INFINITY, maxArrayLength: null, maxStringLength: null, showHidden } as const
  const object = Object(value)
  const texts = [
    inspect(value, all),
    JSON.stringify(value) ?? '',
    String(value),
    inspect(clone(value), all),
    inspect({ ...object }, all),
    inspect(Object.getOwnPropertyDescriptors(object), all),
    value instanceof Error ? `${value.stack} ${value.message}` : '',
  ]
  return texts.join('\n').replace(/\s/g, '')
}

/** The 32 random bytes and the exponents of a handshake, as they were. */
function spied() {
  const secrets: Uint8Array[] = []
  const engine = watchedEngine((method, values, result) => {
    const { a, b, x, value } = values
    if (method !== 'isZeroVarTime') for (const one of [a, b, x, value]) if (one) secrets.push(one)
    if (/Secret$/.test(method)) secrets.push(result as Uint8Array)
  })
  return { engine, secrets }
}

describe('what is printed', () => {
  it('shows no secret of a handshake, whichever object and error is looked at', () => {
    const { engine, secrets } = spied()
    const record = enroll(suite, { username, password }, { engine })
    const server = startServer(suite, record, { engine })
    const client = startClient(suite, { engine })
    const seen: unknown[] = [client, server]
    const hello = { username, password, salt: record.salt, serverPublicKey: server.serverPublicKey }
    const errors = [
      () => client.answer({ ...hello, serverPublicKey: new Uint8Array(128) }),
      () => client.answer({ ...hello, password: { password } as never }),
      () => startClient(suite, { engine: password as never }),
      () => resumeServer(suite, server.save().slice(1)),
    ]
    for (const fail of errors) {
      try {
        fail()
      } catch (error) {
        seen.push(error)
      }
    }
    expect(seen).toHaveLength(6)
    const answer = client.answer(hello)
    const reply = server.verify({ clientPublicKey: client.clientPublicKey, clientProof: answer.clientProof })
    seen.push(client, server, answer)
    const key = answer.confirm(reply).sessionKey
    expect(secrets.length).toBeGreaterThan(6)
    const all = [password, ...[...secrets, key].flatMap(printed)]
    for (const one of seen) for (const secret of all) expect(shown(one)).not.toContain(secret)
    // The session key is there for who asks for it by name, and hidden from loggers; a clone leaves it behind.
    expect(shown(reply, true)).toContain(Array.from(key).join())
    expect(inspect(reply).replace(/\s/g, '') + JSON.stringify(reply)).not.toContain(Array.from(key).join())
    expect(Object.keys(structuredClone(reply))).toEqual(['username', 'serverProof'])
  })

  it('shows no secret of a Cognito handshake', () => {
    const { engine, secrets } = spied()
    const verifier = cognitoVerifier(challenge, { engine })
    const server = startCognitoServer({ ...challenge, verifier }, { engine })
    const client = startCognitoClient({ engine })
    const claim = client.answerDevice(asDevice({ ...challenge, srpB: server.SRP_B, salt: server.SALT }))
    server.verify({ SRP_A: client.srpA, ...claim })
    const all = [password, verifier, ...secrets.flatMap(printed)]
    expect(secrets.length).toBeGreaterThan(6)
    for (const one of [client, server, claim]) for (const secret of all) expect(shown(one)).not.toContain(secret)
    // The values that are documented as secret have it: the net would catch it.
    expect(server.save()).toContain(verifier)
  })
})

describe('what is wiped', () => {
  afterEach(() => void vi.restoreAllMocks())

  /** Runs `work`; what was overwritten with zeros, as it was before, and the arrays themselves. */
  function watched(work: () => void): { was: string[]; arrays: Uint8Array[] } {
    const [was, arrays]: [string[], Uint8Array[]] = [[], []]
    const fill = Uint8Array.prototype.fill
    vi.spyOn(Uint8Array.prototype, 'fill').mockImplementation(function (this: Uint8Array, ...args) {
      if (args[0] === 0 && this.length > 0) {
        was.push(hex(this))
        arrays.push(this)
      }
      return fill.apply(this, args)
    })
    work()
    vi.restoreAllMocks()
    return { was, arrays }
  }
  const zeros = (arrays: readonly Uint8Array[]) => arrays.every((one) => one.every((byte) => byte === 0))
  const bytes = (text: string) => hex(Buffer.from(text))
  /** The arrays that the platform filled with random bytes. */
  function drawn(): Uint8Array[] {
    const arrays: Uint8Array[] = []
    const real = crypto.getRandomValues.bind(crypto)
    vi.spyOn(crypto, 'getRandomValues').mockImplementation((array) => {
      arrays.push(array as unknown as Uint8Array)
      return real(array)
    })
    return arrays
  }

  it('a client: the private key as it was drawn, the password, x, u·x + a, S and what was hashed of them', () => {
    const random = drawn()
    const calls: Record<string, Uint8Array>[] = []
    const engine = watchedEngine((method, values, result) => {
      if (method === 'clientSecret') calls.push({ ...values, S: result as Uint8Array })
    })
    const client = startCognitoClient({ engine })
    const [key] = random
    expect(key?.some((byte) => byte > 0)).toBe(true)
    const { was, arrays } = watched(() => client.answerDevice(asDevice(challenge)))
    const { a = key, u, x, S } = calls[0] ?? {}
    if (!a || !u || !x || !S) throw new Error('the engine was not asked')
    const [ikm, salt] = [signed(S, 0), signed(u, 0)]
    const prk = createHmac('sha256', salt).update(ikm).digest()
    const claimKey = new Uint8Array(hkdfSync('sha256', ikm, salt, 'Caldera Derived Key', 16))
    const who = `${challenge.scope}${challenge.userId}:${password}`
    const inner = createHash('sha256').update(who).digest()
    const secrets = {
      a: hex(a),
      P: bytes(password),
      'H(I:P)': hex(inner),
      x: hex(x),
      'a + u·x': hex(multiplyAdd(a, u, x)),
      S: hex(S),
      'S as it is hashed': hex(ikm),
      PRK: hex(prk),
      key: hex(claimKey),
    }
    for (const [name, secret] of Object.entries(secrets)) expect(was, name).toContain(secret)
    expect(zeros([...arrays, ...random])).toBe(true)
  })

  it('both sides of any suite: a, b, the password, x and S; and K, where the other side did not know it', () => {
    const random = drawn()
    const secrets: Uint8Array[] = []
    const engine = watchedEngine((method, { a, b, x }, result) => {
      if (/Secret$/.test(method)) for (const one of [a, b, x, result as Uint8Array]) if (one) secrets.push(one)
    })
    const record = enroll(suite, { username, password })
    const server = startServer(suite, record, { engine })
    const client = startClient(suite, { engine })
    const { was, arrays } = watched(() => {
      const hello = { username, password: `${password}!`, salt: record.salt, serverPublicKey: server.serverPublicKey }
      const { clientProof: proof, confirm } = client.answer(hello)
      expect(outcome(() => confirm({ serverProof: new Uint8Array(32).fill(1) }))).toBe('wrong-proof')
      expect(outcome(() => server.verify({ clientPublicKey: client.clientPublicKey, clientProof: proof }))).toBe(
        'wrong-proof',
      )
    })
    expect(secrets).toHaveLength(5)
    for (const secret of [...secrets.map(hex), bytes(`${password}!`)]) expect(was).toContain(secret)
    // K of each side: the digest of its S, whose leading zeros this suite drops.
    for (const S of [secrets[2], secrets[4]]) {
      const digits = hex(S ?? new Uint8Array()).replace(/^(00)+/, '')
      const K = createHash('sha256').update(Buffer.from(digits, 'hex')).digest()
      expect(was).toContain(hex(K))
    }
    expect(zeros(arrays)).toBe(true)
    // The salt of the record is drawn too, and kept.
    expect(zeros(random.slice(1))).toBe(true)
  })

  const presets = Object.values(suites).filter((one): one is Suite => typeof one === 'object')
  it.each(presets)(
    'every digest on the way to a verifier of $name: H(I:P), which is as good as the password, and x',
    (preset) => {
      const digests: Uint8Array[] = []
      const was: string[] = []
      const hash = (message: Uint8Array) => {
        const digest = preset.hash(message)
        digests.push(digest)
        was.push(hex(digest))
        return digest
      }
      const watchedSuite = defineSuite({ ...preset, hash: Object.assign(hash, { outputLen: preset.hash.outputLen }) })
      digests.length = 0
      enroll(watchedSuite, { username, password })
      expect(digests.length).toBeGreaterThan(0)
      expect(zeros(digests)).toBe(true)
      // They were something before: the net would catch them.
      expect(was.every((one) => /[1-9a-f]/.test(one))).toBe(true)
    },
  )

  it('the very arrays that went into the engine and came out of it', () => {
    const held: Uint8Array[] = []
    const holding: Engine = {
      name: 'holding',
      group(parameters) {
        const inner = bigintEngine.group(parameters)
        const hold =
          <V extends Record<string, Uint8Array>>(work: (values: V) => Uint8Array, secret: string[]) =>
          (values: V) => {
            const result = work(values)
            for (const name of secret) held.push(values[name] as Uint8Array)
            held.push(result)
            return result
          }
        return {
          ...inner,
          clientSecret: hold(inner.clientSecret, ['a', 'x']),
          serverSecret: hold(inner.serverSecret, ['b']),
        }
      },
    }
    const record = enroll(suite, { username, password })
    const server = startServer(suite, record, { engine: holding })
    const client = startClient(suite, { engine: holding })
    const hello = { username, password, salt: record.salt, serverPublicKey: server.serverPublicKey }
    const { clientProof: proof } = client.answer(hello)
    server.verify({ clientPublicKey: client.clientPublicKey, clientProof: proof })
    startCognitoClient({ engine: holding }).answerDevice(asDevice(challenge))
    // a, x and S; b and S; a, x and S of Cognito's.
    expect(held.map((one) => one.some((byte) => byte > 0))).toEqual(Array(8).fill(false))
  })

  it('a new device and a new verifier: the password’s bytes and x', () => {
    const random = drawn()
    const x: Uint8Array[] = []
    const engine = watchedEngine((_, { value }) => {
      if (value) x.push(value)
    })
    let devicePassword = ''
    const { was, arrays } = watched(() => {
      devicePassword = createDeviceVerifier({ deviceGroupKey: 'g', deviceKey: 'k' }, { engine }).devicePassword
      cognitoVerifier(challenge, { engine })
    })
    expect(x).toHaveLength(2)
    const expected = [...x.map(hex), bytes(devicePassword), hex(Buffer.from(devicePassword, 'base64')), bytes(password)]
    for (const secret of expected) expect(was).toContain(secret)
    expect(zeros([...arrays, ...random.slice(0, 1)])).toBe(true)
  })
})
