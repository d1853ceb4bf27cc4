// Levels of authentication, and the challenge that asks an administrator for a password.
import { type Probe, probesOf } from '../probe.js'
import { PASSWORD, type Scene, seen } from '../scene.js'
import { choice, plain } from './needs.js'

const GUIDE = 'developer guide, authentication levels with ACR and AMR claims'
const LEVEL_1 = 'urn:cognito:loa:1'

async function claimsOf(scene: Scene, parameters: Readonly<Record<string, string>>) {
  const USERNAME = await scene.user()
  const begin = { USERNAME, PREFERRED_CHALLENGE: 'PASSWORD', PASSWORD, ...parameters }
  const { AuthenticationResult: tokens } = await scene.initiate('USER_AUTH', begin)
  const [, payload = ''] = tokens?.AccessToken.split('.') ?? []
  const { acr = null, amr = null } = JSON.parse(Buffer.from(payload, 'base64url').toString())
  return { acr, amr }
}

export const stepUp: readonly Probe[] = [
  ...probesOf(choice, [
    {
      id: 'acr-of-a-password',
      says: 'A password reaches level 1, and the access token says so where it was asked for.',
      source: GUIDE,
      expected: { acr: LEVEL_1, amr: ['pwd'] },
      observe: (scene) => claimsOf(scene, { TARGET_ACR_VALUES: LEVEL_1 }),
    },
    {
      id: 'acr-unasked',
      says: 'A sign-in that names no level has neither acr nor amr.',
      source: `${GUIDE}, which can be read both ways`,
      assumption: 'acrInEverySignIn',
      expected: { acr: null, amr: null },
      observe: (scene) => claimsOf(scene, {}),
    },
    {
      id: 'acr-unknown',
      says: 'TARGET_ACR_VALUES without a level of the pool is refused.',
      source: 'service model, AuthParameters of InitiateAuth; the text is not known',
      assumption: 'noKnownAcrValue',
      expected: 'InvalidParameterException: None of TARGET_ACR_VALUES is valid.',
      async observe(scene) {
        const AuthParameters = { USERNAME: await scene.user(), TARGET_ACR_VALUES: 'gold' }
        const input = { ClientId: scene.clientId, AuthFlow: 'USER_AUTH', AuthParameters }
        return seen(await scene.refusal('InitiateAuth', input))
      },
    },
    {
      id: 'step-up-without-level',
      says: 'ACCESS_TOKEN without TARGET_ACR_VALUES is refused.',
      source: 'service model, AuthParameters of InitiateAuth; the text is not known',
      assumption: 'accessTokenWithoutTarget',
      expected: 'InvalidParameterException: ACCESS_TOKEN requires TARGET_ACR_VALUES.',
      async observe(scene) {
        const USERNAME = await scene.user()
        const begin = { USERNAME, PREFERRED_CHALLENGE: 'PASSWORD', PASSWORD }
        const { AuthenticationResult: tokens } = await scene.initiate('USER_AUTH', begin)
        const AuthParameters = { USERNAME, ACCESS_TOKEN: tokens?.AccessToken ?? '' }
        const input = { ClientId: scene.clientId, AuthFlow: 'USER_AUTH', AuthParameters }
        return seen(await scene.refusal('InitiateAuth', input))
      },
    },
  ]),
  ...probesOf(plain, [
    {
      id: 'admin-without-password',
      says: 'AdminInitiateAuth without PASSWORD is refused; it does not ask by the challenge ADMIN_NO_SRP_AUTH.',
      source: 'API reference of AdminInitiateAuth, where PASSWORD is required; the model lists the challenge',
      assumption: 'adminAsksForPassword',
      expected: 'InvalidParameterException: Missing required parameter PASSWORD',
      async observe(scene) {
        const AuthParameters = { USERNAME: await scene.user() }
        const AuthFlow = 'ADMIN_USER_PASSWORD_AUTH'
        const input = { UserPoolId: scene.id, ClientId: scene.clientId, AuthFlow, AuthParameters }
        return seen(await scene.refusal('AdminInitiateAuth', input))
      },
    },
  ]),
]
