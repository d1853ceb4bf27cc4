// Levels and factors: the developer guide, "Authentication levels with ACR and AMR claims".
import { signIn } from 'cognito-srp-flows'
import { fetchApi } from 'cognito-srp-flows/fetch'
import { decodeJwt } from 'jose'
import { expect, it } from 'vitest'
import { alice, CLIENT_ID, PASSWORD, POOL_ID, type Running, start } from '../support/pool.js'

const LEVEL = 'urn:cognito:loa:'
const mfaPool = () =>
  start({ mfa: { mode: 'OPTIONAL', methods: ['EMAIL_OTP'] }, users: [alice({ mfa: { preferred: 'EMAIL_OTP' } })] })

function begin({ server }: Running, more: { acrValues?: string; accessToken?: string; maxAge?: number }) {
  const client = { clientId: CLIENT_ID, userPoolId: POOL_ID, api: fetchApi({ endpoint: server.url }) }
  return signIn(client, {
    username: 'alice',
    password: PASSWORD,
    flow: 'USER_AUTH',
    preferredChallenge: 'PASSWORD_SRP',
    ...more,
  })
}

it('a password reaches level 1, which the token carries; a fresh one of it is not asked again', async () => {
  const running = await start()
  const first = await begin(running, { acrValues: `${LEVEL}4 ${LEVEL}1` })
  if (first.kind !== 'signed-in') throw new Error(first.kind)
  const claims = decodeJwt(first.tokens.accessToken)
  expect(claims).toMatchObject({ acr: `${LEVEL}1`, amr: ['pwd'] })
  running.clock.now = new Date(running.clock.now.getTime() + 60_000)
  const again = (maxAge: number) =>
    running.call('InitiateAuth', {
      AuthFlow: 'USER_AUTH',
      ClientId: CLIENT_ID,
      AuthParameters: {
        USERNAME: 'alice',
        TARGET_ACR_VALUES: `${LEVEL}1`,
        ACCESS_TOKEN: first.tokens.accessToken,
        MAX_AGE: String(maxAge),
      },
    })
  const { body } = await again(300)
  expect(decodeJwt(body.AuthenticationResult.IdToken)).toMatchObject({ acr: `${LEVEL}1`, auth_time: claims.auth_time })
  expect((await again(59)).body.ChallengeName).toBe('SELECT_CHALLENGE')
})

it('asks for the factor that the level still lacks', async () => {
  const running = await mfaPool()
  const step = await begin(running, { acrValues: `${LEVEL}3` })
  expect(step.kind).not.toBe('signed-in')
})

it.each([
  [{ ACCESS_TOKEN: 'a.b.c' }, 'InvalidParameterException'],
  [{ TARGET_ACR_VALUES: 'gold' }, 'InvalidParameterException'],
  [{ TARGET_ACR_VALUES: `${LEVEL}1`, ACCESS_TOKEN: 'a.b.c' }, 'NotAuthorizedException'],
  [{ TARGET_ACR_VALUES: `${LEVEL}1`, MAX_AGE: 'soon' }, 'InvalidParameterException'],
])('refuses %j', async (parameters, name) => {
  const { call } = await start()
  const AuthParameters = { USERNAME: 'alice', ...parameters }
  const { body } = await call('InitiateAuth', { AuthFlow: 'USER_AUTH', ClientId: CLIENT_ID, AuthParameters })
  expect(body.__type).toBe(name)
})
