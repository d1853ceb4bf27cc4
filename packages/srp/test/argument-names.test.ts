// An error names the argument at fault: who reads "password must be a string" need not look into the library.
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
  startCognitoServerWithKey,
  startCognitoClientWithKey,
  startServerWithKey,
} from '@srp6a/srp/testing'
import { describe, expect, it } from 'vitest'
import { complaint } from './support/codes.js'
import { begun, password, record, suite, username } from './support/tiny.js'

const key = Uint8Array.of(7)
const short = startCognitoClientWithKey(Uint8Array.of(3))
const challenge = { scope: 'a', userId: 'b', password: 'c', salt: '1', srpB: '5', secretBlock: 'AAAA' }
const claim = (change: object) => () => short.claim({ ...challenge, ...change } as never)
const cognitoRecord = { scope: 'a', userId: 'b', salt: '1', verifier: '5' }
const serving = startCognitoServerWithKey(cognitoRecord, key)
const answer = { srpA: '8', secretBlock: 'AAAA', signature: 'AAAA', timestamp: '' }
const verify = (change: object) => () => serving.verify({ ...answer, ...change } as never)
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
  client.answer(hello).confirm(proof as never)
}
const twice = (run: () => unknown) => () => {
  run()
  run()
}
const enrolled = (change: object) => () => enroll(suite, { username, password, ...change } as never)

