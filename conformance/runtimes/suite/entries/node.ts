// Node, Bun and Deno: the packages are imported as they are installed. The second argument is the host as JSON.
import { jsbiEngine } from '@srp6a/srp/jsbi'
import { nodeEngine } from '@srp6a/srp/node'
import type { CognitoApi } from 'cognito-srp-flows'
import { type Outcome, runAll, timesOfSignIn } from '../main.js'

const { sdk, ...host } = JSON.parse(process.argv[2] ?? '{}')

async function sdkApiOf(): Promise<(endpoint: string) => CognitoApi> {
  const { CognitoIdentityProviderClient } = await import('@aws-sdk/client-cognito-identity-provider')
  const { sdkApi } = await import('cognito-srp-flows/sdk')
  return (endpoint) => sdkApi(new CognitoIdentityProviderClient({ endpoint, region: 'us-east-1' }))
}

const outcome: Outcome = await runAll({
  ...host,
  engines: [jsbiEngine, nodeEngine],
  ...(sdk && { sdkApi: await sdkApiOf() }),
})
Object.assign(
  outcome,
  timesOfSignIn(() => performance.now(), host),
)
console.log(`REPORT ${JSON.stringify(outcome)}`)
