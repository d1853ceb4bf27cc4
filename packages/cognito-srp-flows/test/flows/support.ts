import { signIn } from 'cognito-srp-flows'
import type { UserPool } from 'cognito-user-pool-emulator'
import { authenticator } from '../authenticator.js'
import { expectSignedIn } from '../scripted.js'
import { ALICE, type Started } from '../transports.js'

/** One request of a signed-in user that our own port does not have. */
export async function post(url: string, operation: string, body: object) {
  const headers = {
    'content-type': 'application/x-amz-json-1.1',
    'x-amz-target': `AWSCognitoIdentityProviderService.${operation}`,
  }
  const reply = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })
  if (!reply.ok) throw new Error(`${operation}: ${await reply.text()}`)
  return JSON.parse((await reply.text()) || '{}')
}

/** Registers a passkey the way a signed-in user does. */
export async function registerPasskey({ client, server }: Started, username = ALICE.username) {
  // The sign-in page is on localhost, the relying party of the emulator.
  const { tokens } = expectSignedIn(await signIn(client, { username, password: ALICE.password }))
  const passkey = authenticator('http://localhost:5173')
  const AccessToken = tokens.accessToken
  const { CredentialCreationOptions } = await post(server.url, 'StartWebAuthnRegistration', { AccessToken })
  const Credential = passkey.create(CredentialCreationOptions)
  await post(server.url, 'CompleteWebAuthnRegistration', { AccessToken, Credential })
  return passkey
}

/** The names of the challenges answered, and of the other operations called, from now on. */
export function conversation(emulator: UserPool): string[] {
  const names: string[] = []
  emulator.onExchange(({ operation, request }) => names.push(String(request.ChallengeName ?? operation)))
  return names
}
