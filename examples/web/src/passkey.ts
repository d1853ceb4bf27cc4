// The two ceremonies of a passkey: making one, and signing in with it. The browser talks to the authenticator.
import type { PasskeyStep, Step } from 'cognito-srp-flows'
import { registerPasskey } from 'cognito-srp-flows/account'
import type { Stage } from './stage.js'

/** Lets the authenticator sign the pool's challenge, and answers with that. */
export async function usePasskey(step: PasskeyStep): Promise<Step> {
  const credential = await navigator.credentials.get({ publicKey: step.request })
  if (!credential) throw new Error('The browser gave no passkey')
  return step.answer(credential)
}

/** Makes a passkey for who is signed in. */
export async function createPasskey({ client }: Stage, accessToken: string): Promise<void> {
  const registration = await registerPasskey(client, { accessToken })
  const credential = await navigator.credentials.create({ publicKey: registration.request })
  if (!credential) throw new Error('The browser made no passkey')
  await registration.answer(credential)
}
