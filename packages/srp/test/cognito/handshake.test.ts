// Both halves against each other, and what each refuses.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toHex } from '../../src/codec.js'
import { cognitoGroup } from '../../src/cognito/group.js'
import {
  type CognitoAnswer,
  type CognitoServer,
  checkSrpA,
  cognitoVerifier,
  resumeCognitoServer,
  startCognitoClient,
  startCognitoServer,
} from '../../src/cognito/index.js'
import { startCognitoClientWithKey, startCognitoServerWithKey } from '../../src/testing.js'
import { asAnswer, asDevice } from '../support/claims.js'
import { outcome } from '../support/codes.js'
import { runs, share } from '../support/share.js'

const text = fc.string({ unit: 'grapheme', maxLength: 20 })
const hex = fc.uint8Array({ minLength: 1, maxLength: 24 }).map((bytes) => Buffer.from(bytes).toString('hex'))
const block = fc.uint8Array({ minLength: 1, maxLength: 99 }).map((bytes) => Buffer.from(bytes).toString('base64'))

const record = (() => {
  const who = { scope: 'AbCdEfGhI', userId: 'ada', salt: 'c0ffee' }
  return { ...who, verifier: cognitoVerifier({ ...who, password: 'secret' }) }
})()
const N = toHex(cognitoGroup.modulus)
const challenge = { ...record, password: 'secret', srpB: 'b', secretBlock: 'AAAA' }

/** Check a signature: `wrong-proof` is the only way to say no to one. */
function accepts(server: CognitoServer, answer: CognitoAnswer): boolean {
  const code = outcome(() => server.verify(answer))
  expect(['none', 'wrong-proof']).toContain(code)
  return code === 'none'
}

describe('client and server', () => {
  it('agree when the password is right, and only then', () => {
    fc.assert(
      fc.property(text, text, text, text, hex, block, (scope, userId, password, other, salt, secretBlock) => {
        const verifier = cognitoVerifier({ scope, userId, password, salt })
        const client = startCognitoClient()
        const server = startCognitoServer({ scope, userId, salt, verifier })
        const claim = client.answerDevice(
          asDevice({ scope, userId, password, salt: server.SALT, srpB: server.SRP_B, secretBlock }),
        )
        const answer = { SRP_A: client.srpA, ...claim }
        expect(accepts(server, answer)).toBe(true)
        expect(accepts(server, { ...answer, TIMESTAMP: `${answer.TIMESTAMP} ` })).toBe(false)
        const signature = answer.PASSWORD_CLAIM_SIGNATURE
        const other64 = `${signature.slice(0, -2)}A=`
        expect(accepts(server, { ...answer, PASSWORD_CLAIM_SIGNATURE: other64 })).toBe(signature.endsWith('A='))
        expect(accepts(server, { ...answer, SRP_A: '2' })).toBe(false)
        const wrong = startCognitoClient()
        const wrongClaim = wrong.answerDevice(
          asDevice({ scope, userId, password: `${other}!`, salt, srpB: server.SRP_B, secretBlock }),
        )
        expect(accepts(server, { SRP_A: wrong.srpA, ...wrongClaim })).toBe(`${other}!` === password)
      }),
      { numRuns: runs(25, 3) },
    )
  })

  it('agree on a private key of any length from 1 byte to that of N', () => {
    for (const length of share([1, 2, 31, 32, 33, 64, 65, 128, 384], 4)) {
      const client = startCognitoClientWithKey(new Uint8Array(length).fill(0x5a))
      const server = startCognitoServerWithKey(record, new Uint8Array(length).fill(0xa5))
      const claim = client.answerDevice(asDevice({ ...challenge, srpB: server.SRP_B }))
      expect(accepts(server, { SRP_A: client.srpA, ...claim })).toBe(true)
    }
  })

  it('go on from a saved handshake, more than once', () => {
    const server = startCognitoServer(record)
    const client = startCognitoClient()
    const answer = { SRP_A: client.srpA, ...client.answerDevice(asDevice({ ...challenge, srpB: server.SRP_B })) }
    const resumed = resumeCognitoServer(server.save())
    expect([resumed.SALT, resumed.SRP_B]).toEqual([server.SALT, server.SRP_B])
    const answers = [answer, answer, { ...answer, PASSWORD_CLAIM_SIGNATURE: 'no' }]
    expect(answers.map((one) => accepts(resumed, one))).toEqual([true, true, false])
  })
})

