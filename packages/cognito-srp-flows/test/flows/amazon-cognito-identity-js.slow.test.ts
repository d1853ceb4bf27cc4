import {
  AuthenticationDetails,
  CognitoUser,
  CognitoUserPool,
  type CognitoUserSession,
  type IAuthenticationCallback,
} from 'amazon-cognito-identity-js'
import type { UserPoolOptions } from 'cognito-user-pool-emulator'
import { TOTP } from 'otpauth'
import { askForAWord } from 'srp6a-tools/testing/triggers.js'
import { webStorage } from 'srp6a-tools/testing/web-storage.js'
import { describe, expect, it } from 'vitest'
import { ALICE, CLIENT_ID, POOL_ID, start } from '../transports.js'
import { post } from './support.js'

// It reads this of a browser; without it, devices are dropped.
const scope = globalThis as { navigator?: unknown }
scope.navigator ??= { userAgent: 'node' }

const SECRET = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP'
const totp = (secret = SECRET) => new TOTP({ secret }).generate()
const DEVICES = { deviceTracking: 'always', mfa: 'OPTIONAL', users: [{ ...ALICE, mfa: { sms: true } }] } as const

/** Amazon's client at an emulated pool, with its callbacks as promises: `asks` names what the service wanted on the way. */
async function client(options: Partial<UserPoolOptions>) {
  const started = await start('fetchApi', options)
  const storage = webStorage()
  const pool = new CognitoUserPool({
    UserPoolId: POOL_ID,
    ClientId: CLIENT_ID,
    endpoint: started.server.url,
    Storage: storage as never,
  })
  const newUser = () => new CognitoUser({ Username: 'alice@example.com', Pool: pool, Storage: storage as never })

  const signIn = (user: CognitoUser, answers: Partial<IAuthenticationCallback> = {}, password = ALICE.password) =>
    new Promise<{ session: CognitoUserSession; asks: string[] }>((resolve, reject) => {
      const asks: string[] = []
      const callbacks: IAuthenticationCallback = {
        onSuccess: (session) => resolve({ session, asks }),
        onFailure: reject,
      }
      for (const [name, answer] of Object.entries(answers)) {
        Object.assign(callbacks, {
          [name](...args: unknown[]) {
            asks.push(name)
            // The client calls them as methods: `this` is what goes on to its next call.
            ;(answer as (this: unknown, ...given: unknown[]) => void).apply(callbacks, args)
          },
        })
      }
      user.authenticateUser(new AuthenticationDetails({ Username: 'alice@example.com', Password: password }), callbacks)
    })
  const smsCode = () => started.emulator.outbox.last()?.code ?? ''
  return { ...started, kept: storage.values, newUser, signIn, smsCode }
}

describe('amazon-cognito-identity-js', () => {
  it('signs in by SRP, is refused with a wrong password, and refreshes', async () => {
    const { newUser, signIn } = await client({ users: [ALICE] })
    const user = newUser()
    const { session } = await signIn(user)
    expect(session.getAccessToken().payload.username).toBe(ALICE.username)
    await expect(signIn(newUser(), {}, 'wrong')).rejects.toMatchObject({ code: 'NotAuthorizedException' })
    const fresh = await new Promise<CognitoUserSession>((resolve, reject) =>
      user.refreshSession(session.getRefreshToken(), (error, given) => (error ? reject(error) : resolve(given))),
    )
    expect(fresh.isValid()).toBe(true)
  })

  it('signs in with TOTP', async () => {
    const { newUser, signIn } = await client({ mfa: 'OPTIONAL', users: [{ ...ALICE, mfa: { totpSecret: SECRET } }] })
    const user = newUser()
    const { asks } = await signIn(user, {
      totpRequired() {
        user.sendMFACode(totp(), this as never, 'SOFTWARE_TOKEN_MFA')
      },
    })
    expect(asks).toEqual(['totpRequired'])
  })

  it('sets a new password', async () => {
    const { newUser, signIn } = await client({ users: [{ ...ALICE, status: 'FORCE_CHANGE_PASSWORD' }] })
    const user = newUser()
    await signIn(user, {
      newPasswordRequired() {
        user.completeNewPasswordChallenge('Better-horse-8', {}, this as never)
      },
    })
    await signIn(newUser(), {}, 'Better-horse-8')
  })

  it('sets up MFA', async () => {
    const { newUser, signIn } = await client({ mfa: { mode: 'ON', methods: ['SOFTWARE_TOKEN_MFA'] }, users: [ALICE] })
    const user = newUser()
    await signIn(user, {
      mfaSetup() {
        const callbacks = this as unknown as IAuthenticationCallback
        user.associateSoftwareToken({
          associateSecretCode: (secret) => user.verifySoftwareToken(totp(secret), 'phone', callbacks as never),
          onFailure: callbacks.onFailure,
        })
      },
    })
  })

  it('remembers a device, uses it, and gets over its deletion on the server', async () => {
    const { newUser, signIn, smsCode, kept, server } = await client(DEVICES)
    const answer = (user: CognitoUser) => ({
      mfaRequired(this: unknown) {
        user.sendMFACode(smsCode(), this as never)
      },
    })
    const first = newUser()
    const { session, asks } = await signIn(first, answer(first))
    expect(asks).toEqual(['mfaRequired'])
    const [, deviceKey = ''] = [...kept].find(([key]) => key.endsWith('deviceKey')) ?? []
    expect(deviceKey).toMatch(/^us-east-1_/)

    const second = newUser()
    expect((await signIn(second, answer(second))).asks).toEqual([])
    await post(server.url, 'ForgetDevice', {
      AccessToken: session.getAccessToken().getJwtToken(),
      DeviceKey: deviceKey,
    })
    const third = newUser()
    expect((await signIn(third, answer(third))).asks).toEqual(['mfaRequired'])
  })

  it('signs in with SRP and then a custom challenge', async () => {
    const { newUser, signIn } = await client({ users: [ALICE], triggers: askForAWord('xyzzy') })
    const user = newUser()
    user.setAuthenticationFlowType('CUSTOM_AUTH')
    const { asks } = await signIn(user, {
      customChallenge() {
        user.sendCustomChallengeAnswer('xyzzy', this as never)
      },
    })
    expect(asks).toEqual(['customChallenge'])
  })
})
