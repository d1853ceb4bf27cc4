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
import { object, text } from './errors.js'
import { isFields } from './replies.js'

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

const send = async (client: SdkClient, Kind: Command | undefined, input: object, signal: unknown): Promise<unknown> => {
  if (!Kind) throw new RangeError('operation: expected one that a sign-in needs')
  if (!isFields(input)) throw new TypeError('input: expected an object')
  if (signal !== undefined) object(signal, 'signal')
  return client.send(new Kind(input as never) as never, { abortSignal: signal } as never)
}

/** A command by its own name, never by one of a prototype's. */
const named = (commands: Readonly<Partial<Record<Operation, Command>>>, operation: Operation): Command | undefined =>
  Object.getOwnPropertyDescriptor(commands, text(operation, 'operation'))?.value

/**
 * The service through the AWS SDK v3. The requests need no credentials.
 *
 * @example
 * const api = sdkApi(new CognitoIdentityProviderClient({ region: 'us-east-1' }))
 */
export function sdkApi(client: SdkClient): CognitoApi {
  checkClient(client)
  return { call: async (operation, input, signal) => send(client, named(COMMANDS, operation), input, signal) }
}

/**
 * The same through AdminInitiateAuth and AdminRespondToAuthChallenge, for servers: these are signed, so the client
 * needs credentials. `userContextData` goes out as the ContextData that these calls take.
 */
export function adminSdkApi(client: SdkClient, userPoolId: string): CognitoApi {
  checkClient(client)
  text(userPoolId, 'userPoolId')
  return {
    async call(operation, input, signal) {
      const Admin = named(ADMIN, operation)
      // What cannot be spread at all, or only for a minute, is refused there too.
      if (!Admin || !isFields(input)) return send(client, named(COMMANDS, operation), input, signal)
      const { UserContextData, ...rest } = input
      const context = UserContextData ? { ContextData: UserContextData } : {}
      return send(client, Admin, { UserPoolId: userPoolId, ...rest, ...context }, signal)
    },
  }
}
