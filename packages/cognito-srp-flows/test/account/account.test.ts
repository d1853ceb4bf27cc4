import type { AppClient } from 'cognito-srp-flows'
import { signIn } from 'cognito-srp-flows'
import {
  changePassword,
  confirmForgotPassword,
  confirmSignUp,
  deleteAttributes,
  deletePasskey,
  deleteUser,
  forgotPassword,
  getUser,
  globalSignOut,
  listPasskeys,
  registerPasskey,
  resendCode,
  revokeToken,
  sendAttributeCode,
  setMfaPreference,
  setUpTotp,
  signUp,
  updateUser,
  verifyAttribute,
} from 'cognito-srp-flows/account'
import type { UserPool } from 'cognito-user-pool-emulator'
import { Secret, TOTP } from 'otpauth'
import { describe, expect, it } from 'vitest'
import { authenticator } from '../authenticator.js'
import { expectKind, expectSignedIn } from '../scripted.js'
import { ALICE, start, type Transport } from '../transports.js'

const NEW_PASSWORD = 'Another-horse-8'
const code = (emulator: UserPool, username: string): string => emulator.outbox.last(username)?.code ?? 'none'
const refused = (name: string) => expect.objectContaining({ name })

async function signedIn(client: AppClient, password = ALICE.password): Promise<string> {
  return expectSignedIn(await signIn(client, { username: ALICE.username, password })).tokens.accessToken
}

const TRANSPORTS: Transport[] = ['fetchApi', 'sdkApi of the aggregated client']

