import type { TriggerEvent, Triggers } from 'cognito-user-pool-emulator'

type Round = { challengeName: string; challengeResult: boolean }

const respond = (event: TriggerEvent, response: object): TriggerEvent => ({
  ...event,
  response: { ...event.response, ...response },
})

/** Make Lambda triggers of a custom sign-in that ask for a word after SRP. */
export function askForAWord(word: string): Triggers {
  return {
    defineAuthChallenge(event) {
      const last = (event.request.session as Round[]).at(-1)
      const tokens = { issueTokens: last?.challengeResult === true && last.challengeName === 'CUSTOM_CHALLENGE' }
      if (last?.challengeName === 'SRP_A') return respond(event, { ...tokens, challengeName: 'PASSWORD_VERIFIER' })
      return respond(event, { ...tokens, failAuthentication: false, challengeName: 'CUSTOM_CHALLENGE' })
    },
    createAuthChallenge: (event) =>
      respond(event, { publicChallengeParameters: { hint: '?' }, privateChallengeParameters: { word } }),
    verifyAuthChallengeResponse: (event) => respond(event, { answerCorrect: event.request.challengeAnswer === word }),
  }
}
