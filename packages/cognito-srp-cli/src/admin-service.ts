import { usage } from './failure.js'
import { codeOf, missing, type Service } from './service.js'
import type { Settings } from './settings.js'
import type { Trace } from './trace.js'

const SDK = '@aws-sdk/client-cognito-identity-provider'

/** Load the AWS SDK, which is an optional dependency. */
async function loadSdk() {
  try {
    return {
      sdk: await import('@aws-sdk/client-cognito-identity-provider'),
      flows: await import('cognito-srp-flows/sdk'),
    }
  } catch (error) {
    if (codeOf(error) !== 'ERR_MODULE_NOT_FOUND') throw error
    throw usage(
      '--admin needs the AWS SDK, which is not installed.',
      `Install it beside this command: npm install ${SDK}`,
      `Installed globally: npm install -g ${SDK}`,
    )
  }
}

/**
 * Reach the service by its admin operations, signed with the AWS credentials of the environment, a profile, SSO or the machine.
 *
 * @throws Failure `usage` without the SDK, a user pool or a region
 */
export async function connectAsAdmin(settings: Settings, trace: Trace | undefined): Promise<Service> {
  const { userPoolId, region, endpoint } = settings
  if (!userPoolId) throw missing('user-pool-id')
  const { sdk, flows } = await loadSdk()
  const profile = settings.option('profile')
  const client = new sdk.CognitoIdentityProviderClient({
    ...(region && { region }),
    ...(endpoint && { endpoint }),
    ...(profile && { profile }),
  })
  const api = flows.adminSdkApi(client, userPoolId, {
    commands: { GetUserCommand: sdk.GetUserCommand, RevokeTokenCommand: sdk.RevokeTokenCommand },
  })
  const address = endpoint ?? client.config.endpointProvider({ Region: region }).url.href
  const call: Service['call'] = async (operation, input, signal) => {
    const done = trace?.request(address, `${operation} (admin)`, JSON.stringify(input))
    try {
      const reply = await api.call(operation, input, signal)
      done?.('a reply', JSON.stringify(reply))
      return reply
    } catch (error) {
      done?.(error instanceof Error ? error.name : 'an error', '')
      throw error
    }
  }
  return { call, address, skew: undefined }
}
