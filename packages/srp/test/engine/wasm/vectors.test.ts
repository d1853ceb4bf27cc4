// The vectors of vectors/ that need a group, on the wasm engine; and a handshake of each preset.
import { enroll, type Suite, startClient, startServer, suites } from '@srp6a/srp'
import { cognitoVerifier } from '@srp6a/srp/cognito'
import { createDeviceVerifierWithPassword, startCognitoServerWithKey } from '@srp6a/srp/testing'
import { wasmEngine } from '@srp6a/srp/wasm'
import { describe, expect, it } from 'vitest'
import { asAnswer } from '../../support/claims.js'
import { finish } from '../../support/finish.js'
import { share } from '../../support/share.js'
import { bytesOf, field, integerHex, readVectors, signIn, type Vector, type VectorFile } from '../../support/vectors.js'

const options = { engine: wasmEngine }

function checkSignIn({ inputs, expected }: Vector): void {
  const { A, S, PASSWORD_CLAIM_SIGNATURE: signature } = signIn(inputs, wasmEngine)
  expect({ A: integerHex(A), S: integerHex(S), signature }).toEqual({
    A: expected.A,
    S: expected.S,
    signature: expected.signature,
  })
  if (inputs.serverPrivateKey === undefined) return
  const [scope, userId, salt] = [field(inputs, 'scope'), field(inputs, 'userId'), field(inputs, 'salt')]
  const verifier = cognitoVerifier({ scope, userId, password: field(inputs, 'password'), salt }, options)
  const privateKey = bytesOf(field(inputs, 'serverPrivateKey'))
  const server = startCognitoServerWithKey({ scope, userId, salt, verifier }, privateKey, options)
  expect(server.SRP_B).toBe(integerHex(field(inputs, 'srpB')))
  const [secretBlock, timestamp] = [field(inputs, 'secretBlock'), field(expected, 'timestamp')]
  server.verify(asAnswer({ srpA: A, secretBlock, timestamp, signature }))
}

function checkDeviceVerifier({ inputs, expected }: Vector): void {
  const [deviceGroupKey, deviceKey] = [field(inputs, 'deviceGroupKey'), field(inputs, 'deviceKey')]
  const [devicePassword, salt] = [field(inputs, 'devicePassword'), bytesOf(field(inputs, 'salt'))]
  const made = createDeviceVerifierWithPassword({ deviceGroupKey, deviceKey, devicePassword, salt }, options)
  expect(made.PasswordVerifier).toBe(expected.passwordVerifier)
}

describe.each(['cognito-padding.json', 'cognito-devices.json'])('%s', (name) => {
  const { vectors } = readVectors<VectorFile>(name)
  const titled = vectors.map((vector) => ({ vector, title: `${vector.id}: ${vector.condition}` }))
  const signIns = titled.filter(({ vector }) => vector.kind === 'user' || vector.kind === 'device')
  const verifiers = titled.filter(({ vector }) => vector.kind === 'device-verifier')
  it('has some', () => expect(signIns.length + verifiers.length).toBeGreaterThan(0))
  it.each(share(signIns, 4, 1))('$title', ({ vector }) => checkSignIn(vector))
  it.each(share(verifiers, 4))('$title', ({ vector }) => checkDeviceVerifier(vector))
})

const presets = Object.values(suites).filter((suite): suite is Suite => typeof suite === 'object')
it.each(share(presets, 5, 2).map((suite) => ({ suite, name: suite.name })))(
  'a handshake of $name, server on BigInt',
  ({ suite }) => {
    const [username, password] = ['ada', 'Correct-Horse-7']
    const { salt, verifier } = enroll(suite, { username, password }, options)
    const client = startClient(suite, options)
    const server = startServer(suite, { username, salt, verifier })
    finish(client, server, { username, password, salt })
  },
)
