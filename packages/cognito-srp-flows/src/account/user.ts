import type { AppClient } from '../app-client.js'
import { text } from '../errors.js'
import { isList, isText, isTexts, optional, required } from '../replies.js'
import { metadata } from '../requests.js'
import type { RequestOptions } from '../step.js'
import { attributeList, type CodeDelivery, deliveryOf, nameList, readAttributes, readDelivery } from './fields.js'
import { type SignedInRequest, signedInCall } from './request.js'

/** The account of the user who is signed in. */
export interface UserAccount {
  /** The real user name. */
  readonly username: string
  /** `sub`, `email`, `email_verified`, `custom:…`. All of them are texts. */
  readonly attributes: Readonly<Record<string, string>>
  /** The second factor that is asked for first, e.g. `SOFTWARE_TOKEN_MFA`. */
  readonly preferredMfa?: string
  /** All second factors that are on. */
  readonly mfa: readonly string[]
}

/**
 * Get the attributes and the second factors of the user who is signed in (GetUser).
 *
 * @param client - The app client: `{ api, userPoolId, clientId, clientSecret? }`.
 * @param request - `{ accessToken }`: a JWT.
 * @returns The account.
 * @throws TypeError that names a wrong argument; of the service: NotAuthorizedException (the token is not valid),
 * UserNotFoundException.
 * @example
 * const { attributes } = await getUser(client, { accessToken })
 */
export async function getUser(client: AppClient, request: SignedInRequest): Promise<UserAccount> {
  const reply = await signedInCall(client, request).send('GetUser')
  const preferredMfa = optional(reply, 'PreferredMfaSetting', isText)
  return {
    username: required(reply, 'Username', isText),
    attributes: readAttributes(reply, 'UserAttributes'),
    ...(preferredMfa && { preferredMfa }),
    mfa: optional(reply, 'UserMFASettingList', isTexts) ?? [],
  }
}

/** New values of attributes. */
export interface UpdateUserRequest extends SignedInRequest, Pick<RequestOptions, 'clientMetadata'> {
  readonly attributes: Readonly<Record<string, string>>
}

/**
 * Change attributes of the user who is signed in (UpdateUserAttributes). The ID token shows them after the next refresh.
 *
 * @param client - The app client: `{ api, userPoolId, clientId, clientSecret? }`.
 * @param request - `{ accessToken, attributes }`: a JWT, and the new values by name.
 * @returns Where codes were sent to verify new addresses.
 * @throws TypeError that names a wrong argument; of the service: NotAuthorizedException, InvalidParameterException,
 * AliasExistsException, CodeDeliveryFailureException.
 */
export async function updateUser(client: AppClient, request: UpdateUserRequest): Promise<CodeDelivery[]> {
  const { given, send } = signedInCall(client, request)
  const reply = await send('UpdateUserAttributes', {
    UserAttributes: attributeList(given.attributes ?? null, 'attributes'),
    ...metadata({ clientMetadata: given.clientMetadata }),
  })
  return (optional(reply, 'CodeDeliveryDetailsList', isList) ?? []).map(readDelivery)
}

/** The attributes to delete. */
export interface DeleteAttributesRequest extends SignedInRequest {
  readonly attributeNames: readonly string[]
}

/**
 * Delete attributes of the user who is signed in (DeleteUserAttributes).
 *
 * @param client - The app client: `{ api, userPoolId, clientId, clientSecret? }`.
 * @param request - `{ accessToken, attributeNames }`: a JWT, and a list of names.
 * @throws TypeError that names a wrong argument; of the service: NotAuthorizedException, InvalidParameterException.
 */
export async function deleteAttributes(client: AppClient, request: DeleteAttributesRequest): Promise<void> {
  const { given, send } = signedInCall(client, request)
  await send('DeleteUserAttributes', { UserAttributeNames: nameList(given.attributeNames, 'attributeNames') })
}

/** The attribute whose address a code goes to. */
export interface AttributeCodeRequest extends SignedInRequest, Pick<RequestOptions, 'clientMetadata'> {
  /** `email` or `phone_number`. */
  readonly attributeName: string
}

/**
 * Send a code that verifies an address of the user who is signed in (GetUserAttributeVerificationCode).
 *
 * @param client - The app client: `{ api, userPoolId, clientId, clientSecret? }`.
 * @param request - `{ accessToken, attributeName }`: a JWT, and `email` or `phone_number`.
 * @returns Where the code was sent.
 * @throws TypeError that names a wrong argument; of the service: NotAuthorizedException, InvalidParameterException,
 * LimitExceededException, CodeDeliveryFailureException.
 */
export async function sendAttributeCode(client: AppClient, request: AttributeCodeRequest): Promise<CodeDelivery> {
  const { given, send } = signedInCall(client, request)
  const input = {
    AttributeName: text(given.attributeName, 'attributeName'),
    ...metadata({ clientMetadata: given.clientMetadata }),
  }
  return deliveryOf(await send('GetUserAttributeVerificationCode', input))
}

/** The code that was sent to an address. */
export interface VerifyAttributeRequest extends SignedInRequest {
  /** `email` or `phone_number`. */
  readonly attributeName: string
  readonly code: string
}

/**
 * Verify an address of the user who is signed in by the code that was sent there (VerifyUserAttribute).
 *
 * @param client - The app client: `{ api, userPoolId, clientId, clientSecret? }`.
 * @param request - `{ accessToken, attributeName, code }`: a JWT, `email` or `phone_number`, and the code as it was
 * sent (digits).
 * @throws TypeError that names a wrong argument; of the service: CodeMismatchException, ExpiredCodeException,
 * AliasExistsException, NotAuthorizedException.
 */
export async function verifyAttribute(client: AppClient, request: VerifyAttributeRequest): Promise<void> {
  const { given, send } = signedInCall(client, request)
  await send('VerifyUserAttribute', {
    AttributeName: text(given.attributeName, 'attributeName'),
    Code: text(given.code, 'code'),
  })
}

/**
 * Delete the account of the user who is signed in (DeleteUser). This cannot be undone.
 *
 * @param client - The app client: `{ api, userPoolId, clientId, clientSecret? }`.
 * @param request - `{ accessToken }`: a JWT.
 * @throws TypeError that names a wrong argument; of the service: NotAuthorizedException.
 */
export async function deleteUser(client: AppClient, request: SignedInRequest): Promise<void> {
  await signedInCall(client, request).send('DeleteUser')
}
