import type { AppClient } from '../app-client.js'
import { booleanIfAny, text, textIfAny } from '../errors.js'
import { isFlag, isText, optional, required } from '../replies.js'
import { present } from '../requests.js'
import { attributeList, type CodeDelivery, deliveryOf } from './fields.js'
import { type NamedRequest, namedCall } from './request.js'

/** A new user. */
export interface SignUpRequest extends NamedRequest {
  /** Left out in a pool where users sign in without one. */
  readonly password?: string | undefined
  /** E.g. `{ email: 'ada@example.com' }`. */
  readonly attributes?: Readonly<Record<string, string>> | undefined
  /** For the pool's trigger PreSignUp alone. */
  readonly validationData?: Readonly<Record<string, string>> | undefined
}

/** A user who has signed up, and the code that was sent. */
export interface SignedUp extends CodeDelivery {
  /** True where no code is needed. */
  readonly confirmed: boolean
  /** The `sub` of the user. */
  readonly userSub: string
  /** For `signIn` with `flow: 'USER_AUTH'`, where no code is needed. */
  readonly session?: string
}

/**
 * Sign a new user up (SignUp).
 *
 * @param client - The app client: `{ api, userPoolId, clientId, clientSecret? }`.
 * @param request - `{ username, password?, attributes?, validationData? }`: attributes by name, such as
 * `{ email: 'ada@example.com' }`.
 * @returns Whether the user is confirmed, or where the code was sent.
 * @throws TypeError that names a wrong argument; of the service: UsernameExistsException, InvalidPasswordException,
 * InvalidParameterException, UserLambdaValidationException, CodeDeliveryFailureException (the user was made anyway),
 * NotAuthorizedException (the pool lets only administrators make users), LimitExceededException.
 * @example
 * const { confirmed, sentTo } = await signUp(client, { username, password, attributes: { email } })
 */
export async function signUp(client: AppClient, request: SignUpRequest): Promise<SignedUp> {
  const { given, send } = namedCall(client, request)
  const reply = await send('SignUp', {
    Password: textIfAny(given.password, 'password'),
    UserAttributes: attributeList(given.attributes, 'attributes'),
    ValidationData: attributeList(given.validationData, 'validationData'),
  })
  return present<unknown>({
    confirmed: required(reply, 'UserConfirmed', isFlag),
    userSub: required(reply, 'UserSub', isText),
    session: optional(reply, 'Session', isText),
    ...deliveryOf(reply),
  }) as unknown as SignedUp
}

/** The code that a new user was sent. */
export interface ConfirmSignUpRequest extends NamedRequest {
  readonly code: string
  /** Take the e-mail address or phone number away from another user who has it as an alias. */
  readonly forceAliasCreation?: boolean | undefined
  /** The session that `signUp` returned, if it did. */
  readonly session?: string | undefined
}

/**
 * Confirm a new user by the code that was sent (ConfirmSignUp).
 *
 * @param client - The app client: `{ api, userPoolId, clientId, clientSecret? }`.
 * @param request - `{ username, code, session?, forceAliasCreation? }`: the code as it was sent (digits).
 * @returns A session, where the app client allows USER_AUTH: `signIn` with it needs no password.
 * @throws TypeError that names a wrong argument; of the service: CodeMismatchException, ExpiredCodeException,
 * AliasExistsException, NotAuthorizedException (the user is confirmed), TooManyFailedAttemptsException.
 * @example
 * const { session } = await confirmSignUp(client, { username, code })
 * const step = await signIn(client, { username, flow: 'USER_AUTH', session })
 */
export async function confirmSignUp(client: AppClient, request: ConfirmSignUpRequest): Promise<{ session?: string }> {
  const { given, send } = namedCall(client, request)
  const reply = await send('ConfirmSignUp', {
    ConfirmationCode: text(given.code, 'code'),
    ForceAliasCreation: booleanIfAny(given.forceAliasCreation, 'forceAliasCreation'),
    Session: textIfAny(given.session, 'session'),
  })
  const session = optional(reply, 'Session', isText)
  return session ? { session } : {}
}

/**
 * Send the code of a sign-up once more (ResendConfirmationCode).
 *
 * @param client - The app client: `{ api, userPoolId, clientId, clientSecret? }`.
 * @param request - `{ username }`: the name that was signed up.
 * @returns Where the code was sent.
 * @throws TypeError that names a wrong argument; of the service: InvalidParameterException (the user is confirmed),
 * LimitExceededException, CodeDeliveryFailureException, UserNotFoundException where the client shows it.
 */
export async function resendCode(client: AppClient, request: NamedRequest): Promise<CodeDelivery> {
  return deliveryOf(await namedCall(client, request).send('ResendConfirmationCode'))
}
