import { secretHash } from '@srp6a/srp/cognito'
import type { Context } from '../context.js'
import { usage } from '../failure.js'
import { missing } from '../service.js'
import type { RequestInput, Texts } from './input.js'

/** One of the two requests that the commands send, under the names of the service. */
export type Request = Record<string, unknown>

/** Return the ids of a request: an option, the environment or a file, and then --cli-input-json. */
export function idsOf(
  { settings }: Context,
  input: RequestInput,
): { clientId: string; userPoolId: string | undefined } {
  const clientId = input.text(settings.clientId, 'ClientId')
  if (!clientId) throw missing('client-id')
  return { clientId, userPoolId: input.text(settings.userPoolId, 'UserPoolId') }
}

/** Add the members that both requests have: metadata, and the ids. */
export function complete(context: Context, input: RequestInput, request: Request): Request {
  const { settings } = context
  const { clientId, userPoolId } = idsOf(context, input)
  const metadata = input.texts('client-metadata', 'ClientMetadata')
  const analytics = input.structure('analytics-metadata', 'AnalyticsMetadata')
  const contextData = input.structure('context-data', ...(settings.admin ? ['ContextData'] : ['UserContextData']))
  return {
    ...(settings.admin && { UserPoolId: userPoolId }),
    ClientId: clientId,
    ...request,
    ...(Object.keys(metadata).length > 0 && { ClientMetadata: metadata }),
    ...(analytics && { AnalyticsMetadata: analytics }),
    ...(contextData && { [settings.admin ? 'ContextData' : 'UserContextData']: contextData }),
  }
}

/** Add SECRET_HASH for an app client that has a secret. */
export function withSecretHash(
  { settings }: Context,
  clientId: string,
  texts: Texts,
  username: string | undefined,
): Texts {
  const { clientSecret } = settings
  if (!clientSecret || texts.SECRET_HASH) return texts
  if (!username) throw usage('SECRET_HASH is over the user name: give USERNAME.')
  return { ...texts, SECRET_HASH: secretHash({ username, clientId, clientSecret }) }
}

/** Leave out the texts that a skeleton has left empty, so that they are made. */
export const filled = (texts: Texts): Texts =>
  Object.fromEntries(Object.entries(texts).filter(([, value]) => value !== ''))
