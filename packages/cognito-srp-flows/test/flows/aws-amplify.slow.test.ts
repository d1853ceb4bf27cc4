import { Amplify } from 'aws-amplify'
import { confirmSignIn, fetchAuthSession, forgetDevice, type SignInOutput, signIn, signOut } from 'aws-amplify/auth'
import { cognitoUserPoolsTokenProvider } from 'aws-amplify/auth/cognito'
import { ConsoleLogger } from 'aws-amplify/utils'
import type { UserPoolOptions } from 'cognito-user-pool-emulator'
import { TOTP } from 'otpauth'
import { askForAWord } from 'srp6a-tools/testing/triggers.js'
import { webStorage } from 'srp6a-tools/testing/web-storage.js'
import { afterEach, describe, expect, it } from 'vitest'
import { ALICE, CLIENT_ID, POOL_ID, start } from '../transports.js'

// It warns of every endpoint that is not Amazon's.
ConsoleLogger.LOG_LEVEL = 'ERROR'
// On Node 20 Amplify drops the device without a word unless this exists.
const scope = globalThis as { navigator?: unknown }
scope.navigator ??= { userAgent: 'node' }

const SECRET = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP'
const totp = (secret = SECRET) => new TOTP({ secret }).generate()
const { password } = ALICE
const username = 'alice@example.com'

async function amplify(options: Partial<UserPoolOptions>) {
  const started = await start('fetchApi', options)
  Amplify.configure({
    Auth: { Cognito: { userPoolId: POOL_ID, userPoolClientId: CLIENT_ID, userPoolEndpoint: started.server.url } },
  })
  const storage = webStorage()
  cognitoUserPoolsTokenProvider.setKeyValueStorage({
    getItem: async (key) => storage.getItem(key),
    setItem: async (key, value) => storage.setItem(key, value),
    removeItem: async (key) => storage.removeItem(key),
    clear: async () => storage.clear(),
  })
  return { ...started, kept: storage.values, smsCode: () => started.emulator.outbox.last()?.code ?? '' }
}

const step = ({ nextStep }: SignInOutput) => nextStep.signInStep
/** Out of this client only: a global sign-out would also forget its state of the test before. */
const leave = () => signOut().catch(() => undefined)
afterEach(leave)

describe('aws-amplify', () => {
  it('signs in by SRP, is refused with a wrong password, and refreshes', async () => {
    await amplify({ users: [ALICE] })
    await expect(signIn({ username, password: 'wrong' })).rejects.toMatchObject({ name: 'NotAuthorizedException' })
    expect(step(await signIn({ username, password }))).toBe('DONE')
    const before = await fetchAuthSession()
    expect(before.tokens?.accessToken.payload.username).toBe(ALICE.username)
    const after = await fetchAuthSession({ forceRefresh: true })
    expect(after.tokens?.accessToken.toString()).not.toBe(before.tokens?.accessToken.toString())
  })

  it('signs in with TOTP', async () => {
    await amplify({ mfa: 'OPTIONAL', users: [{ ...ALICE, mfa: { totpSecret: SECRET } }] })
    expect(step(await signIn({ username, password }))).toBe('CONFIRM_SIGN_IN_WITH_TOTP_CODE')
    expect(step(await confirmSignIn({ challengeResponse: totp() }))).toBe('DONE')
  })

  it('sets a new password', async () => {
    await amplify({ users: [{ ...ALICE, status: 'FORCE_CHANGE_PASSWORD' }] })
    expect(step(await signIn({ username, password }))).toBe('CONFIRM_SIGN_IN_WITH_NEW_PASSWORD_REQUIRED')
    expect(step(await confirmSignIn({ challengeResponse: 'Better-horse-8' }))).toBe('DONE')
  })

  it('sets up MFA', async () => {
    await amplify({ mfa: { mode: 'ON', methods: ['SOFTWARE_TOKEN_MFA'] }, users: [ALICE] })
    const { nextStep } = await signIn({ username, password })
    if (nextStep.signInStep !== 'CONTINUE_SIGN_IN_WITH_TOTP_SETUP') throw new Error(nextStep.signInStep)
    const { sharedSecret } = nextStep.totpSetupDetails
    expect(step(await confirmSignIn({ challengeResponse: totp(sharedSecret) }))).toBe('DONE')
  })

  it('remembers a device, uses it, and gets over its deletion on the server', async () => {
    const options = { deviceTracking: 'always', mfa: 'OPTIONAL', users: [{ ...ALICE, mfa: { sms: true } }] } as const
    const { smsCode, emulator } = await amplify(options)
    expect(step(await signIn({ username, password }))).toBe('CONFIRM_SIGN_IN_WITH_SMS_CODE')
    expect(step(await confirmSignIn({ challengeResponse: smsCode() }))).toBe('DONE')
    await leave()
    expect(step(await signIn({ username, password }))).toBe('DONE')
    await leave()
    emulator.faults.add({ kind: 'device-wiped', challenge: 'PASSWORD_VERIFIER' })
    expect(step(await signIn({ username, password }))).toBe('CONFIRM_SIGN_IN_WITH_SMS_CODE')
    expect(step(await confirmSignIn({ challengeResponse: smsCode() }))).toBe('DONE')
    await forgetDevice()
  })

  it('signs in with SRP and then a custom challenge', async () => {
    await amplify({ users: [ALICE], triggers: askForAWord('xyzzy') })
    const options = { authFlowType: 'CUSTOM_WITH_SRP' } as const
    expect(step(await signIn({ username, password, options }))).toBe('CONFIRM_SIGN_IN_WITH_CUSTOM_CHALLENGE')
    expect(step(await confirmSignIn({ challengeResponse: 'xyzzy' }))).toBe('DONE')
  })

  it('USER_AUTH with PASSWORD_SRP preferred', async () => {
    await amplify({ users: [ALICE] })
    const options = { authFlowType: 'USER_AUTH', preferredChallenge: 'PASSWORD_SRP' } as const
    expect(step(await signIn({ username, password, options }))).toBe('DONE')
  })

  it('USER_AUTH with SELECT_CHALLENGE', async () => {
    const { smsCode } = await amplify({ users: [ALICE] })
    const options = { authFlowType: 'USER_AUTH' } as const
    expect(step(await signIn({ username, options }))).toBe('CONTINUE_SIGN_IN_WITH_FIRST_FACTOR_SELECTION')
    expect(step(await confirmSignIn({ challengeResponse: 'PASSWORD_SRP' }))).toBe('CONFIRM_SIGN_IN_WITH_PASSWORD')
    expect(step(await confirmSignIn({ challengeResponse: password }))).toBe('DONE')
    await leave()
    expect(step(await signIn({ username, options }))).toBe('CONTINUE_SIGN_IN_WITH_FIRST_FACTOR_SELECTION')
    expect(step(await confirmSignIn({ challengeResponse: 'EMAIL_OTP' }))).toBe('CONFIRM_SIGN_IN_WITH_EMAIL_CODE')
    expect(step(await confirmSignIn({ challengeResponse: smsCode() }))).toBe('DONE')
  })
})
