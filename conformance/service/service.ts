// The service, or what stands in for it, by operation name.
import * as sdk from '@aws-sdk/client-cognito-identity-provider'
import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider'

export type Reply = Readonly<Record<string, unknown>>

/** An exception of the service as a probe sees it. */
export interface Refusal {
  readonly name: string
  readonly message: string
}

export interface Service {
  readonly region: string
  /**
   * Send one request.
   *
   * @param operation the operation's name in the API reference, such as `InitiateAuth`
   * @throws the SDK's exception of that operation
   */
  call(operation: string, input: Readonly<Record<string, unknown>>): Promise<Reply>
}

type Command = new (input: never) => never

/**
 * Make a service of the SDK's client.
 *
 * @param options.region such as `eu-west-1`
 * @param options.endpoint another address than the region's, for an emulator
 * @param options.credentials the caller's own by default: the SDK's chain
 */
export function sdkService(options: {
  readonly region: string
  readonly endpoint?: string
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string }
}): Service {
  const client = new CognitoIdentityProviderClient({ ...options, maxAttempts: 5 })
  const commands = new Map(Object.entries(sdk))
  return {
    region: options.region,
    async call(operation, input) {
      const Named = commands.get(`${operation}Command`) as Command | undefined
      if (!Named) throw new RangeError(`operation: the SDK has no ${operation}`)
      return (await client.send(new Named(input as never))) as unknown as Reply
    },
  }
}

/** Read an exception; whatever is not one of the service's goes on. */
export function refusalOf(error: unknown): Refusal {
  const known = error instanceof Error && '$metadata' in error
  if (!known) throw error
  return { name: error.name, message: error.message }
}
