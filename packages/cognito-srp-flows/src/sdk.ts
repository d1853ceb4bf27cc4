/**
 * The service through the AWS SDK for JavaScript v3.
 * @module cognito-srp-flows/sdk
 */
// As a namespace: a name that an older SDK lacks is undefined here, where a named import would not even load.
import * as sdk from '@aws-sdk/client-cognito-identity-provider'
import type { AbortSignalLike, AnyOperation, CognitoApi } from './api.js'
import { object, text } from './errors.js'
import { isFields } from './replies.js'

/** A `CognitoIdentityProviderClient` or `CognitoIdentityProvider` of the AWS SDK for JavaScript v3. */
export interface SdkClient {
  /**
   * Send one command.
   *
   * @param command - An instance of one of the SDK's command classes.
   * @param options - The SDK's options for this request alone, e.g. `abortSignal`.
   * @returns The output of the command.
   */
  send(command: never, options?: never): Promise<unknown>
}

/** Settings of {@link sdkApi} and {@link adminSdkApi}. */
export interface SdkApiOptions {
  /**
   * Command classes of the SDK by their names, for operations beyond sign-in: `{ SignUpCommand, GetUserCommand }`, or
   * the whole SDK as `import * as commands` gives it. The client `CognitoIdentityProvider` brings all of its own.
   */
  readonly commands?: object
}

type Command = new (input: never) => unknown
type Commands = Readonly<Record<string, unknown>>

// One by one, so that a bundler leaves the other commands of the SDK out.
const SIGN_IN: Commands = {
  InitiateAuthCommand: sdk.InitiateAuthCommand,
  RespondToAuthChallengeCommand: sdk.RespondToAuthChallengeCommand,
  GetTokensFromRefreshTokenCommand: sdk.GetTokensFromRefreshTokenCommand,
  AssociateSoftwareTokenCommand: sdk.AssociateSoftwareTokenCommand,
  VerifySoftwareTokenCommand: sdk.VerifySoftwareTokenCommand,
  ConfirmDeviceCommand: sdk.ConfirmDeviceCommand,
  UpdateDeviceStatusCommand: sdk.UpdateDeviceStatusCommand,
  ForgetDeviceCommand: sdk.ForgetDeviceCommand,
  GetDeviceCommand: sdk.GetDeviceCommand,
  ListDevicesCommand: sdk.ListDevicesCommand,
}

const ADMIN: Commands = {
  InitiateAuthCommand: sdk.AdminInitiateAuthCommand,
  RespondToAuthChallengeCommand: sdk.AdminRespondToAuthChallengeCommand,
}

/** Return a command class by its own name, never one of a prototype. */
const commandOf = (commands: object, operation: string): Command | undefined => {
  const name = `${operation}Command`
  const found: unknown = Object.getOwnPropertyDescriptor(commands, name) && (commands as Commands)[name]
  return typeof found === 'function' ? (found as Command) : undefined
}

type Method = (this: SdkClient, input: object, options: object) => Promise<unknown>

/** Return the method of `CognitoIdentityProvider` for an operation: one that every SDK client has does not count. */
function methodOf(client: SdkClient, operation: string): Method | undefined {
  const name = operation.charAt(0).toLowerCase() + operation.slice(1)
  if (name === operation || name in sdk.CognitoIdentityProviderClient.prototype || name.startsWith('paginate')) return
  const method = (client as unknown as Commands)[name]
  return typeof method === 'function' ? (method as Method) : undefined
}

interface AuthConfig {
  readonly httpAuthSchemeProvider?: (parameters: object) => readonly { readonly schemeId: string }[]
}

/** Tell whether the SDK would sign an operation that takes no signature, as 3.794 to 3.848 do with GetTokensFromRefreshToken. */
function signsNeedlessly(client: SdkClient, operation: string): boolean {
  const { httpAuthSchemeProvider } = ((client as { config?: AuthConfig }).config ?? {}) as AuthConfig
  if (typeof httpAuthSchemeProvider !== 'function') return false
  const schemes = httpAuthSchemeProvider({ operation, region: 'us-east-1' })
  return schemes.length > 0 && schemes.every(({ schemeId }) => schemeId !== 'smithy.api#noAuth')
}

