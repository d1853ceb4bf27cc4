// Users: who may sign in, and what is told of those who may not.
import { type Probe, probesOf } from '../probe.js'
import { PASSWORD, refusedSrp, type Scene, seen } from '../scene.js'
import { byEmail, plain, telling } from './needs.js'

const STAFF = 'AWS staff in amazon-cognito-identity-js issue 288 and amplify-js issues 11209, 1464'

async function unconfirmed(scene: Scene): Promise<string> {
  const name = `probe-unconfirmed-${Date.now().toString(36)}`
  await scene.call('SignUp', { ClientId: scene.clientId, Username: name, Password: PASSWORD })
  return name
}

const wrongSignature = `${'A'.repeat(43)}=`

export const users: readonly Probe[] = [
  ...probesOf(plain, [
    {
      id: 'unconfirmed-right-password',
      says: 'A user who has not confirmed the sign-up gets UserNotConfirmedException, and not before the answer.',
      source: STAFF,
      assumption: 'userStatusAtInitiateAuth',
      expected: 'UserNotConfirmedException: User is not confirmed.',
      async observe(scene) {
        const name = await unconfirmed(scene)
        const { reply, responses } = await scene.beginSrp(name)
        return seen(
          await scene.refusal('RespondToAuthChallenge', {
            ClientId: scene.clientId,
            ChallengeName: 'PASSWORD_VERIFIER',
            ChallengeResponses: responses,
            ...(reply.Session && { Session: reply.Session }),
          }),
        )
      },
    },
    {
      id: 'unconfirmed-wrong-password',
      says: 'A user who has not confirmed the sign-up gets UserNotConfirmedException whatever the password is.',
      source: STAFF,
      expected: 'UserNotConfirmedException',
      async observe(scene) {
        const name = await unconfirmed(scene)
        const { reply, responses } = await scene.beginSrp(name, { password: 'Wrong-Horse-8-Battery' })
        const { name: exception } = await scene.refusal('RespondToAuthChallenge', {
          ClientId: scene.clientId,
          ChallengeName: 'PASSWORD_VERIFIER',
          ChallengeResponses: responses,
          ...(reply.Session && { Session: reply.Session }),
        })
        return exception
      },
    },
    {
      id: 'wrong-password',
      says: 'A wrong signature is refused with "Incorrect username or password." and nothing more.',
      source: 'API reference of RespondToAuthChallenge; five public recordings',
      expected: 'NotAuthorizedException: Incorrect username or password.',
      async observe(scene) {
        const { reply, responses } = await scene.beginSrp(await scene.user())
        return seen(
          await scene.refusal('RespondToAuthChallenge', {
            ClientId: scene.clientId,
            ChallengeName: 'PASSWORD_VERIFIER',
            ChallengeResponses: { ...responses, PASSWORD_CLAIM_SIGNATURE: wrongSignature },
            ...(reply.Session && { Session: reply.Session }),
          }),
        )
      },
    },
    {
      id: 'unknown-user-stable-salt',
      says: 'With existence errors hidden an unknown user has the same SALT and USER_ID_FOR_SRP each time.',
      source: 'developer guide, "Managing error responses"',
      expected: { sameSalt: true, sameUserId: true },
      async observe(scene) {
        const name = `probe-unknown-${Date.now().toString(36)}`
        const first = (await scene.beginSrp(name)).reply.ChallengeParameters
        const second = (await scene.beginSrp(name)).reply.ChallengeParameters
        return {
          sameSalt: first?.SALT === second?.SALT,
          sameUserId: first?.USER_ID_FOR_SRP === second?.USER_ID_FOR_SRP,
        }
      },
    },
    {
      id: 'unknown-user-confirm-forgot-password',
      says: 'With existence errors hidden ConfirmForgotPassword of an unknown user is CodeMismatchException.',
      source: 'developer guide, "Managing error responses"; ministack issue 1576 (measured)',
      expected: 'CodeMismatchException',
      async observe(scene) {
        const { name } = await scene.refusal('ConfirmForgotPassword', {
          ClientId: scene.clientId,
          Username: `probe-unknown-${Date.now().toString(36)}`,
          ConfirmationCode: '123456',
          Password: PASSWORD,
        })
        return name
      },
    },
    {
      id: 'unknown-user-forgot-password',
      says: 'With existence errors hidden ForgotPassword of an unknown user simulates a delivery.',
      source: 'developer guide, "Managing error responses"',
      expected: true,
      async observe(scene) {
        const reply = await scene.call('ForgotPassword', {
          ClientId: scene.clientId,
          Username: `probe-unknown-${Date.now().toString(36)}`,
        })
        return reply.CodeDeliveryDetails !== undefined
      },
    },
    {
      id: 'name-with-space',
      says: 'White space in USERNAME is refused by validation, at userName and at userAlias.',
      source: 'amplify-flutter issue 933 (a recorded message)',
      expected: { name: 'InvalidParameterException', errors: 2, places: ['userName', 'userAlias'] },
      async observe(scene) {
        const { name, message } = await scene.refusal('InitiateAuth', {
          ClientId: scene.clientId,
          AuthFlow: 'USER_SRP_AUTH',
          AuthParameters: { USERNAME: 'ada lovelace', SRP_A: 'a1' },
        })
        const places = ['userName', 'userAlias'].filter((place) => message.includes(`'${place}'`))
        return { name, errors: Number(/^(\d+) validation error/.exec(message)?.[1] ?? 0), places }
      },
    },
    {
      id: 'list-users-filter-case',
      says: 'The filter of ListUsers ignores case.',
      source: 'developer guide, "Searching for users"',
      expected: 1,
      async observe(scene) {
        const name = await scene.user()
        const { Users } = await scene.call('ListUsers', {
          UserPoolId: scene.id,
          Filter: `username = "${name.toUpperCase()}"`,
        })
        return (Users as readonly unknown[]).length
      },
    },
  ]),
  ...probesOf(telling, [
    {
      id: 'sub-is-no-sign-in-name',
      says: 'The sub of a user who has another name is not a sign-in name.',
      source: 'ministack issue 1758 (measured)',
      expected: 'UserNotFoundException',
      async observe(scene) {
        const name = await scene.user()
        const reply = (await scene.call('AdminGetUser', { UserPoolId: scene.id, Username: name })) as {
          UserAttributes: readonly { Name: string; Value: string }[]
        }
        const sub = reply.UserAttributes.find((attribute) => attribute.Name === 'sub')?.Value ?? ''
        return (await refusedSrp(scene, { USERNAME: sub, SRP_A: 'a1' })).name
      },
    },
    {
      id: 'legacy-tells',
      says: 'A client of LEGACY says at InitiateAuth that a user does not exist.',
      source: 'API reference of CreateUserPoolClient, PreventUserExistenceErrors',
      expected: 'UserNotFoundException: User does not exist.',
      async observe(scene) {
        return seen(await refusedSrp(scene, { USERNAME: `probe-unknown-${Date.now().toString(36)}`, SRP_A: 'a1' }))
      },
    },
  ]),
  ...probesOf(byEmail, [
    {
      id: 'taken-address',
      says: 'An address that is one user’s sign-in name cannot become another’s.',
      source: 'API reference of AdminCreateUser, UsernameExistsException',
      expected: 'UsernameExistsException',
      async observe(scene) {
        const address = `probe-${Date.now().toString(36)}@example.com`
        const create = { UserPoolId: scene.id, Username: address, MessageAction: 'SUPPRESS' }
        await scene.call('AdminCreateUser', create)
        return (await scene.refusal('AdminCreateUser', create)).name
      },
    },
  ]),
]
