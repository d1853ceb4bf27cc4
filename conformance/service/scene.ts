// One pool and one client, and what probes do to them.
import { startCognitoClient } from '@srp6a/srp/cognito'
import { NotPossible, type Seen } from './probe.js'
import { type Refusal, type Reply, refusalOf, type Service } from './service.js'
import type { TemporaryPool } from './temporary-pools.js'

export const PASSWORD = 'Correct-Horse-7-Battery'

/** ChallengeName, Session and the like of a reply, as far as probes read them. */
export interface AuthReply {
  readonly ChallengeName?: string
  readonly Session?: string
  readonly ChallengeParameters?: Readonly<Record<string, string>>
  readonly AvailableChallenges?: readonly string[]
  readonly AuthenticationResult?: {
    readonly AccessToken: string
    readonly RefreshToken?: string
    readonly NewDeviceMetadata?: { readonly DeviceKey: string; readonly DeviceGroupKey: string }
  }
}

export interface Scene extends TemporaryPool {
  /** Send any operation; UserPoolId and ClientId are the caller's to add. */
  call(operation: string, input: Readonly<Record<string, unknown>>): Promise<Reply>
  /** Send a request that must be refused, and give the exception. */
  refusal(operation: string, input: Readonly<Record<string, unknown>>): Promise<Refusal>
  /** Make a confirmed user with a password; the name is new each time. */
  user(attributes?: Readonly<Record<string, string>>): Promise<string>
  initiate(flow: string, parameters: Readonly<Record<string, string>>): Promise<AuthReply>
  respond(challenge: string, responses: Readonly<Record<string, string>>, session?: string): Promise<AuthReply>
  /** Begin USER_SRP_AUTH and give what answers its PASSWORD_VERIFIER. */
  beginSrp(
    username: string,
    options?: { readonly password?: string; readonly more?: Readonly<Record<string, string>>; readonly now?: Date },
  ): Promise<{ readonly reply: AuthReply; readonly responses: Readonly<Record<string, string>> }>
  /** Sign in by SRP as far as that alone goes. */
  signIn(username: string, more?: Readonly<Record<string, string>>): Promise<AuthReply>
}

let counter = 0

/** Describe a refusal as probes compare it. */
export const seen = ({ name, message }: Refusal): Seen => `${name}: ${message}`

/** Begin USER_SRP_AUTH with these parameters and no others, and give the refusal. */
export const refusedSrp = (scene: Scene, AuthParameters: Readonly<Record<string, string>>): Promise<Refusal> =>
  scene.refusal('InitiateAuth', { ClientId: scene.clientId, AuthFlow: 'USER_SRP_AUTH', AuthParameters })

/** Give the challenge of a reply, or `tokens`. */
export const next = (reply: AuthReply): string =>
  reply.ChallengeName ?? (reply.AuthenticationResult ? 'tokens' : 'nothing')

export function sceneOf(service: Service, pool: TemporaryPool): Scene {
  const { id, clientId } = pool
  const scene: Scene = {
    ...pool,
    call: (operation, input) => service.call(operation, input),
    async refusal(operation, input) {
      const reply = await service.call(operation, input).catch(refusalOf)
      return 'name' in reply && 'message' in reply
        ? (reply as unknown as Refusal)
        : { name: 'not refused', message: JSON.stringify(Object.keys(reply).filter((name) => name !== '$metadata')) }
    },
    async user(attributes = {}) {
      const Username = `probe-${Date.now().toString(36)}-${counter++}`
      const UserAttributes = Object.entries(attributes).map(([Name, Value]) => ({ Name, Value }))
      await service.call('AdminCreateUser', { UserPoolId: id, Username, MessageAction: 'SUPPRESS', UserAttributes })
      await service.call('AdminSetUserPassword', { UserPoolId: id, Username, Password: PASSWORD, Permanent: true })
      return Username
    },
    initiate: (AuthFlow, AuthParameters) =>
      service.call('InitiateAuth', { ClientId: clientId, AuthFlow, AuthParameters }),
    respond: (ChallengeName, ChallengeResponses, Session) =>
      service.call('RespondToAuthChallenge', {
        ClientId: clientId,
        ChallengeName,
        ChallengeResponses,
        ...(Session !== undefined && { Session }),
      }),
    async beginSrp(USERNAME, { password = PASSWORD, more = {}, now } = {}) {
      const client = startCognitoClient()
      const reply = await scene.initiate('USER_SRP_AUTH', { USERNAME, SRP_A: client.srpA, ...more })
      const challenge = reply.ChallengeParameters
      if (reply.ChallengeName !== 'PASSWORD_VERIFIER' || !challenge) {
        throw new NotPossible(`USER_SRP_AUTH gave ${next(reply)}`)
      }
      const claim = client.answerUser({
        userPoolId: id,
        password,
        challenge: challenge as never,
        ...(now && { now }),
      })
      return { reply, responses: { USERNAME: challenge.USER_ID_FOR_SRP ?? USERNAME, ...claim } }
    },
    async signIn(username, more = {}) {
      const { reply, responses } = await scene.beginSrp(username, { more })
      const key = more.DEVICE_KEY
      return scene.respond('PASSWORD_VERIFIER', { ...responses, ...(key && { DEVICE_KEY: key }) }, reply.Session)
    },
  }
  return scene
}
