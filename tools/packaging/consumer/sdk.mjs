// Signs in by SRP over the AWS SDK that is installed here, and refreshes: `node sdk.mjs <endpoint> import|require`. Prints
// the SDK's version and the operations that were sent.
import assert from 'node:assert/strict'
import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)
const [endpoint, kind] = process.argv.slice(2)
const load = (name) => (kind === 'import' ? import(name) : require(name))

const sdk = await load('@aws-sdk/client-cognito-identity-provider')
const { refresh, signIn } = await load('cognito-srp-flows')
const { sdkApi } = await load('cognito-srp-flows/sdk')

const { version } = require('@aws-sdk/client-cognito-identity-provider/package.json')
const sdkClient = new sdk.CognitoIdentityProviderClient({ region: 'us-east-1', endpoint, maxAttempts: 1 })
const sent = []
sdkClient.middlewareStack.add(
  (next, { commandName }) =>
    (args) => {
      sent.push([commandName.replace(/Command$/, ''), args.input.AuthFlow].filter(Boolean).join(' '))
      return next(args)
    },
  { step: 'initialize' },
)
const client = { api: sdkApi(sdkClient), userPoolId: 'us-east-1_Example12', clientId: 'client' }

const step = await signIn(client, { username: 'ada', password: 'Correct-Horse-7' })
assert.equal(step.kind, 'signed-in')
const renewed = await refresh(client, { refreshToken: step.tokens.refreshToken })
assert.match(renewed.accessToken, /^eyJ/)
await assert.rejects(signIn(client, { username: 'ada', password: 'wrong' }), { name: 'NotAuthorizedException' })
console.log(JSON.stringify({ version, sent }))
