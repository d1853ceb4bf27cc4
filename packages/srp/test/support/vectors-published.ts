// The comparison of each kind of published vector with the library. The format is that of a folder outside this
// repository: see vectors/README.md.
import { hkdf } from '@noble/hashes/hkdf.js'
import { hmac } from '@noble/hashes/hmac.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { bigintEngine } from '@srp6a/srp'
import { cognitoVerifier, SrpError, secretHash } from '@srp6a/srp/cognito'
import { createDeviceVerifierWithPassword, startCognitoClientWithKey } from '@srp6a/srp/testing'
import { expect } from 'vitest'
import { concat, utf8 } from '../../src/bytes.js'
import { parseBase64, toBase64 } from '../../src/codec.js'
import { cognitoGroup } from '../../src/cognito/group.js'
import * as suite from '../../src/cognito/suite.js'
import { scrambler } from '../../src/suite.js'
import { asDevice } from './claims.js'
import { bytesOf, type Fields, field, hexOf, integerHex, keyOf, type SignIn, signIn } from './vectors.js'

export interface Published {
  readonly id: string
  readonly kind: string
  readonly inputs: Fields & { readonly table?: never }
  readonly expected: Fields & { readonly table?: readonly (readonly [number, string])[] }
  /** Values that the collection computed itself where the source publishes fewer. */
  readonly derived?: Fields
}

const N = BigInt(`0x${hexOf(cognitoGroup.modulus)}`)

/** Some published private keys are longer than N; g^a is the same for a mod N - 1. */
function privateKey(hex: string): string {
  const a = BigInt(`0x${hex}`)
  const text = (a < N ? a : a % (N - 1n)).toString(16)
  return text.length % 2 ? `0${text}` : text
}

/** The published conversation; where it has no secret block or time of its own, any will do for u, x and S. */
function converse({ inputs }: Published): SignIn {
  return signIn({
    scope: inputs.poolName ?? inputs.deviceGroupKey ?? field(inputs, 'poolNamePlusUser'),
    userId: inputs.userIdForSrp ?? inputs.deviceKey ?? '',
    password: inputs.password ?? field(inputs, 'devicePassword'),
    privateKey: privateKey(field(inputs, 'a_hex')),
    salt: field(inputs, 'SALT'),
    srpB: field(inputs, 'SRP_B'),
    secretBlock: inputs.SECRET_BLOCK ?? 'AAAA',
    now: '2026-01-01T00:00:00Z',
  })
}

/** Signs with the TIMESTAMP as published: one of them is no time at all. */
function signature({ inputs }: Published, { S, u }: SignIn): string {
  const scope = inputs.poolName ?? field(inputs, 'deviceGroupKey')
  const who = suite.identity(scope, inputs.userIdForSrp ?? field(inputs, 'deviceKey'))
  const secretBlock = suite.parseSecretBlock(field(inputs, 'SECRET_BLOCK'), 'SECRET_BLOCK')
  return suite.claimSignature({ S: S.slice(), u }, { who, secretBlock, timestamp: field(inputs, 'TIMESTAMP') })
}

function checkConversation(vector: Published): void {
  const seen = converse(vector)
  const key = keyOf(seen.S, seen.u)
  const computed: Fields = {
    A_hex: integerHex(seen.A),
    u_hex: integerHex(seen.u),
    x_hex: integerHex(seen.x),
    S_hex: integerHex(seen.S),
    key_hex: key,
    key_base64: Buffer.from(key, 'hex').toString('base64'),
    identity_sha256_hex: hexOf(sha256(utf8(text(vector.inputs)))),
    ...('TIMESTAMP' in vector.inputs ? { PASSWORD_CLAIM_SIGNATURE: signature(vector, seen) } : {}),
  }
  for (const [name, value] of Object.entries({ ...vector.derived, ...vector.expected })) {
    expect(computed[name], name).toBe(/^[ux]_hex$|^[AS]_hex$/.test(name) ? integerHex(value as string) : value)
  }
}

const text = (inputs: Fields): string => `${inputs.poolName}${inputs.userIdForSrp}:${inputs.password}`
const u = (inputs: Fields) =>
  scrambler(suite.cognitoSuite, bytesOf(field(inputs, 'A_hex')), bytesOf(field(inputs, 'SRP_B')))

function checkServer({ inputs, expected }: Published): void {
  const [A, b, v] = ['A_hex', 'b_hex', 'verifier_hex'].map((name) => bytesOf(field(inputs, name)))
  if (A === undefined || b === undefined || v === undefined) throw new Error('not reached')
  const arithmetic = suite.cognitoArithmetic({ engine: bigintEngine })
  const B = arithmetic.serverPublicKey({ k: suite.cognitoMultiplier(), v, b })
  expect(integerHex(B)).toBe(integerHex(field(expected, 'B_hex')))
  const scramble = scrambler(suite.cognitoSuite, A, B)
  expect(keyOf(arithmetic.serverSecret({ A, u: scramble, v, b }), scramble)).toBe(expected.key_hex)
}

