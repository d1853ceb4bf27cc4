// The same with the AWS SDK in the bundle.
import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider'
import { sdkApi } from 'cognito-srp-flows/sdk'
import type { Host } from '../host.js'
import { runSuite } from './web.js'

Object.assign(globalThis, {
  runSuite: (host: Omit<Host, 'engines'>) =>
    runSuite({
      ...host,
      sdkApi: (endpoint) => sdkApi(new CognitoIdentityProviderClient({ endpoint, region: 'us-east-1' })),
    }),
})
