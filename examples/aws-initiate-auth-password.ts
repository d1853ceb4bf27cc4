// AWS's example "InitiateAuth with a user name and password" (USER_PASSWORD_AUTH), with a local user pool in Cognito's place.
// Run it with: npx tsx examples/aws-initiate-auth-password.ts
import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider'
import { signIn } from 'cognito-srp-flows'
import { sdkApi } from 'cognito-srp-flows/sdk'
import { createUserPool, serve } from 'cognito-user-pool-emulator'

const userPoolId = 'us-east-1_EXAMPLE01'
const clientId = '1example23456789'
const clientSecret = 'an-example-client-secret'

const server = await serve(
  createUserPool({
    id: userPoolId,
    clients: [{ clientId, clientSecret }],
    users: [{ username: 'testuser', password: 'Example-password-1', attributes: { email: 'testuser@example.com' } }],
  }),
)

// With a real pool, leave the endpoint out.
const sdk = new CognitoIdentityProviderClient({ region: 'us-east-1', endpoint: server.url })
const client = { api: sdkApi(sdk), userPoolId, clientId, clientSecret }

const step = await signIn(client, {
  username: 'testuser@example.com',
  password: 'Example-password-1',
  flow: 'USER_PASSWORD_AUTH',
  // Optional, as in AWS's example: for the pool's Lambda triggers, analytics and threat protection.
  clientMetadata: { source: 'example' },
  analyticsMetadata: { AnalyticsEndpointId: 'd70b2ba36a8c4dc5a04a0451a31a1e12' },
  userContextData: { EncodedData: 'AmazonCognitoAdvancedSecurityData_object', IpAddress: '192.0.2.1' },
})

if (step.kind !== 'signed-in') throw new Error(`The pool asks for more: ${step.kind}`)
console.log(`Signed in; the access token is good for ${step.tokens.expiresIn} seconds.`)

sdk.destroy()
await server.close()
