// An error names the argument at fault: who reads "password: expected a string" need not look into the library.
import { decoyRecord, enroll, startClient, startServer } from '@srp6a/srp'
import {
  checkSrpA,
  cognitoVerifier,
  formatTimestamp,
  parseUserPoolId,
  resumeCognitoServer,
  secretHash,
  startCognitoServer,
} from '@srp6a/srp/cognito'
import {
  createDeviceVerifierWithPassword,
  enrollWithSalt,
  startClientWithKey,
  startCognitoClientWithKey,
  startCognitoServerWithKey,
  startServerWithKey,
} from '@srp6a/srp/testing'
import { describe, expect, it } from 'vitest'
import { asAnswer, asDevice } from './support/claims.js'
import { complaint } from './support/codes.js'
import { begun, password, record, suite, username } from './support/tiny.js'

const key = Uint8Array.of(7)
const short = startCognitoClientWithKey(Uint8Array.of(3))
const challenge = { scope: 'a', userId: 'b', password: 'c', salt: '1', srpB: '5', secretBlock: 'AAAA' }
const claim = (change: object) => () => short.answerDevice(asDevice({ ...challenge, ...change } as never))
const cognitoRecord = { scope: 'a', userId: 'b', salt: '1', verifier: '5' }
const serving = startCognitoServerWithKey(cognitoRecord, key)
const answer = { srpA: '8', secretBlock: 'AAAA', signature: 'AAAA', timestamp: '' }
const verify = (change: object) => () => serving.verify(asAnswer({ ...answer, ...change } as never))
const cognitoServer = (change: object) => () => startCognitoServer({ ...cognitoRecord, ...change } as never)
const who = { ...challenge }
const device = { deviceGroupKey: 'g', deviceKey: 'k', devicePassword: 'p', salt: Uint8Array.of(1) }
const register = (change: object) => () => createDeviceVerifierWithPassword({ ...device, ...change } as never)
const hashed = (change: object) => () =>
  secretHash({ username: 'a', clientId: 'b', clientSecret: 'c', ...change } as never)
const serverOf = (change: object) => () => startServer(suite, { ...record, ...change } as never)
const decoy = (change: object) => () => decoyRecord(suite, { username, seed: new Uint8Array(16), ...change } as never)
const hello = (change: object) => () => {
  const { client, hello } = begun()
  client.answer({ ...hello, ...change } as never)
}
const message = (change: object) => () => {
  const { server } = begun()
  server.verify({ clientPublicKey: key, clientProof: key, ...change } as never)
}
const confirm = (proof: unknown) => () => {
  const { client, hello } = begun()
  client.answer(hello).confirm({ serverProof: proof } as never)
}
const twice = (run: () => unknown) => () => {
  run()
  run()
}
const enrolled = (change: object) => () => enroll(suite, { username, password, ...change } as never)

