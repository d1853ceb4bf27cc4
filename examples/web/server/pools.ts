// One user pool for each story, made afresh whenever a visitor begins it.
import {
  type ClientOptions,
  createUserPool,
  type PrivateJwk,
  type Triggers,
  type UserOptions,
  type UserPool,
  type UserPoolSeed,
} from 'cognito-user-pool-emulator'
import { poolOf, type Story, type StoryId } from '../stories.js'

const PHONE = '+15550100'

/** Settings of a story's pool beyond one user with a password. */
interface Settings extends Partial<Omit<UserPoolSeed, 'clients'>> {
  readonly user?: Partial<UserOptions>
  readonly phone?: true
  /** No one has an account yet. */
  readonly empty?: true
  readonly client?: Partial<ClientOptions>
}

const SETTINGS: { readonly [id in StoryId]: Settings } = {
  password: {},
  sms: { mfa: 'OPTIONAL', phone: true, user: { mfa: { sms: true } } },
  totp: { mfa: 'OPTIONAL' },
  'set-up': { mfa: { mode: 'ON', methods: ['SOFTWARE_TOKEN_MFA'] } },
  first: { user: { status: 'FORCE_CHANGE_PASSWORD' }, requiredAttributes: ['name'] },
  several: { mfa: 'OPTIONAL', phone: true, user: { mfa: { sms: true, email: true } } },
  device: { mfa: 'OPTIONAL', phone: true, user: { mfa: { sms: true } }, deviceTracking: 'opt-in' },
  passkey: { firstFactors: ['PASSWORD', 'WEB_AUTHN'] },
  choice: { phone: true, firstFactors: ['PASSWORD', 'EMAIL_OTP', 'SMS_OTP'] },
  custom: {},
  // A refresh token is good for one use, and a second one comes too late.
  tabs: { client: { lifetimes: { access: 30, id: 30 }, refreshTokenRotation: true } },
  'sign-up': { empty: true, usernameAttributes: ['email'] },
  forgot: {},
}

/** The pool's own code of the custom story: one question, three tries. */
const QUESTION: Triggers = {
  defineAuthChallenge(event) {
    const rounds = event.request.session as { challengeName: string; challengeResult: boolean }[]
    const last = rounds.at(-1)
    if (last?.challengeName === 'SRP_A') event.response.challengeName = 'PASSWORD_VERIFIER'
    else if (last?.challengeName === 'CUSTOM_CHALLENGE' && last.challengeResult) event.response.issueTokens = true
    else if (rounds.filter(({ challengeResult }) => !challengeResult).length >= 3) {
      event.response.failAuthentication = true
    } else event.response.challengeName = 'CUSTOM_CHALLENGE'
    return event
  },
  createAuthChallenge(event) {
    event.response.publicChallengeParameters = { question: 'What is six times seven?' }
    event.response.privateChallengeParameters = { answer: '42' }
    return event
  },
  verifyAuthChallengeResponse(event) {
    const { answer } = event.request.privateChallengeParameters as { answer: string }
    event.response.answerCorrect = String(event.request.challengeAnswer).trim() === answer
    return event
  },
}

/** The pool of a story as it is before anybody signed in. */
export function newPool(story: Story, signingKey: PrivateJwk): UserPool {
  const { user, phone, empty, client, ...settings } = SETTINGS[story.id]
  const { userPoolId, clientId } = poolOf(story)
  const name = story.username.replace(/@.*/, '').replace(/^./, (letter) => letter.toUpperCase())
  const withTotp = story.authenticator && { totpSecret: story.authenticator, totpName: 'Authenticator' }
  const mfa = withTotp || user?.mfa ? { ...user?.mfa, ...(withTotp || {}) } : undefined
  return createUserPool({
    ...settings,
    id: userPoolId,
    signingKey,
    clients: [{ clientId, ...client }],
    users: empty
      ? []
      : [
          {
            ...user,
            password: story.password,
            attributes: {
              email: story.username,
              ...(story.id === 'first' ? {} : { name }),
              ...(phone ? { phone_number: PHONE } : {}),
            },
            ...(mfa ? { mfa } : {}),
          },
        ],
    // People try things faster than every 30 seconds.
    ...(settings.mfa === 'OPTIONAL' ? { mfa: { mode: 'OPTIONAL', allowTotpReuse: true } as const } : {}),
    ...(story.id === 'custom' ? { triggers: QUESTION } : {}),
  })
}
