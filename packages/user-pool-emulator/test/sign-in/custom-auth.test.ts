import {
  AuthenticationDetails,
  CognitoUser,
  CognitoUserPool,
  type CognitoUserSession,
} from 'amazon-cognito-identity-js'
import type { TriggerEvent, Triggers } from 'cognito-user-pool-emulator'
import { describe, expect, it } from 'vitest'
import { CLIENT_ID, PASSWORD, POOL_ID, type Running, start } from '../support/pool.js'
import { srpAnswer } from '../support/sign-in.js'
import { outcome, type Reply, refusal, USED_SESSION, WRONG } from '../support/wire.js'

/** Asks for the word `please`, three tries, after SRP where that was asked for. */
function pleaseTriggers(seen: TriggerEvent[] = []): Triggers {
  return {
    defineAuthChallenge: (event) => {
      seen.push(event)
      const rounds = event.request.session as { challengeName: string; challengeResult: boolean }[]
      const last = rounds.at(-1)
      if (last?.challengeName === 'SRP_A') event.response.challengeName = 'PASSWORD_VERIFIER'
      else if (last?.challengeName === 'CUSTOM_CHALLENGE' && last.challengeResult) event.response.issueTokens = true
      else if (rounds.filter(({ challengeName }) => challengeName === 'CUSTOM_CHALLENGE').length >= 3) {
        event.response.failAuthentication = true
      } else event.response.challengeName = 'CUSTOM_CHALLENGE'
      return event
    },
    createAuthChallenge: (event) => {
      seen.push(event)
      event.response.publicChallengeParameters = { hint: 'say please' }
      event.response.privateChallengeParameters = { word: 'please' }
      event.response.challengeMetadata = 'WORD'
      return event
    },
    verifyAuthChallengeResponse: async (event) => {
      seen.push(event)
      const { word } = event.request.privateChallengeParameters as { word: string }
      event.response.answerCorrect = event.request.challengeAnswer === word
      return undefined
    },
  }
}

const initiate = ({ call }: Running, parameters: Record<string, string> = {}): Promise<Reply> =>
  call('InitiateAuth', {
    AuthFlow: 'CUSTOM_AUTH',
    ClientId: CLIENT_ID,
    AuthParameters: { USERNAME: 'alice', ...parameters },
    ClientMetadata: { from: 'the test' },
  })
const answer = ({ call }: Running, Session: string, ANSWER: string, USERNAME = 'alice') =>
  call('RespondToAuthChallenge', {
    ClientId: CLIENT_ID,
    ChallengeName: 'CUSTOM_CHALLENGE',
    Session,
    ChallengeResponses: { USERNAME, ANSWER },
  })