describe('the client', () => {
  it('signs once', () => {
    const client = startCognitoClient()
    client.answerDevice(asDevice(challenge))
    expect(outcome(() => client.answerDevice(asDevice(challenge)))).toBe('used-twice')
  })

  it.each([
    [undefined, 'invalid-encoding'],
    [7, 'invalid-encoding'],
    ['', 'invalid-encoding'],
    ['x'.repeat(65_537), 'too-large'],
    ['x'.repeat(65_536), 'none'],
    // A name of any character is a name.
    ['\n', 'none'],
  ])('takes USER_ID_FOR_SRP %#: %s', (USER_ID_FOR_SRP, code) => {
    const values = { userPoolId: 'us-east-1_AbCdEfGhI', password: 'secret' }
    const parameters = { SALT: challenge.salt, SRP_B: challenge.srpB, SECRET_BLOCK: challenge.secretBlock }
    const answer = () =>
      startCognitoClient().answerUser({ ...values, challenge: { ...parameters, USER_ID_FOR_SRP } as never })
    expect(outcome(answer)).toBe(code)
  })

  it('is not used up by input that it refuses', () => {
    const client = startCognitoClient()
    for (const bad of [
      { srpB: N },
      { salt: 'x' },
      { secretBlock: '*' },
      { password: 1 as never },
      { now: new Date(Number.NaN) },
    ]) {
      expect(outcome(() => client.answerDevice(asDevice({ ...challenge, ...bad })))).not.toBe('none')
    }
    expect(outcome(() => client.answerDevice(asDevice(challenge)))).toBe('none')
  })

  it.each([
    ['scope', undefined, 'TypeError'],
    ['userId', null, 'TypeError'],
    ['password', 5, 'TypeError'],
    ['password', 'x'.repeat(70_000), 'RangeError'],
    ['now', 'today', 'TypeError'],
    ['now', new Date(Number.NaN), 'RangeError'],
    ['salt', undefined, 'invalid-encoding'],
    ['salt', '', 'invalid-encoding'],
    ['salt', '-', 'invalid-encoding'],
    ['salt', 'ab'.repeat(1025), 'too-large'],
    ['srpB', '0', 'invalid-public-key'],
    ['srpB', N, 'invalid-public-key'],
    ['srpB', `1${N.slice(0, -1)}e`, 'too-large'],
    ['srpB', undefined, 'invalid-encoding'],
    ['secretBlock', undefined, 'invalid-encoding'],
    ['secretBlock', 'A', 'invalid-encoding'],
    ['secretBlock', 'A'.repeat(90_000), 'too-large'],
  ])('refuses a %s of %j with %s', (name, value, code) => {
    const long = typeof value === 'string' && value.length > 100
    const client = startCognitoClient()
    expect(
      outcome(() => client.answerDevice(asDevice({ ...challenge, [name]: value }))),
      long ? `${name} of ${value.length}` : '',
    ).toBe(code)
  })

  it('draws 32 bytes, wipes its copy and leaves the source its own', () => {
    const asked: number[] = []
    const source = new Uint8Array(32).fill(7)
    const client = startCognitoClient({
      random: (length) => {
        asked.push(length)
        return source
      },
    })
    client.answerDevice(asDevice(challenge))
    expect(asked).toEqual([32])
    expect(source).toEqual(new Uint8Array(32).fill(7))
    expect(client.srpA).toBe(startCognitoClientWithKey(source).srpA)
  })

  it('dates the claim when it is signed', () => {
    const client = startCognitoClientWithKey(Uint8Array.of(3))
    const before = Math.floor(Date.now() / 1000)
    const { TIMESTAMP: timestamp } = client.answerDevice(asDevice(challenge))
    const signed = Date.parse(timestamp.replace(/^\w+ (\w+) (\d+) (\S+) UTC (\d+)$/, '$2 $1 $4 $3 UTC')) / 1000
    expect(signed).toBeGreaterThanOrEqual(before)
    expect(signed).toBeLessThanOrEqual(Math.ceil(Date.now() / 1000))
  })
})

describe('the server', () => {
  it.each([
    ['0', 'invalid-public-key'],
    ['00', 'invalid-public-key'],
    [N, 'invalid-public-key'],
    [N.toUpperCase(), 'invalid-public-key'],
    [`0${N}0`, 'too-large'],
    ['', 'invalid-encoding'],
    ['-1', 'invalid-encoding'],
    ['xyz', 'invalid-encoding'],
    ['f'.repeat(4_000_000), 'too-large'],
    ['1', 'none'],
    [`00${N.slice(0, -1)}e`, 'none'],
    [`00${N}`, 'invalid-public-key'],
    [`0000${N.slice(0, -1)}e`, 'too-large'],
    ['F', 'none'],
  ])('answers an A of %.20s with %s', (srpA, code) => {
    expect(outcome(() => checkSrpA(srpA))).toBe(code)
    const verify = () =>
      startCognitoServer(record).verify(asAnswer({ srpA, secretBlock: 'AAAA', signature: '', timestamp: '' }))
    expect(outcome(verify)).toBe(code === 'none' ? 'wrong-proof' : code)
  })

  it('writes SALT and SRP_B without leading zeros, as BigInteger.toString(16)', () => {
    expect(startCognitoServer({ ...record, salt: '000ABC' }).SALT).toBe('abc')
    for (let key = 1; key < runs(60, 10); key++) {
      expect(startCognitoServerWithKey(record, Uint8Array.of(key)).SRP_B).toMatch(/^[1-9a-f][0-9a-f]*$/)
    }
  })

  it.each([
    '',
    'null',
    '{}',
    '[]',
    '[2,"a","b","c0","1","1"]',
    '[1,"a","b","c0","1"]',
    '[1,"a","b","c0","1","1","1"]',
    '[1,"a","b","c0","0","1"]',
    '[1,"a","b","zz","1","1"]',
    '[1,"a",7,"c0","1","1"]',
    '[1,"a","b","c0","1",""]',
    `[1,"a","b","c0","1","${'ff'.repeat(385)}"]`,
  ])('refuses the saved handshake %.40s', (state) => {
    expect(outcome(() => resumeCognitoServer(state))).toBe('invalid-state')
  })

  it('wants the right types', () => {
    const server = startCognitoServer(record)
    const answer = asAnswer({ srpA: '2', secretBlock: 'AAAA', signature: '', timestamp: '' })
    expect(outcome(() => server.verify({ ...answer, PASSWORD_CLAIM_SIGNATURE: undefined as never }))).toBe('TypeError')
    expect(outcome(() => server.verify({ ...answer, TIMESTAMP: 5 as never }))).toBe('TypeError')
    expect(outcome(() => startCognitoServer({ ...record, verifier: '0' }))).toBe('invalid-public-key')
    expect(outcome(() => cognitoVerifier({ ...record, password: undefined as never }))).toBe('TypeError')
  })
})