describe.each(TRANSPORTS)('over %s', (transport) => {
  const open = (options: Parameters<typeof start>[1] = {}, more: Parameters<typeof start>[2] = {}) =>
    start(transport, { users: [ALICE], mfa: 'OPTIONAL', ...options }, more)

  it.each([undefined, 's3cret'])(
    'a user signs up, is sent a code twice, and confirms (secret: %s)',
    async (clientSecret) => {
      const { client, emulator } = await open({ users: [] }, clientSecret ? { clientSecret } : {})
      const username = 'ada'
      const made = await signUp(client, {
        username,
        password: NEW_PASSWORD,
        attributes: { email: 'ada@example.com' },
        validationData: { from: 'test' },
      })
      expect(made).toMatchObject({ confirmed: false, via: 'email', attributeName: 'email' })
      expect(made.userSub).toMatch(/^[0-9a-f-]{36}$/)
      expect(made.sentTo).toMatch(/\*/)
      await expect(signUp(client, { username, password: NEW_PASSWORD })).rejects.toEqual(
        refused('UsernameExistsException'),
      )
      await expect(confirmSignUp(client, { username, code: 'wrong1' })).rejects.toEqual(
        refused('CodeMismatchException'),
      )
      expect(await resendCode(client, { username })).toMatchObject({ via: 'email' })
      const { session } = await confirmSignUp(client, { username, code: code(emulator, username) })
      // The emulator may give none: then the password is asked for as usual.
      const step = session
        ? await signIn(client, { username, flow: 'USER_AUTH', session })
        : await signIn(client, { username, password: NEW_PASSWORD })
      expect(step.kind).toBe('signed-in')
    },
  )

  it.each([undefined, 's3cret'])('a forgotten password is replaced (secret: %s)', async (clientSecret) => {
    const { client, emulator } = await open({}, clientSecret ? { clientSecret } : {})
    const { username } = ALICE
    expect(await forgotPassword(client, { username })).toMatchObject({ sentTo: expect.stringContaining('*') })
    const wrong = confirmForgotPassword(client, { username, code: '000000', password: NEW_PASSWORD })
    await expect(wrong).rejects.toEqual(refused('CodeMismatchException'))
    await confirmForgotPassword(client, { username, code: code(emulator, username), password: NEW_PASSWORD })
    await signedIn(client, NEW_PASSWORD)
  })

  it('a password is changed', async () => {
    const { client } = await open()
    const accessToken = await signedIn(client)
    const wrong = changePassword(client, {
      accessToken,
      previousPassword: 'Wrong-horse-7',
      proposedPassword: NEW_PASSWORD,
    })
    await expect(wrong).rejects.toEqual(refused('NotAuthorizedException'))
    await changePassword(client, { accessToken, previousPassword: ALICE.password, proposedPassword: NEW_PASSWORD })
    await signedIn(client, NEW_PASSWORD)
  })

  it('attributes are read, changed, verified and deleted', async () => {
    const { client, emulator } = await open()
    const accessToken = await signedIn(client)
    expect(await getUser(client, { accessToken })).toMatchObject({
      username: ALICE.username,
      attributes: { email: 'alice@example.com', email_verified: 'true' },
      mfa: [],
    })
    const attributes = { email: 'new@example.com', name: 'Alice' }
    const sent = await updateUser(client, { accessToken, attributes })
    expect(sent).toEqual([expect.objectContaining({ via: 'email', attributeName: 'email' })])
    expect((await sendAttributeCode(client, { accessToken, attributeName: 'email' })).via).toBe('email')
    const wrong = verifyAttribute(client, { accessToken, attributeName: 'email', code: '000000' })
    await expect(wrong).rejects.toEqual(refused('CodeMismatchException'))
    await verifyAttribute(client, { accessToken, attributeName: 'email', code: code(emulator, ALICE.username) })
    await deleteAttributes(client, { accessToken, attributeNames: ['name'] })
    const after = (await getUser(client, { accessToken })).attributes
    expect(after).toMatchObject({ email: 'new@example.com', email_verified: 'true' })
    expect(after).not.toHaveProperty('name')
  })

  it('an authenticator app is set up and preferred, then switched off', async () => {
    const { client } = await open()
    const accessToken = await signedIn(client)
    const app = await setUpTotp(client, { accessToken })
    expect(JSON.stringify(app)).not.toContain(app.secretCode)
    expect(app.uri('My App')).toBe(`otpauth://totp/My%20App:${ALICE.username}?secret=${app.secretCode}&issuer=My%20App`)
    const totp = new TOTP({ secret: Secret.fromBase32(app.secretCode) })
    await expect(app.answer('000000')).rejects.toThrow()
    await app.answer(totp.generate(), { deviceName: 'phone' })
    await setMfaPreference(client, { accessToken, totp: 'preferred' })
    expect(await getUser(client, { accessToken })).toMatchObject({
      preferredMfa: 'SOFTWARE_TOKEN_MFA',
      mfa: ['SOFTWARE_TOKEN_MFA'],
    })
    const step = expectKind(await signIn(client, { username: ALICE.username, password: ALICE.password }), 'code')
    expect(step).toMatchObject({ via: 'totp', deviceName: 'phone' })
    await setMfaPreference(client, { accessToken, totp: 'off', sms: 'on' })
    expect((await getUser(client, { accessToken })).mfa).toEqual(['SMS_MFA'])
  })

  it('passkeys are registered, listed and deleted', async () => {
    const { client } = await open()
    const accessToken = await signedIn(client)
    const buffer = (text: string) => Uint8Array.from(Buffer.from(text, 'base64url')).buffer
    const forms: ((json: ReturnType<ReturnType<typeof authenticator>['create']>) => object | string)[] = [
      (json) => json,
      (json) => JSON.stringify(json),
      // As a browser gives it: buffers, and methods of a prototype.
      (json) =>
        Object.create({
          id: json.id,
          type: json.type,
          rawId: buffer(json.rawId),
          response: Object.create({
            clientDataJSON: buffer(json.response.clientDataJSON),
            attestationObject: buffer(json.response.attestationObject),
            getTransports: () => ['internal'],
          }),
          getClientExtensionResults: () => ({}),
        }),
    ]
    for (const form of forms) {
      const passkey = await registerPasskey(client, { accessToken })
      expect(new Uint8Array(passkey.request.challenge).length).toBeGreaterThan(15)
      expect(passkey.request.user.id).toBeInstanceOf(ArrayBuffer)
      await passkey.answer(form(authenticator('http://localhost').create(JSON.parse(passkey.requestJson))))
    }
    const all = await listPasskeys(client, { accessToken })
    expect(all).toHaveLength(3)
    expect(all[2]).toMatchObject({ relyingPartyId: 'localhost', transports: ['internal'], created: expect.any(Date) })
    await deletePasskey(client, { accessToken, credentialId: all[0]?.credentialId ?? '' })
    expect(await listPasskeys(client, { accessToken })).toHaveLength(2)
    const passkey = await registerPasskey(client, { accessToken })
    expect(passkey.request.excludeCredentials?.[0]?.id).toBeInstanceOf(ArrayBuffer)
    for (const bad of [{}, 'x', { response: {} }, { response: null }]) {
      await expect(passkey.answer(bad)).rejects.toThrow(/^credential: expected a PublicKeyCredential/)
    }
  })

  it('tokens are revoked, here and everywhere, and the user is deleted', async () => {
    const { client } = await open()
    const { tokens } = expectSignedIn(await signIn(client, ALICE))
    await revokeToken(client, { refreshToken: tokens.refreshToken ?? '' })
    await expect(getUser(client, tokens)).rejects.toEqual(refused('NotAuthorizedException'))
    const accessToken = await signedIn(client)
    await globalSignOut(client, { accessToken })
    await expect(getUser(client, { accessToken })).rejects.toEqual(refused('NotAuthorizedException'))
    await deleteUser(client, { accessToken: await signedIn(client) })
    await expect(signedIn(client)).rejects.toEqual(refused('NotAuthorizedException'))
  })
})

