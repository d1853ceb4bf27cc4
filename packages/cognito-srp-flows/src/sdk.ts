/**
 * The service through the AWS SDK for JavaScript v3.
 * @module cognito-srp-flows/sdk
 */
import {
  AdminInitiateAuthCommand,
  AdminRespondToAuthChallengeCommand,
  AssociateSoftwareTokenCommand,
  ConfirmDeviceCommand,
  ForgetDeviceCommand,
  GetTokensFromRefreshTokenCommand,
  InitiateAuthCommand,
  ListDevicesCommand,
  RespondToAuthChallengeCommand,
  UpdateDeviceStatusCommand,
  VerifySoftwareTokenCommand,
} from '@aws-sdk/client-cognito-identity-provider'
import type { CognitoApi, Operation } from './api.js'
import { text } from './errors.js'

/** A `CognitoIdentityProviderClient` or `CognitoIdentityProvider` of the AWS SDK for JavaScript v3. */
export interface SdkClient {
  /** Sends one command, and returns its output. */
  send(command: never, options?: never): Promise<unknown>
}

type Command = new (input: never) => unknown

const COMMANDS: Readonly<Record<Operation, Command>> = {
  InitiateAuth: InitiateAuthCommand,
  RespondToAuthChallenge: RespondToAuthChallengeCommand,
  GetTokensFromRefreshToken: GetTokensFromRefreshTokenCommand,
  AssociateSoftwareToken: AssociateSoftwareTokenCommand,
  VerifySoftwareToken: VerifySoftwareTokenCommand,
  ConfirmDevice: ConfirmDeviceCommand,
  UpdateDeviceStatus: UpdateDeviceStatusCommand,
  ForgetDevice: ForgetDeviceCommand,
  ListDevices: ListDevicesCommand,
}

const ADMIN: Readonly<Partial<Record<Operation, Command>>> = {
  InitiateAuth: AdminInitiateAuthCommand,
  RespondToAuthChallenge: AdminRespondToAuthChallengeCommand,
}

function checkClient(client: SdkClient): void {
  if (typeof client?.send !== 'function') throw new TypeError('client: expected a CognitoIdentityProviderClient')
}

const send = (client: SdkClient, Kind: Command, input: object, abortSignal: unknown): Promise<unknown> =>
  client.send(new Kind(input as never) as never, { abortSignal } as never)

/**
 * The service through the AWS SDK v3. The requests need no credentials.
 *
 * @example
 * const api = sdkApi(new CognitoIdentityProviderClient({ region: 'us-east-1' }))
 */
export function sdkApi(client: SdkClient): CognitoApi {
  checkClient(client)
  return { call: (operation, input, signal) => send(client, COMMANDS[operation], input, signal) }
}

/**
 * The same through AdminInitiateAuth and AdminRespondToAuthChallenge, for servers: these are signed, so the client
 * needs credentials. `userContextData` goes out as the ContextData that these calls take.
 */
export function adminSdkApi(client: SdkClient, userPoolId: string): CognitoApi {
  checkClient(client)
  text(userPoolId, 'userPoolId')
  return {
    call(operation, input, signal) {
      const Admin = ADMIN[operation]
      if (!Admin) return send(client, COMMANDS[operation], input, signal)
      const { UserContextData, ...rest } = input
      const context = UserContextData ? { ContextData: UserContextData } : {}
      return send(client, Admin, { UserPoolId: userPoolId, ...rest, ...context }, signal)
    },
  }
}