function makeApi(client: SdkClient, options: SdkApiOptions, admin: Commands, userPoolId?: string): CognitoApi {
  if (typeof client?.send !== 'function') throw new TypeError('client: expected a CognitoIdentityProviderClient')
  object(options, 'options')
  const { commands = {} } = options
  object(commands, 'options.commands')

  const send = async (operation: string, input: Record<string, unknown>, abortSignal: unknown): Promise<unknown> => {
    const Admin = commandOf(admin, operation)
    if (Admin) {
      const { UserContextData, ...rest } = input
      const context = UserContextData ? { ContextData: UserContextData } : {}
      const request = { UserPoolId: userPoolId, ...rest, ...context }
      return client.send(new Admin(request as never) as never, { abortSignal } as never)
    }
    const Kind = commandOf(commands, operation) ?? commandOf(SIGN_IN, operation)
    const refreshing = operation === 'GetTokensFromRefreshToken'
    // `refresh` goes over to REFRESH_TOKEN_AUTH where the service, or the SDK, does not know the newer operation.
    if (refreshing && (!Kind || (!userPoolId && signsNeedlessly(client, operation)))) {
      throw Object.assign(
        new Error(`this version of the AWS SDK cannot send ${operation}: take 3.849.0 or a later one`),
        {
          name: 'UnknownOperationException',
        },
      )
    }
    if (Kind) return client.send(new Kind(input as never) as never, { abortSignal } as never)
    const method = methodOf(client, operation)
    if (method) return method.call(client, input, { abortSignal })
    const name = operation.slice(0, 60)
    throw new RangeError(`operation: ${name} needs its command of the SDK, in the option commands: { ${name}Command }`)
  }

  return {
    async call(operation: AnyOperation, input: Record<string, unknown>, signal?: AbortSignalLike) {
      text(operation, 'operation')
      if (!isFields(input)) throw new TypeError('input: expected an object')
      if (signal !== undefined) object(signal, 'signal')
      return send(operation, input, signal)
    },
  }
}

/**
 * Reach the service through the AWS SDK v3. A sign-in needs no credentials.
 *
 * @param client - The SDK's client.
 * @param options - `commands`: the SDK's command classes for operations beyond sign-in.
 * @returns The `api` of an app client.
 * @throws TypeError for an argument of the wrong type.
 * @example
 * const api = sdkApi(new CognitoIdentityProviderClient({ region: 'us-east-1' }), { commands: { SignUpCommand } })
 * await api.call('SignUp', { ClientId: clientId, Username: 'ada', Password: password })
 */
export function sdkApi(client: SdkClient, options: SdkApiOptions = {}): CognitoApi {
  return makeApi(client, options, {})
}

/**
 * Reach the service through the AWS SDK v3, and sign in with AdminInitiateAuth and AdminRespondToAuthChallenge. For
 * servers: these calls are signed, so the SDK's client needs credentials.
 *
 * @param client - The SDK's client, with credentials.
 * @param userPoolId - The user pool that the admin calls name.
 * @param options - `commands`: the SDK's command classes for operations beyond sign-in.
 * @returns The `api` of an app client. `userContextData` goes out as the ContextData that these calls take.
 * @throws TypeError for an argument of the wrong type.
 * @example
 * const api = adminSdkApi(new CognitoIdentityProviderClient({ region: 'us-east-1' }), 'us-east-1_AbCdEfGhI')
 */
export function adminSdkApi(client: SdkClient, userPoolId: string, options: SdkApiOptions = {}): CognitoApi {
  text(userPoolId, 'userPoolId')
  return makeApi(client, options, ADMIN, userPoolId)
}