describe('a wrong argument', () => {
  const client: AppClient = {
    api: { call: () => Promise.reject(new Error('nothing may be sent')) },
    userPoolId: 'us-east-1_AbCdEfGhI',
    clientId: 'c',
  }
  const accessToken = 'a'
  it.each<[(...args: never[]) => Promise<unknown>, unknown, RegExp]>([
    [signUp, undefined, /^request: expected an object/],
    [signUp, {}, /^username: /],
    [signUp, { username: 'u', password: '' }, /^password: /],
    [signUp, { username: 'u', attributes: 'x' }, /^attributes: expected an object/],
    [signUp, { username: 'u', attributes: { email: 1 } }, /^attributes.email: expected a string/],
    [signUp, { username: 'u', clientMetadata: 1 }, /^clientMetadata: /],
    [confirmSignUp, { username: 'u' }, /^code: /],
    [resendCode, { username: 7 }, /^username: /],
    [forgotPassword, {}, /^username: /],
    [confirmForgotPassword, { username: 'u', code: '1' }, /^password: /],
    [changePassword, { accessToken, previousPassword: 'p' }, /^proposedPassword: /],
    [getUser, {}, /^accessToken: /],
    [updateUser, { accessToken }, /^attributes: /],
    [deleteAttributes, { accessToken, attributeNames: 'email' }, /^attributeNames: expected an array/],
    [deleteAttributes, { accessToken, attributeNames: [''] }, /^attributeNames\[0\]: /],
    [sendAttributeCode, { accessToken }, /^attributeName: /],
    [verifyAttribute, { accessToken, attributeName: 'email' }, /^code: /],
    [setMfaPreference, { accessToken, totp: true }, /^totp: expected off, on or preferred/],
    [setUpTotp, undefined, /^request: /],
    [registerPasskey, { accessToken: '' }, /^accessToken: /],
    [listPasskeys, undefined, /^request: /],
    [deletePasskey, { accessToken }, /^credentialId: /],
    [revokeToken, {}, /^refreshToken: /],
    [globalSignOut, {}, /^accessToken: /],
    [deleteUser, {}, /^accessToken: /],
  ])('%o(%j) is named', async (call, request, message) => {
    await expect(call(client as never, request as never)).rejects.toThrow(message)
  })
})