describe('the argument at fault is named', () => {
  it.each<[call: string, run: () => unknown, says: string]>([
    ['claim', claim({ scope: 1 }), 'TypeError: deviceGroupKey: expected a string'],
    ['claim', claim({ userId: 1 }), 'TypeError: deviceKey: expected a string'],
    ['claim', claim({ password: 1 }), 'TypeError: devicePassword: expected a string'],
    ['claim', claim({ now: 1 }), 'TypeError: now: expected a Date or a function that returns one'],
    ['claim', claim({ salt: 'x' }), 'invalid-encoding: SALT: missing or not encoded as it must be'],
    ['claim', claim({ salt: '-x' }), 'invalid-encoding: SALT: missing or not encoded as it must be'],
    ['claim', claim({ salt: '0'.repeat(2049) }), 'too-large: SALT: too long'],
    ['claim', claim({ srpB: 'x' }), 'invalid-encoding: SRP_B: missing or not encoded as it must be'],
    ['claim', claim({ srpB: '0' }), 'invalid-public-key: SRP_B: 0 modulo N'],
    ['claim', claim({ srpB: 'f'.repeat(770) }), 'too-large: SRP_B: longer than N'],
    ['claim', claim({ secretBlock: '*' }), 'invalid-encoding: SECRET_BLOCK: missing or not encoded as it must be'],
    ['verify', verify({ srpA: 'x' }), 'invalid-encoding: SRP_A: missing or not encoded as it must be'],
    ['verify', verify({ signature: 1 }), 'TypeError: PASSWORD_CLAIM_SIGNATURE: expected a string'],
    ['verify', verify({ timestamp: 1 }), 'TypeError: TIMESTAMP: expected a string'],
    [
      'verify',
      verify({ secretBlock: '*' }),
      'invalid-encoding: PASSWORD_CLAIM_SECRET_BLOCK: missing or not encoded as it must be',
    ],
    ['startCognitoServer', cognitoServer({ scope: 1 }), 'TypeError: scope: expected a string'],
    ['startCognitoServer', cognitoServer({ salt: '' }), 'invalid-encoding: salt: missing or not encoded as it must be'],
    ['startCognitoServer', cognitoServer({ verifier: '0' }), 'invalid-public-key: verifier: 0 modulo N'],
    [
      'cognitoVerifier',
      () => cognitoVerifier({ ...who, password: 1 } as never),
      'TypeError: password: expected a string',
    ],
    ['checkSrpA', () => checkSrpA('0'), 'invalid-public-key: SRP_A: 0 modulo N'],
    [
      'createDeviceVerifierWithPassword',
      register({ deviceGroupKey: 1 }),
      'TypeError: deviceGroupKey: expected a string',
    ],
    ['createDeviceVerifierWithPassword', register({ deviceKey: 1 }), 'TypeError: deviceKey: expected a string'],
    [
      'createDeviceVerifierWithPassword',
      register({ devicePassword: 1 }),
      'TypeError: devicePassword: expected a string',
    ],
    ['createDeviceVerifierWithPassword', register({ salt: 1 }), 'TypeError: salt: expected a Uint8Array'],
    ...[0, 1025].map((length): [string, () => unknown, string] => [
      'createDeviceVerifierWithPassword',
      register({ salt: new Uint8Array(length) }),
      'RangeError: salt: expected 1 to 1024 bytes',
    ]),
    ['createDeviceVerifierWithPassword', register({ salt: new Uint8Array(1024).fill(1) }), 'none'],
    ['secretHash', hashed({ username: 1 }), 'TypeError: username: expected a string'],
    ['secretHash', hashed({ clientId: 1 }), 'TypeError: clientId: expected a string'],
    ['secretHash', hashed({ clientSecret: 1 }), 'TypeError: clientSecret: expected a string'],
    ['secretHash', hashed({ clientSecret: '' }), 'RangeError: clientSecret: expected 1 to 65536 characters'],
    ['parseUserPoolId', () => parseUserPoolId(1 as never), 'TypeError: userPoolId: expected a string'],
    ['parseUserPoolId', () => parseUserPoolId('a'), 'RangeError: userPoolId: expected the form us-east-1_AbCdEfGhI'],
    [
      'formatTimestamp',
      () => formatTimestamp(new Date('')),
      'RangeError: date: expected a valid Date of the years 1 to 9999',
    ],
    [
      'startCognitoClientWithKey',
      () => startCognitoClientWithKey([] as never),
      'TypeError: privateKey: expected a Uint8Array',
    ],
    [
      'startCognitoClientWithKey',
      () => startCognitoClientWithKey(new Uint8Array(385)),
      'RangeError: privateKey: expected 1 to 384 bytes',
    ],
    [
      'startClientWithKey',
      () => startClientWithKey(suite, new Uint8Array()),
      'RangeError: privateKey: expected 1 to 128 bytes',
    ],
    [
      'startServerWithKey',
      () => startServerWithKey(suite, record, 1 as never),
      'TypeError: privateKey: expected a Uint8Array',
    ],
    ['answer', hello({ username: 1 }), 'TypeError: username: expected a string'],
    ['answer', hello({ password: 1 }), 'TypeError: password: expected a string'],
    ['answer', hello({ salt: 1 }), 'TypeError: salt: expected a Uint8Array'],
    ['answer', hello({ salt: new Uint8Array() }), 'invalid-encoding: salt: expected a non-empty Uint8Array'],
    ['answer', hello({ salt: new Uint8Array(1025) }), 'too-large: salt: longer than 1024 bytes'],
    ['answer', hello({ serverPublicKey: 1 }), 'TypeError: serverPublicKey: expected a Uint8Array'],
    ['answer', hello({ serverPublicKey: new Uint8Array(9) }), 'invalid-public-key: serverPublicKey: 0 modulo N'],
    ['answer', hello({ serverPublicKey: new Uint8Array(129).fill(1) }), 'too-large: serverPublicKey: longer than N'],
    ['confirm', confirm(1), 'TypeError: serverProof: expected a Uint8Array'],
    ['confirm', confirm(new Uint8Array()), 'invalid-encoding: serverProof: expected a non-empty Uint8Array'],
    ['confirm', confirm(new Uint8Array(33).fill(1)), 'too-large: serverProof: longer than a digest'],
    ['verify', message({ clientPublicKey: 1 }), 'TypeError: clientPublicKey: expected a Uint8Array'],
    ['verify', message({ clientPublicKey: new Uint8Array(1) }), 'invalid-public-key: clientPublicKey: 0 modulo N'],
    ['verify', message({ clientProof: 1 }), 'TypeError: clientProof: expected a Uint8Array'],
    [
      'verify',
      message({ clientProof: new Uint8Array() }),
      'invalid-encoding: clientProof: expected a non-empty Uint8Array',
    ],
    ['startServer', serverOf({ username: 1 }), 'TypeError: username: expected a string'],
    [
      'startServer',
      serverOf({ username: 'é'.repeat(32_768) }),
      'RangeError: username: expected at most 65,535 bytes of UTF-8',
    ],
    ['startServer', serverOf({ salt: 1 }), 'TypeError: salt: expected a Uint8Array'],
    ['startServer', serverOf({ verifier: 1 }), 'TypeError: verifier: expected a Uint8Array'],
    ['startServer', serverOf({ verifier: new Uint8Array(1) }), 'invalid-public-key: verifier: 0 modulo N'],
    ['enroll', enrolled({ username: 1 }), 'TypeError: username: expected a string'],
    ['enroll', enrolled({ password: 1 }), 'TypeError: password: expected a string'],
    [
      'enrollWithSalt',
      () => enrollWithSalt(suite, { username, password }, [] as never),
      'TypeError: salt: expected a Uint8Array',
    ],
    [
      'startClient',
      () => startClient({} as never),
      'TypeError: suite: expected one of suites, or one made by defineSuite',
    ],
    ['decoyRecord', decoy({ username: 1 }), 'TypeError: username: expected a string'],
    ['decoyRecord', decoy({ seed: 1 }), 'TypeError: seed: expected a Uint8Array'],
    ['decoyRecord', decoy({ seed: new Uint8Array(15) }), 'RangeError: seed: expected 16 to 1024 bytes'],
    ['decoyRecord', decoy({ saltLength: 0 }), 'RangeError: saltLength: expected a whole number from 1 to 1024'],
    ['resumeCognitoServer', () => resumeCognitoServer(1 as never), 'TypeError: state: expected a string'],
  ])('%s: case %$', (_, run, says) => expect(complaint(run)).toBe(says))
})

