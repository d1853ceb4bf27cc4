// AWS's example "AdminRespondToAuthChallenge with SOFTWARE_TOKEN_MFA", with a local user pool in Cognito's place.
// Run it with: npx tsx examples/aws-admin-software-token-mfa.ts
import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider'
import { resume, signIn } from 'cognito-srp-flows'
import { adminSdkApi } from 'cognito-srp-flows/sdk'
import { createUserPool, serve } from 'cognito-user-pool-emulator'
import { TOTP } from 'otpauth'

const userPoolId = 'us-east-1_EXAMPLE01'
const clientId = '1example23456789'
const totpSecret = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP'

const server = await serve(
  createUserPool({
    id: userPoolId,
    clients: [{ clientId }],
    mfa: 'ON',
    users: [{ username: 'testuser', password: 'Example-password-1', mfa: { totpSecret } }],
  }),
)

const sdk = new CognitoIdentityProviderClient({
  region: 'us-east-1',
  endpoint: server.url,
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
})
const client = { api: adminSdkApi(sdk, userPoolId), userPoolId, clientId }

// The first request of the browser: the password is right, and the pool asks for a code.
const step = await signIn(client, {
  username: 'testuser',
  password: 'Example-password-1',
  flow: 'ADMIN_USER_PASSWORD_AUTH',
})
if (step.kind !== 'code') throw new Error(`Expected to be asked for a code, not ${step.kind}`)
const saved = step.save() // into the server's session; it holds no password

// The second request, perhaps on another server: the user typed the code.
const again = resume(client, saved)
if (again.kind !== 'code') throw new Error(`Expected the same step, not ${again.kind}`)
const done = await again.answer(new TOTP({ secret: totpSecret }).generate(), {
  clientMetadata: { source: 'example' },
  userContextData: {
    EncodedData: 'AmazonCognitoAdvancedSecurityData_object',
    HttpHeaders: [{ headerName: 'UserAgent', headerValue: 'Mozilla/5.0' }],
    IpAddress: '192.0.2.1',
    ServerName: 'example.com',
    ServerPath: '/login',
  },
})

if (done.kind !== 'signed-in') throw new Error(`The pool asks for more: ${done.kind}`)
console.log(`Signed in; the access token is good for ${done.tokens.expiresIn} seconds.`)

sdk.destroy()
await server.close()
