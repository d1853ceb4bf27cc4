// The demo behind `npm run demo`: a user pool on this machine, and a sign-in by SRP through the real AWS SDK.
// `--json` prints the same as one JSON document.
import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider'
import { bigintEngine } from '@srp6a/srp'
import { JwtVerifier } from 'aws-jwt-verify'
import { type AppClient, refresh, signIn, type Tokens } from 'cognito-srp-flows'
import { sdkApi } from 'cognito-srp-flows/sdk'
import { createUserPool, serve } from 'cognito-user-pool-emulator'
import { type Exchange, fields, narrated, paint } from './support/narrator.js'
import { stopwatch } from './support/stopwatch.js'

const json = process.argv.includes('--json')
const say = (line = '') => {
  if (!json) console.log(line)
}
const title = (text: string) => say(`\n${paint('bold', paint('blue', text))}`)

const userPoolId = 'us-east-1_Demo12345'
const clientId = '1example23456789'
const username = 'ada@example.com'
const password = 'Correct-Horse-7-Battery'

title('1  A user pool on this machine')
const server = await serve(
  createUserPool({
    id: userPoolId,
    clients: [{ clientId }],
    users: [{ password, attributes: { email: username, name: 'Ada' } }],
  }),
)
say(`   listening on ${server.url}, with one user, ${username}; the pool keeps a salt and a verifier, no password`)

const sdk = new CognitoIdentityProviderClient({ region: 'us-east-1', endpoint: server.url })
const log: Exchange[] = []
const watch = stopwatch(bigintEngine)
const client: AppClient = { api: narrated(sdkApi(sdk), say, log), userPoolId, clientId, engine: watch.engine }

async function main(): Promise<object> {
  title('2  Signing in by SRP: the password itself is never sent')
  const first = await signIn(client, { username, password })
  if (first.kind !== 'signed-in') throw new Error(`Expected to be signed in, got ${first.kind}`)
  const cold = watch.lap()
  await signIn({ ...client, api: sdkApi(sdk) }, { username, password })
  const warm = watch.lap()
  say(`\n   our arithmetic, 3072 bits${' '.repeat(10)}first sign-in    next one`)
  cold.forEach(({ name, milliseconds }, i) => {
    say(`     ${name.padEnd(28)} ${ms(milliseconds)}      ${ms(warm[i]?.milliseconds ?? 0)}`)
  })

  title('3  The tokens, verified by aws-jwt-verify against the keys the pool publishes')
  const claims = await verify(first.tokens)
  for (const [use, payload] of Object.entries(claims)) {
    say(`   ${paint('green', '✓')} ${use} token`)
    for (const line of fields(payload)) say(line)
  }

  title('4  A wrong password')
  const refusal = await signIn(client, { username, password: 'Wrong-Horse-7-Battery' }).then(
    () => undefined,
    (error: Error) => ({ name: error.name, message: error.message }),
  )
  if (refusal?.name !== 'NotAuthorizedException') throw new Error('The wrong password was not refused')
  say(`   ${paint('green', '✓')} refused, in the service's words: ${refusal.message}`)

  title('5  Refreshing')
  const { refreshToken = '' } = first.tokens
  const refreshed = await refresh(client, { refreshToken, username })
  await verify(refreshed)
  say(`   ${paint('green', '✓')} a new access token, good for ${refreshed.expiresIn} seconds`)

  return {
    endpoint: server.url,
    conversation: log,
    arithmetic: { unit: 'milliseconds', cold, warm },
    claims,
    wrongPassword: refusal,
    refreshed: { expiresIn: refreshed.expiresIn },
  }
}

async function verify(tokens: Tokens): Promise<{ access: object; id: object }> {
  const issuer = `${server.url}/${userPoolId}`
  const verifier = JwtVerifier.create({ issuer, audience: clientId, jwksUri: `${issuer}/.well-known/jwks.json` })
  // Its own fetcher insists on https, which a pool on loopback does not have.
  const keys = await (await fetch(`${issuer}/.well-known/jwks.json`)).json()
  verifier.cacheJwks(keys as Parameters<typeof verifier.cacheJwks>[0])
  const id = await verifier.verify(tokens.idToken)
  const access = await verifier.verify(tokens.accessToken, { audience: null })
  if (access.client_id !== clientId) throw new Error('The access token is for another client')
  return { access, id }
}

function ms(milliseconds: number): string {
  return `${milliseconds.toFixed(1).padStart(8)} ms`
}

try {
  const result = await main()
  if (json) console.log(JSON.stringify(result, undefined, 2))
  say(`\n${paint('green', 'Done.')} The code is in examples/demo.ts.`)
} finally {
  sdk.destroy()
  await server.close()
}
