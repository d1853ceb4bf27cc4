// Lambda triggers of a custom sign-in, for tests.
import type { TriggerEvent, Triggers } from 'cognito-user-pool-emulator'

/** One round of a custom sign-in, as `request.session` of an event lists it. */
export interface Round {
  readonly challengeName: string
  readonly challengeResult: boolean
}

/**
 * Fill in a part of an event's response.
 *
 * @param event - stays as it is
 * @param response - the members to fill in
 * @returns the event with its response
 */
export const respond = (event: TriggerEvent, response: object): TriggerEvent => ({
  ...event,
  response: { ...event.response, ...response },
})

/**
 * Make triggers that ask for a word, after SRP where the sign-in begins with it, and again after a wrong one.
 *
 * @param word - the word that lets the user in
 * @param hint - the public parameter `hint` of the challenge
 * @returns the triggers of a pool
 */
export function askForAWord(word: string, hint = '?'): Triggers {
  return {
    defineAuthChallenge(event) {
      const last = (event.request.session as readonly Round[]).at(-1)
      const tokens = { issueTokens: last?.challengeResult === true && last.challengeName === 'CUSTOM_CHALLENGE' }
      if (last?.challengeName === 'SRP_A') return respond(event, { ...tokens, challengeName: 'PASSWORD_VERIFIER' })
      return respond(event, { ...tokens, failAuthentication: false, challengeName: 'CUSTOM_CHALLENGE' })
    },
    createAuthChallenge: (event) =>
      respond(event, { publicChallengeParameters: { hint }, privateChallengeParameters: { word } }),
    verifyAuthChallengeResponse: (event) => respond(event, { answerCorrect: event.request.challengeAnswer === word }),
  }
}
