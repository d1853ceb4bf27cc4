import { signIn } from 'cognito-srp-flows'
import { expect, it } from 'vitest'
import { authenticator } from '../authenticator.js'
import { expectKind, expectSignedIn } from '../scripted.js'
import { ALICE, overTransports, start } from '../transports.js'
import { registerPasskey } from './support.js'

const flow = 'USER_AUTH' as const
const typed = { username: 'alice@example.com', flow }

overTransports('USER_AUTH', (transport) => {
  it.each(['PASSWORD_SRP', 'PASSWORD'] as const)('%s preferred', async (preferredChallenge) => {
    const { client } = await start(transport, { users: [ALICE] }, { clientSecret: 's' })
    const request = { ...typed, password: ALICE.password, preferredChallenge }
    expectSignedIn(await signIn(client, request))
    await expect(signIn(client, { ...request, password: 'wrong' })).rejects.toMatchObject({
      name: 'NotAuthorizedException',
    })
  })

  it.each(['EMAIL_OTP', 'SMS_OTP'] as const)('%s preferred', async (preferredChallenge) => {
    const { client, emulator } = await start(transport, { users: [ALICE] }, { clientSecret: 's' })
    const step = expectKind(await signIn(client, { ...typed, preferredChallenge }), 'code')
    expect(step.challenge).toBe(preferredChallenge)
    await expect(step.answer('nonsense')).rejects.toMatchObject({ name: 'CodeMismatchException' })
    expectSignedIn(await step.answer(emulator.outbox.last()?.code ?? ''))
  })

  it('WEB_AUTHN preferred: a passkey signs in, and one of another site does not', async () => {
    const started = await start(transport, { users: [ALICE] }, { clientSecret: 's' })
    const passkey = await registerPasskey(started)
    const request = { ...typed, preferredChallenge: 'WEB_AUTHN' }
    const step = expectKind(await signIn(started.client, request), 'passkey')
    expect(step.request.allowCredentials?.map(({ id }) => Buffer.from(id).toString('base64url'))).toContain(
      passkey.get(step.request).id,
    )
    expectSignedIn(await step.answer(passkey.get(step.request)))
    const again = expectKind(await signIn(started.client, request), 'passkey')
    const other = authenticator('https://evil.example')
    await expect(again.answer(other.get(again.request))).rejects.toMatchObject({ $metadata: { httpStatusCode: 400 } })
  })

  it('SELECT_CHALLENGE offers what the user can do, and takes each', async () => {
    const started = await start(transport, { users: [ALICE] }, { clientSecret: 's' })
    const { client, emulator } = started
    const passkey = await registerPasskey(started)
    const offered = new Set<string>()
    for (const choice of ['PASSWORD', 'PASSWORD_SRP', 'EMAIL_OTP', 'SMS_OTP', 'WEB_AUTHN'] as const) {
      const ask = expectKind(await signIn(client, typed), 'choose-factor')
      for (const one of ask.choices) offered.add(one)
      let step = await ask.answer(choice, choice.startsWith('PASSWORD') ? { password: ALICE.password } : {})
      if (step.kind === 'code') step = await step.answer(emulator.outbox.last()?.code ?? '')
      if (step.kind === 'passkey') step = await step.answer(passkey.get(step.request))
      expectSignedIn(step)
    }
    expect([...offered].sort()).toEqual(['EMAIL_OTP', 'PASSWORD', 'PASSWORD_SRP', 'SMS_OTP', 'WEB_AUTHN'])
  })

  it('SELECT_CHALLENGE with the wrong password is refused', async () => {
    const { client } = await start(transport, { users: [ALICE] })
    for (const choice of ['PASSWORD', 'PASSWORD_SRP'] as const) {
      const ask = expectKind(await signIn(client, typed), 'choose-factor')
      await expect(ask.answer(choice, { password: 'wrong' })).rejects.toMatchObject({ name: 'NotAuthorizedException' })
    }
  })
})
