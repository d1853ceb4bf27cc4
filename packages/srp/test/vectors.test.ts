// Every vector of vectors/ against the library: one test a vector, named by its condition.
import { createHash } from 'node:crypto'
import { cognitoVerifier, formatTimestamp, secretHash } from '@srp6a/srp/cognito'
import { createDeviceVerifierWithPassword, startCognitoServerWithKey } from '@srp6a/srp/testing'
import { describe, expect, it } from 'vitest'
import { parseSalt } from '../src/cognito/suite.js'
import { asAnswer } from './support/claims.js'
import { outcome } from './support/codes.js'
import { share } from './support/share.js'
import {
  bytesOf,
  field,
  hexOf,
  integerHex,
  keyOf,
  readVectors,
  signIn,
  type Vector,
  type VectorFile,
} from './support/vectors.js'

/** One sign-in, each intermediate value of it, and the same conversation seen from the server. */
function checkSignIn({ inputs, expected }: Vector): void {
  const { A, u, x, S, ...claim } = signIn(inputs)
  const seen = { A: integerHex(A), u: integerHex(u), x: integerHex(x), S: integerHex(S), key: keyOf(S, u) }
  expect({ ...seen, identityHash: identityHash(inputs) }).toEqual({
    A: expected.A,
    u: expected.u,
    x: expected.x,
    S: expected.S,
    key: expected.key,
    identityHash: expected.identityHash,
  })
  expect(claim).toEqual({
    PASSWORD_CLAIM_SIGNATURE: field(expected, 'signature'),
    PASSWORD_CLAIM_SECRET_BLOCK: field(inputs, 'secretBlock'),
    TIMESTAMP: field(expected, 'timestamp'),
  })
  if (inputs.serverPrivateKey !== undefined) checkServer({ inputs, expected }, A)
}

function checkServer({ inputs, expected }: Pick<Vector, 'inputs' | 'expected'>, srpA: string): void {
  const [scope, userId, salt] = [field(inputs, 'scope'), field(inputs, 'userId'), field(inputs, 'salt')]
  const verifier = cognitoVerifier({ scope, userId, password: field(inputs, 'password'), salt })
  const server = startCognitoServerWithKey(
    { scope, userId, salt, verifier },
    bytesOf(field(inputs, 'serverPrivateKey')),
  )
  expect(server.SRP_B).toBe(integerHex(field(inputs, 'srpB')))
  const [signature, timestamp] = [field(expected, 'signature'), field(expected, 'timestamp')]
  const answer = asAnswer({ srpA, secretBlock: field(inputs, 'secretBlock'), signature, timestamp })
  server.verify(answer)
  const other = Buffer.from(signature, 'base64')
  other.writeUInt8(other.readUInt8(31) ^ 1, 31)
  const PASSWORD_CLAIM_SIGNATURE = other.toString('base64')
  expect(outcome(() => server.verify({ ...answer, PASSWORD_CLAIM_SIGNATURE }))).toBe('wrong-proof')
}

/** TextEncoder is the authority for UTF-8 here; x shows that the library hashed the same bytes. */
function identityHash(inputs: Vector['inputs']): string {
  const text = `${field(inputs, 'scope')}${field(inputs, 'userId')}:${field(inputs, 'password')}`
  return createHash('sha256').update(new TextEncoder().encode(text)).digest('hex')
}

function checkDeviceVerifier({ inputs, expected }: Vector): void {
  const [deviceGroupKey, deviceKey] = [field(inputs, 'deviceGroupKey'), field(inputs, 'deviceKey')]
  const [devicePassword, salt] = [field(inputs, 'devicePassword'), field(inputs, 'salt')]
  const { passwordVerifier, salt: sentSalt } = expected
  const made = createDeviceVerifierWithPassword({ deviceGroupKey, deviceKey, devicePassword, salt: bytesOf(salt) })
  expect(made).toEqual({ devicePassword, Salt: sentSalt, PasswordVerifier: passwordVerifier })
  const verifier = cognitoVerifier({ scope: deviceGroupKey, userId: deviceKey, password: devicePassword, salt })
  expect(integerHex(verifier)).toBe(expected.verifier)
}

const CHECKS: Readonly<Record<Vector['kind'], (vector: Vector) => void>> = {
  user: checkSignIn,
  device: checkSignIn,
  'device-verifier': checkDeviceVerifier,
  timestamp: ({ inputs, expected }) =>
    expect(formatTimestamp(new Date(field(inputs, 'now')))).toBe(field(expected, 'timestamp')),
  'secret-hash': ({ inputs, expected }) => {
    const [username, clientId] = [field(inputs, 'username'), field(inputs, 'clientId')]
    const hash = secretHash({ username, clientId, clientSecret: field(inputs, 'clientSecret') })
    expect(hash).toBe(field(expected, 'secretHash'))
  },
  'signed-bytes': ({ inputs, expected }) =>
    expect(hexOf(parseSalt(field(inputs, 'hex'), 'salt'))).toBe(field(expected, 'bytes')),
}

for (const name of ['cognito-padding.json', 'cognito-strings.json', 'cognito-devices.json', 'cognito-small.json']) {
  describe(name, () => {
    const { vectors } = readVectors<VectorFile>(name)
    const needsGroup = ({ kind }: Vector) => kind === 'user' || kind === 'device' || kind === 'device-verifier'
    const taken = [...vectors.filter((vector) => !needsGroup(vector)), ...share(vectors.filter(needsGroup), 7)]
    it.each(taken.map((vector) => ({ vector, title: `${vector.id}: ${vector.condition}` })))('$title', ({ vector }) => {
      CHECKS[vector.kind](vector)
    })
  })
}
