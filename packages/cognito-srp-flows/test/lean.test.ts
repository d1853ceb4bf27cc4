import { FlowError, memoryDeviceStore, resume, signIn } from 'cognito-srp-flows'
import {
  codes,
  deviceProofs,
  newPasswords,
  passwordProofs,
  resumeWith,
  signInWith,
  FlowError as ThrownByLean,
} from 'cognito-srp-flows/lean'
import { createUserPool, type UserPool } from 'cognito-user-pool-emulator'
import { describe, expect, it } from 'vitest'
import * as lean from '../src/lean.js'
import { DEVICE, newDevice, plain, remembered, visibleStore } from './devices/support.js'
import { inProcess } from './in-process.js'
import { challenge, clientWith, expectKind, expectSignedIn, scripted, TOKENS } from './scripted.js'

const WEB = { clientId: 'web' }
const ada = { username: 'ada', password: 'Correct-Horse-7' }
const grace = { username: 'grace', password: 'Correct-Horse-7' }

function poolOfTwo(): UserPool {
  return createUserPool({
    id: 'us-east-1_AbCdEfGhI',
    clients: [{ clientId: 'web' }],
    mfa: 'OPTIONAL',
    users: [
      { ...ada, attributes: {} },
      { ...grace, attributes: { phone_number: '+15555550123' }, mfa: { sms: true } },
    ],
  })
}

describe('a sign-in with the challenges that are named', () => {
  it('needs the proof of the password alone, by SRP', async () => {
    const { api, operations } = inProcess(poolOfTwo())
    const step = expectSignedIn(await signInWith(passwordProofs, clientWith(api, WEB), ada))
    expect(step.username).toBe('ada')
    expect(operations).toEqual(['InitiateAuth', 'RespondToAuthChallenge'])
  })

  it('asks for a code where codes are named, before and after it is saved', async () => {
    const pool = poolOfTwo()
    const { api } = inProcess(pool)
    const challenges = { ...passwordProofs, ...codes }
    const step = expectKind(await signInWith(challenges, clientWith(api, WEB), grace), 'code')
    const restored = expectKind(resumeWith(challenges, clientWith(api, WEB), step.save()), 'code')
    expectSignedIn(await restored.answer(pool.outbox.last()?.code ?? ''))
  })

  it('leaves any other challenge to the caller, who can answer it field by field', async () => {
    const pool = poolOfTwo()
    const { api } = inProcess(pool)
    const step = expectKind(await signInWith(passwordProofs, clientWith(api, WEB), grace), 'other')
    expect(step.challenge).toBe('SMS_MFA')
    expect(resumeWith(newPasswords, clientWith(api, WEB), step.save()).kind).toBe('other')
    // Saved here, it goes on where every challenge is known.
    expect(resume(clientWith(api, WEB), step.save()).kind).toBe('code')
    expectSignedIn(await step.answer({ SMS_MFA_CODE: pool.outbox.last()?.code ?? '' }))
  })

  it('without SRP, a verifier is a step that nothing but its values can answer', async () => {
    const step = await signInWith({}, clientWith(inProcess(poolOfTwo()).api, WEB), ada)
    expect(step).toMatchObject({ kind: 'other', challenge: 'PASSWORD_VERIFIER' })
  })

  it.each([undefined, null, 'passwordProofs', 5])('refuses %j in place of challenges', async (challenges) => {
    const client = clientWith(scripted().api)
    await expect(signInWith(challenges as never, client, ada)).rejects.toThrow(/^challenges: expected an object/)
    expect(() => resumeWith(challenges as never, client, '{}')).toThrow(/^challenges: expected an object/)
  })

  it('takes no handler of a prototype', async () => {
    const client = clientWith(scripted(challenge('toString')).api)
    expect(await signInWith(codes, client, plain)).toMatchObject({ kind: 'other', challenge: 'toString' })
  })
})

describe('devices', () => {
  it('do not count without deviceProofs', async () => {
    const service = scripted(newDevice)
    const client = clientWith(service.api, { devices: memoryDeviceStore() })
    const step = expectSignedIn(await signInWith(passwordProofs, client, plain))
    expect(step.device).toBeUndefined()
    expect(service.requests).toHaveLength(1)
  })

  it('are named, confirmed and forgotten with them', async () => {
    const service = scripted(newDevice, {})
    const { devices, records } = visibleStore()
    const step = await signInWith(deviceProofs, clientWith(service.api, { devices }), plain)
    expect(expectSignedIn(step).device?.status).toBe('confirmed')
    expect(records.size).toBe(2)
    const { client, requests, say } = await remembered()
    say(TOKENS)
    expectSignedIn(await signInWith(deviceProofs, client, plain))
    expect(requests[0]?.input.AuthParameters).toMatchObject({ DEVICE_KEY: DEVICE.DeviceKey })
  })
})

it('is one library with the main entry', async () => {
  expect(ThrownByLean).toBe(FlowError)
  // Spread together, the sets are what signIn knows.
  const { passwords, factorChoices, mfaChoices, mfaSetups, customChallenges, passkeys } = lean
  const all = { ...passwordProofs, ...codes, ...newPasswords, ...mfaChoices, ...mfaSetups, ...customChallenges }
  const every = { ...all, ...factorChoices, ...passwords, ...passkeys, ...deviceProofs }
  for (const name of Object.keys(every)) {
    const replies = () =>
      challenge(
        name,
        { MFAS_CAN_CHOOSE: '["SMS_MFA"]', MFAS_CAN_SETUP: '["EMAIL_OTP"]' },
        { AvailableChallenges: ['EMAIL_OTP'] },
      )
    const kind = (step: Promise<{ kind: string }>) => step.then((one) => one.kind, String)
    const flow = { username: 'ada', flow: 'CUSTOM_AUTH' } as const
    expect(await kind(signInWith(every, clientWith(scripted(replies()).api), flow))).toBe(
      await kind(signIn(clientWith(scripted(replies()).api), flow)),
    )
  }
  expect(Object.keys(every)).toHaveLength(16)
})