describe('what is over says so', () => {
  it('a claim, whatever comes the second time', () => {
    const srp = startCognitoClientWithKey(key)
    const second = 'used-twice: This handshake has been answered already: start another'
    srp.answerDevice(asDevice(challenge))
    for (const change of [{}, { password: 1 }, { srpB: '0' }]) {
      expect(complaint(() => srp.answerDevice(asDevice({ ...challenge, ...change } as never)))).toBe(second)
    }
  })
  it('an answer, whatever comes the second time', () => {
    const { client, hello } = begun()
    client.answer(hello)
    const second = 'used-twice: This handshake has been answered already: start another'
    for (const change of [{}, { salt: undefined }, { serverPublicKey: new Uint8Array(1) }, { username: 1 }]) {
      expect(complaint(() => client.answer({ ...hello, ...change } as never))).toBe(second)
    }
  })
  it('a confirmation and a verification', () => {
    const { server, client, hello } = begun()
    const { clientProof: proof, confirm } = client.answer(hello)
    const { serverProof } = server.verify({ clientPublicKey: client.clientPublicKey, clientProof: proof })
    expect(complaint(twice(() => confirm({ serverProof }).sessionKey))).toBe(
      'used-twice: The server has been checked already',
    )
    const over = 'used-twice: This handshake is over: the client must begin again'
    expect(complaint(() => server.save())).toBe(over)
    expect(complaint(() => server.verify({ clientPublicKey: 1, clientProof: 1 } as never))).toBe(over)
  })
  it('a wrong proof, on either side', () => {
    const wrong = new Uint8Array(32).fill(1)
    const { server, client, hello } = begun()
    expect(complaint(() => server.verify({ clientPublicKey: client.clientPublicKey, clientProof: wrong }))).toBe(
      'wrong-proof: The client does not know the password',
    )
    expect(complaint(() => client.answer(hello).confirm({ serverProof: wrong }))).toBe(
      'wrong-proof: The server does not know the verifier of this password',
    )
  })
  it('a saved handshake that cannot be read', () => {
    const says = 'invalid-state: The saved handshake is damaged or of another version'
    const good = JSON.parse(serving.save()) as unknown[]
    expect(complaint(() => resumeCognitoServer(JSON.stringify(good)))).toBe('none')
    for (const [i] of good.entries()) {
      for (const other of [null, 7, '', 'x'.repeat(65_537), [], 'not hex or a key']) {
        // Names may be any text.
        if ((i === 1 || i === 2) && typeof other === 'string' && other.length < 65_536) continue
        const state = JSON.stringify(good.map((value, at) => (at === i ? other : value)))
        expect(complaint(() => resumeCognitoServer(state))).toBe(says)
      }
    }
    for (const state of ['', '[]', '{}', 'null', JSON.stringify([...good, 1])]) {
      expect(complaint(() => resumeCognitoServer(state))).toBe(says)
    }
  })
})