describe('the argument at fault is named', () => {
  it.each<[call: string, run: () => unknown, says: string]>([
    ['claim', claim({ scope: 1 }), 'TypeError: scope must be a string'],
    ['claim', claim({ userId: 1 }), 'TypeError: userId must be a string'],
    ['claim', claim({ password: 1 }), 'TypeError: password must be a string'],
    ['claim', claim({ now: 1 }), 'TypeError: date must be a Date'],
    ['claim', claim({ salt: 'x' }), 'invalid-encoding: salt is missing or not encoded as it must be'],
    ['claim', claim({ salt: '-x' }), 'invalid-encoding: salt is missing or not encoded as it must be'],
    ['claim', claim({ salt: '0'.repeat(2049) }), 'too-large: salt is too long'],
    ['claim', claim({ srpB: 'x' }), 'invalid-encoding: srpB is missing or not encoded as it must be'],
    ['claim', claim({ srpB: '0' }), 'invalid-public-key: srpB is 0 modulo N'],
    ['claim', claim({ srpB: 'f'.repeat(770) }), 'too-large: srpB is longer than N'],
    ['claim', claim({ secretBlock: '*' }), 'invalid-encoding: secretBlock is missing or not encoded as it must be'],
    ['verify', verify({ srpA: 'x' }), 'invalid-encoding: srpA is missing or not encoded as it must be'],
    ['verify', verify({ signature: 1 }), 'TypeError: signature must be a string'],
    ['verify', verify({ timestamp: 1 }), 'TypeError: timestamp must be a string'],
    ['verify', verify({ secretBlock: '*' }), 'invalid-encoding: secretBlock is missing or not encoded as it must be'],
    ['startCognitoServer', cognitoServer({ scope: 1 }), 'TypeError: scope must be a string'],
    [
      'startCognitoServer',
      cognitoServer({ salt: '' }),
      'invalid-encoding: salt is missing or not encoded as it must be',
    ],
    ['startCognitoServer', cognitoServer({ verifier: '0' }), 'invalid-public-key: verifier is 0 modulo N'],
    [
      'cognitoVerifier',
      () => cognitoVerifier({ ...who, password: 1 } as never),
      'TypeError: password must be a string',
    ],
    ['checkSrpA', () => checkSrpA('0'), 'invalid-public-key: srpA is 0 modulo N'],
    ['createDeviceVerifierWithPassword', register({ deviceGroupKey: 1 }), 'TypeError: deviceGroupKey must be a string'],
    ['createDeviceVerifierWithPassword', register({ deviceKey: 1 }), 'TypeError: deviceKey must be a string'],
    ['createDeviceVerifierWithPassword', register({ devicePassword: 1 }), 'TypeError: devicePassword must be a string'],
    ['createDeviceVerifierWithPassword', register({ salt: 1 }), 'TypeError: salt must be a Uint8Array'],
    ...[0, 1025].map((length): [string, () => unknown, string] => [
      'createDeviceVerifierWithPassword',
      register({ salt: new Uint8Array(length) }),
      'RangeError: salt must have from 1 to 1,024 bytes',
    ]),
    ['createDeviceVerifierWithPassword', register({ salt: new Uint8Array(1024).fill(1) }), 'none'],
    ['secretHash', hashed({ username: 1 }), 'TypeError: username must be a string'],
    ['secretHash', hashed({ clientId: 1 }), 'TypeError: clientId must be a string'],
    ['secretHash', hashed({ clientSecret: 1 }), 'TypeError: clientSecret must be a string'],
    ['secretHash', hashed({ clientSecret: '' }), 'RangeError: clientSecret must have 1 to 65536 characters'],
    ['parseUserPoolId', () => parseUserPoolId(1 as never), 'TypeError: userPoolId must be a string'],
    ['parseUserPoolId', () => parseUserPoolId('a'), 'RangeError: userPoolId must look like us-east-1_AbCdEfGhI'],
    [
      'formatTimestamp',
      () => formatTimestamp(new Date('')),
      'RangeError: date must be a valid Date of the years 1 to 9999',
    ],
    ['startCognitoClientWithKey', () => startCognitoClientWithKey([] as never), 'TypeError: privateKey must be a Uint8Array'],
    [
      'startCognitoClientWithKey',
      () => startCognitoClientWithKey(new Uint8Array(385)),
      'RangeError: privateKey must have from 1 to 384 bytes',
    ],
    [
      'startClientWithKey',
      () => startClientWithKey(suite, new Uint8Array()),
      'RangeError: privateKey must have from 1 to 128 bytes',
    ],
    ['startServerWithKey', () => startServerWithKey(suite, record, 1 as never), 'TypeError: privateKey must be a Uint8Array'],
    ['answer', hello({ username: 1 }), 'TypeError: username must be a string'],
    ['answer', hello({ password: 1 }), 'TypeError: password must be a string'],
    ['answer', hello({ salt: 1 }), 'TypeError: salt must be a Uint8Array'],
    ['answer', hello({ salt: new Uint8Array() }), 'invalid-encoding: salt is empty'],
    ['answer', hello({ salt: new Uint8Array(1025) }), 'too-large: salt is longer than 1024 bytes'],
    ['answer', hello({ serverPublicKey: 1 }), 'TypeError: serverPublicKey must be a Uint8Array'],
    ['answer', hello({ serverPublicKey: new Uint8Array(9) }), 'invalid-public-key: serverPublicKey is 0 modulo N'],
    ['answer', hello({ serverPublicKey: new Uint8Array(129).fill(1) }), 'too-large: serverPublicKey is longer than N'],
    ['confirm', confirm(1), 'TypeError: serverProof must be a Uint8Array'],
    ['confirm', confirm(new Uint8Array()), 'invalid-encoding: serverProof is empty'],
    ['confirm', confirm(new Uint8Array(33).fill(1)), 'too-large: serverProof is longer than a digest'],
    ['verify', message({ clientPublicKey: 1 }), 'TypeError: clientPublicKey must be a Uint8Array'],
    ['verify', message({ clientPublicKey: new Uint8Array(1) }), 'invalid-public-key: clientPublicKey is 0 modulo N'],
    ['verify', message({ clientProof: 1 }), 'TypeError: clientProof must be a Uint8Array'],
    ['verify', message({ clientProof: new Uint8Array() }), 'invalid-encoding: clientProof is empty'],
    ['startServer', serverOf({ username: 1 }), 'TypeError: username must be a string'],
    ['startServer', serverOf({ username: 'é'.repeat(32_768) }), 'RangeError: username is longer than 65,535 bytes'],
    ['startServer', serverOf({ salt: 1 }), 'TypeError: salt must be a Uint8Array'],
    ['startServer', serverOf({ verifier: 1 }), 'TypeError: verifier must be a Uint8Array'],
    ['startServer', serverOf({ verifier: new Uint8Array(1) }), 'invalid-public-key: verifier is 0 modulo N'],
    ['enroll', enrolled({ username: 1 }), 'TypeError: username must be a string'],
    ['enroll', enrolled({ password: 1 }), 'TypeError: password must be a string'],
    [
      'enrollWithSalt',
      () => enrollWithSalt(suite, { username, password }, [] as never),
      'TypeError: salt must be a Uint8Array',
    ],
    ['startClient', () => startClient({} as never), 'TypeError: suite must be one of suites, or made by defineSuite'],
    ['decoyRecord', decoy({ username: 1 }), 'TypeError: username must be a string'],
    ['decoyRecord', decoy({ seed: 1 }), 'TypeError: seed must be a Uint8Array'],
    ['decoyRecord', decoy({ seed: new Uint8Array(15) }), 'RangeError: seed must have from 16 to 1,024 bytes'],
    ['decoyRecord', decoy({ saltLength: 0 }), 'RangeError: saltLength must be a whole number from 1 to 1024'],
    ['resumeCognitoServer', () => resumeCognitoServer(1 as never), 'TypeError: state must be a string'],
  ])('%s: case %$', (_, run, says) => expect(complaint(run)).toBe(says))
})

describe('what is over says so', () => {
  it('a claim, whatever comes the second time', () => {
    const srp = startCognitoClientWithKey(key)
    const second = 'used-twice: This handshake has been answered already: start another'
    srp.claim(challenge)
    for (const change of [{}, { password: 1 }, { srpB: '0' }]) {
      expect(complaint(() => srp.claim({ ...challenge, ...change } as never))).toBe(second)
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
    const { proof, confirm } = client.answer(hello)
    const { serverProof } = server.verify({ clientPublicKey: client.clientPublicKey, clientProof: proof })
    expect(complaint(twice(() => confirm(serverProof)))).toBe('used-twice: The server has been checked already')
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
    expect(complaint(() => client.answer(hello).confirm(wrong))).toBe(
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
