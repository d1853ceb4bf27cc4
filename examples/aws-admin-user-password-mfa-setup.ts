// AWS's example "AdminInitiateAuth with ADMIN_USER_PASSWORD_AUTH", whose reply is MFA_SETUP, carried on to the tokens:
// AssociateSoftwareToken, VerifySoftwareToken, AdminRespondToAuthChallenge. A local user pool stands in Cognito's place.
// Run it with: npx tsx examples/aws-admin-user-password-mfa-setup.ts
import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider'
import { signIn } from 'cognito-srp-flows'
import { adminSdkApi } from 'cognito-srp-flows/sdk'
import { createUserPool, serve } from 'cognito-user-pool-emulator'
import { TOTP } from 'otpauth'

const userPoolId = 'us-east-1_EXAMPLE01'
const clientId = '1example23456789'

const server = await serve(
  createUserPool({
    id: userPoolId,
    clients: [{ clientId }],
    mfa: { mode: 'ON', methods: ['SOFTWARE_TOKEN_MFA'] },
    users: [{ username: 'testuser', password: 'Example-password-1' }],
  }),
)

// The admin calls are signed, so the client needs credentials; the local pool takes any.
const sdk = new CognitoIdentityProviderClient({
  region: 'us-east-1',
  endpoint: server.url,
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
})
const client = { api: adminSdkApi(sdk, userPoolId), userPoolId, clientId }

const step = await signIn(client, {
  username: 'testuser',
  password: 'Example-password-1',
  flow: 'ADMIN_USER_PASSWORD_AUTH',
})
if (step.kind !== 'set-up-totp') throw new Error(`Expected to set up TOTP, not ${step.kind}`)
console.log(`For the QR code: ${step.uri('Example App').replace(step.secretCode, '…')}`)

// The user's authenticator app would do this.
const code = new TOTP({ secret: step.secretCode }).generate()
const done = await step.answer(code, { deviceName: 'My phone' })

if (done.kind !== 'signed-in') throw new Error(`The pool asks for more: ${done.kind}`)
console.log(`Signed in; the access token is good for ${done.tokens.expiresIn} seconds.`)

sdk.destroy()
await server.close()