describe('CUSTOM_AUTH', () => {
  it('goes in rounds, each under its own Session, and never shows the private parameters', async () => {
    const seen: TriggerEvent[] = []
    const running = await start({ triggers: pleaseTriggers(seen) })
    const first = (await initiate(running)).body
    expect(first).toMatchObject({
      ChallengeName: 'CUSTOM_CHALLENGE',
      ChallengeParameters: { USERNAME: 'alice', hint: 'say please' },
    })
    expect(JSON.stringify(first)).not.toContain('"please"')
    expect(seen[0]).toMatchObject({
      triggerSource: 'DefineAuthChallenge_Authentication',
      userName: 'alice',
      userPoolId: POOL_ID,
      callerContext: { clientId: CLIENT_ID },
      request: { session: [], userAttributes: { email: 'alice@example.com' } },
    })
    const second = (await answer(running, first.Session, 'now')).body
    expect(second.ChallengeName).toBe('CUSTOM_CHALLENGE')
    expect(second.Session).not.toBe(first.Session)
    expect(outcome(await answer(running, first.Session, 'please'))).toEqual(USED_SESSION)
    expect((await answer(running, second.Session, 'please')).body.AuthenticationResult.IdToken).toBeTruthy()
    expect(seen.at(-1)?.request.session).toEqual([
      { challengeName: 'CUSTOM_CHALLENGE', challengeResult: false, challengeMetadata: 'WORD' },
      { challengeName: 'CUSTOM_CHALLENGE', challengeResult: true, challengeMetadata: 'WORD' },
    ])
  })

  it('ends when the triggers say so', async () => {
    const running = await start({ triggers: pleaseTriggers() })
    let { Session } = (await initiate(running)).body
    for (let i = 0; i < 2; i++) Session = (await answer(running, Session, 'no')).body.Session
    expect(outcome(await answer(running, Session, 'no'))).toEqual(WRONG)
  })

  it('never gives tokens to a user that does not exist', async () => {
    const seen: TriggerEvent[] = []
    const running = await start({ triggers: pleaseTriggers(seen) })
    const { body } = await initiate(running, { USERNAME: 'ghost' })
    expect(body.ChallengeName).toBe('CUSTOM_CHALLENGE')
    expect(seen[0]?.request.userNotFound).toBe(true)
    expect(outcome(await answer(running, body.Session, 'please', 'x'.repeat(5000)))).toMatchObject({ status: 400 })
    expect(outcome(await answer(running, body.Session, 'please', 'ghost'))).toEqual(WRONG)
  })

  it('says what is wrong with the triggers', async () => {
    const none = await start()
    expect(outcome(await initiate(none))).toEqual(
      refusal('InvalidParameterException', 'Custom auth lambda trigger is not configured for the user pool.'),
    )
    const throwing = await start({
      triggers: {
        defineAuthChallenge: () => {
          throw new Error('not today')
        },
      },
    })
    expect(outcome(await initiate(throwing))).toEqual(
      refusal('UserLambdaValidationException', 'DefineAuthChallenge failed with error not today.'),
    )
    const silent = await start({ triggers: { defineAuthChallenge: () => undefined } })
    expect((await initiate(silent)).body.__type).toBe('InvalidLambdaResponseException')
  })

  it('is played by amazon-cognito-identity-js, with SRP first and without', async () => {
    const running = await start({ triggers: pleaseTriggers() })
    const signIn = (withSrp: boolean, words: string[], Password = PASSWORD): Promise<CognitoUserSession> => {
      const Pool = new CognitoUserPool({ UserPoolId: POOL_ID, ClientId: CLIENT_ID, endpoint: running.server.url })
      const user = new CognitoUser({ Username: 'alice@example.com', Pool })
      return new Promise((onSuccess, onFailure) => {
        const callbacks = {
          onSuccess,
          onFailure,
          customChallenge: (parameters: Record<string, string>) => {
            expect(parameters.hint).toBe('say please')
            user.sendCustomChallengeAnswer(words.shift() ?? '', callbacks)
          },
        }
        const details = new AuthenticationDetails({ Username: 'alice@example.com', Password })
        user.setAuthenticationFlowType('CUSTOM_AUTH')
        if (withSrp) user.authenticateUser(details, callbacks)
        else user.initiateAuth(details, callbacks)
      })
    }
    for (const withSrp of [true, false]) {
      const session = await signIn(withSrp, ['no', 'please'])
      expect(session.getIdToken().payload['cognito:username']).toBe('alice')
    }
    await expect(signIn(true, ['please'], 'wrong')).rejects.toMatchObject({
      message: 'Incorrect username or password.',
    })
    await expect(signIn(false, ['a', 'b', 'c'])).rejects.toMatchObject({ name: 'NotAuthorizedException' })
  })

  it('does not give the tokens of USER_SRP_AUTH a custom challenge', async () => {
    const running = await start({ triggers: pleaseTriggers() })
    const { first: _, ...request } = await srpAnswer(running, { username: 'alice', password: PASSWORD })
    expect((await running.call('RespondToAuthChallenge', request)).body.AuthenticationResult.IdToken).toBeTruthy()
  })
})