function checkHkdf({ inputs, expected }: Published): void {
  const info = inputs.info_hex === undefined ? utf8('Caldera Derived Key') : bytesOf(inputs.info_hex)
  const okm = hkdf(
    sha256,
    bytesOf(field(inputs, 'ikm_hex')),
    bytesOf(field(inputs, 'salt_hex')),
    info,
    Number(inputs.length ?? 16),
  )
  const published = expected.okm_hex ?? expected.key_hex ?? hexOf(parseBase64(expected.key_base64, 'key', 64))
  expect(hexOf(okm)).toBe(published)
}

function checkDeviceVerifier({ inputs, expected }: Published): void {
  const [deviceGroupKey, deviceKey] = [field(inputs, 'deviceGroupKey'), field(inputs, 'deviceKey')]
  const [devicePassword, salt] = [field(inputs, 'devicePassword'), bytesOf(field(inputs, 'salt_bytes_hex'))]
  const made = createDeviceVerifierWithPassword({ deviceGroupKey, deviceKey, devicePassword, salt })
  expect(made).toEqual({ devicePassword, salt: expected.Salt, passwordVerifier: expected.PasswordVerifier })
}

function checkUserVerifier({ inputs, expected }: Published): void {
  const values = { scope: field(inputs, 'poolName'), userId: field(inputs, 'userIdForSrp') }
  const verifier = cognitoVerifier({ ...values, password: field(inputs, 'password'), salt: field(inputs, 'SALT') })
  expect(integerHex(verifier)).toBe(integerHex(field(expected, 'verifier_hex')))
}

function checkRefusal({ inputs }: Published): void {
  const srp = startCognitoClientWithKey(Uint8Array.of(1))
  const challenge = {
    scope: 'p',
    userId: 'u',
    password: '',
    salt: '1',
    srpB: field(inputs, 'SRP_B'),
    secretBlock: 'AAAA',
  }
  expect(() => srp.answerDevice(asDevice(challenge))).toThrow(SrpError)
}

/** A signature over the published fields under the published key, without SRP. */
function checkSignatureOnly({ inputs, expected }: Published): void {
  const who = suite.identity(field(inputs, 'poolName'), field(inputs, 'userIdForSrp'))
  const block = suite.parseSecretBlock(field(inputs, 'SECRET_BLOCK'), 'SECRET_BLOCK')
  const message = concat(who, block, utf8(field(inputs, 'TIMESTAMP')))
  expect(toBase64(hmac(sha256, utf8(field(inputs, 'key_ascii')), message))).toBe(expected.PASSWORD_CLAIM_SIGNATURE)
}

const signedHex = (hex: string): string => hexOf(suite.parseSalt(hex, 'salt'))

export const CHECKS: Readonly<Record<string, (vector: Published) => void>> = {
  user_signature: checkConversation,
  device_signature: checkConversation,
  srp_intermediates: checkConversation,
  shared_secret: checkConversation,
  hkdf_key: checkConversation,
  signature_only: checkSignatureOnly,
  server: checkServer,
  user_verifier: checkUserVerifier,
  device_verifier: checkDeviceVerifier,
  reject_B: checkRefusal,
  hkdf: checkHkdf,
  cognito_hkdf: checkHkdf,
  k: ({ expected }) => expect(hexOf(suite.cognitoMultiplier())).toBe(expected.k_hex),
  u: ({ inputs, expected }) => expect(integerHex(u(inputs))).toBe(integerHex(field(expected, 'u_hex'))),
  A: ({ inputs, expected }) =>
    expect(integerHex(startCognitoClientWithKey(bytesOf(privateKey(field(inputs, 'a_hex')))).srpA)).toBe(
      integerHex(field(expected, 'A_hex')),
    ),
  secret_hash: ({ inputs, expected }) => {
    const [username, clientId] = [field(inputs, 'username'), field(inputs, 'clientId')]
    const hash = secretHash({ username, clientId, clientSecret: field(inputs, 'clientSecret') })
    expect(hash).toBe(expected.SECRET_HASH)
  },
  identity_hash: ({ inputs, expected }) => {
    const I = concat(suite.identity(field(inputs, 'group'), field(inputs, 'id')), utf8(`:${inputs.password}`))
    expect(sha256(I)).toEqual(parseBase64(expected.sha256_base64, 'hash', 32))
  },
  hexhash: ({ inputs, expected }) => expect(hexOf(sha256(bytesOf(field(inputs, 'hex'))))).toBe(expected.sha256_hex),
  padhex: ({ inputs, expected }) => expect(signedHex(field(inputs, 'hex'))).toBe(field(expected, 'hex').toLowerCase()),
  padhex_table: ({ expected }) => {
    expect(expected.table?.length).toBeGreaterThan(0)
    for (const [value, hex] of expected.table ?? []) {
      expect(signedHex(value.toString(16)), String(value)).toBe(hex.toLowerCase())
    }
  },
}
