import { invalidParameter, resourceNotFound, ServiceError } from '../config/errors.js'
import type { Json } from '../config/json.js'
import { verifyAccessToken } from '../credentials/tokens.js'
import { creationOptions, registerPasskey } from '../credentials/web-authn.js'
import type { Pool } from '../model/pool.js'
import { type Call, type Operations, open } from './operation.js'
import { page } from './page.js'

function checkEnabled(pool: Pool): void {
  if (!pool.settings.firstFactors.includes('WEB_AUTHN')) {
    throw new ServiceError('WebAuthnNotEnabledException', 'WebAuthn is not enabled for the user pool')
  }
}

async function startRegistration({ host, input }: Call): Promise<Json> {
  const { pool, user } = await verifyAccessToken(host, input.string('AccessToken'))
  checkEnabled(pool)
  return { CredentialCreationOptions: await creationOptions(pool, user) }
}

async function completeRegistration({ host, input }: Call): Promise<Json> {
  const { pool, user } = await verifyAccessToken(host, input.string('AccessToken'))
  checkEnabled(pool)
  const credential = input.document('Credential')
  if (credential === undefined) throw invalidParameter('Credential is missing.')
  await registerPasskey(pool, user, credential)
  return {}
}

async function list({ host, input }: Call): Promise<Json> {
  const { pool, user } = await verifyAccessToken(host, input.string('AccessToken'))
  const { items, next } = page(
    { all: user.passkeys, scope: `passkeys ${user.sub}`, keyOf: ({ id }) => id },
    input.number('MaxResults'),
    input.optionalString('NextToken'),
  )
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
  const { user } = await verifyAccessToken(host, input.string('AccessToken'))
  const id = input.string('CredentialId')
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
