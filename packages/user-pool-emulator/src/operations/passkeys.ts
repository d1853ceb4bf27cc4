import { invalidParameter, resourceNotFound, ServiceError } from '../errors.js'
import type { Json } from '../input.js'
import type { Pool } from '../pool.js'
import { verifyAccessToken } from '../tokens.js'
import { creationOptions, registerPasskey } from '../web-authn.js'
import { type Call, type Operations, open } from './operation.js'
import { page } from './page.js'

function checkEnabled(pool: Pool): void {
  if (!pool.settings.firstFactors.includes('WEB_AUTHN')) {
    throw new ServiceError('WebAuthnNotEnabledException', 'WebAuthn is not enabled for the user pool')
  }
}

async function startRegistration({ host, input }: Call): Promise<Json> {
  const { pool, user } = await verifyAccessToken(host, input.text('AccessToken'))
  checkEnabled(pool)
  return { CredentialCreationOptions: await creationOptions(pool, user) }
}

async function completeRegistration({ host, input }: Call): Promise<Json> {
  const { pool, user } = await verifyAccessToken(host, input.text('AccessToken'))
  checkEnabled(pool)
  const credential = input.document('Credential')
  if (credential === undefined) throw invalidParameter('Credential is missing.')
  await registerPasskey(pool, user, credential)
  return {}
}

async function list({ host, input }: Call): Promise<Json> {
  const { pool, user } = await verifyAccessToken(host, input.text('AccessToken'))
  const { items, next } = page(user.passkeys, input.number('MaxResults'), input.optionalText('NextToken'))
  const Credentials = items.map(({ id, name, transports, attachment, createdAt }) => ({
    CredentialId: id,
    FriendlyCredentialName: name,
    RelyingPartyId: pool.settings.webAuthn.relyingPartyId,
    AuthenticatorAttachment: attachment,
    AuthenticatorTransports: transports,
    CreatedAt: createdAt / 1000,
  }))
  return { Credentials, NextToken: next }
}

async function remove({ host, input }: Call): Promise<Json> {
  const { user } = await verifyAccessToken(host, input.text('AccessToken'))
  const id = input.text('CredentialId')
  if (!user.passkeys.some((passkey) => passkey.id === id)) throw resourceNotFound('Credential does not exist.')
  user.passkeys = user.passkeys.filter((passkey) => passkey.id !== id)
  return {}
}

/** A signed-in user's passkeys. */
export const passkeyOperations: Operations = {
  StartWebAuthnRegistration: open(startRegistration),
  CompleteWebAuthnRegistration: open(completeRegistration),
  ListWebAuthnCredentials: open(list),
  DeleteWebAuthnCredential: open(remove),
}
