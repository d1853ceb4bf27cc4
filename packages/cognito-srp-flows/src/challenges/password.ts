import { type ChallengeParameters, startCognitoClient } from '@srp6a/srp/cognito'
import { FlowError, text } from '../errors.js'
import { isName, isText, required } from '../replies.js'
import type { State } from '../state.js'
import type { PasswordStep } from '../step.js'
import type { ChallengeAnswer, ChallengeContext, Challenges, DraftOf } from './challenge.js'

/** The flows, factors and challenges that send the password itself: no name that only resembles one of them does. */
const reveals = (method: string): boolean => /^((ADMIN_)?USER_PASSWORD_AUTH|ADMIN_NO_SRP_AUTH|PASSWORD)$/.test(method)

/** Tell whether a flow or a factor takes a password, itself or by SRP. */
export const takesPassword = (method: string): boolean =>
  reveals(method) || /^(USER_SRP_AUTH|PASSWORD_SRP)$/.test(method)

/**
 * Take the password from a person, who thereby decides whether it may be sent itself: all but the names that do so send
 * the public half of a new handshake.
 */
export function takePassword(
  { client, state }: Pick<ChallengeContext, 'client' | 'state'>,
  method: string,
  given: string | undefined,
): ChallengeAnswer {
  const password = text(given, 'password')
  if (reveals(method)) {
    state.plainPassword = 'accepted'
    return { responses: { PASSWORD: password } }
  }
  const srp = startCognitoClient(client)
  // No service can turn a sign-in that began by SRP into one that sends the password.
  if (state.plainPassword === 'undecided') state.plainPassword = 'refused'
  return { responses: { SRP_A: srp.srpA }, secrets: { password, srp } }
}

export const REVEALS = 'the service asks for the password itself: see allowPlainPassword of signIn'

/** Refuse a challenge that asks for the password itself, whichever handlers there are, where it may not go out. */
export function refuseReveal({ challenge, plainPassword }: State): void {
  if (plainPassword === 'refused' && reveals(challenge)) throw new FlowError('unexpected-challenge', REVEALS)
}

/** Ask for the password. */
const ask = (context: ChallengeContext): DraftOf<PasswordStep> => ({
  kind: 'password',
  answer: ([password]) => takePassword(context, context.state.challenge, password),
})

/** Make the error for a verifier that answers no SRP_A of this sign-in. */
export const unasked = ({ challenge }: State): FlowError =>
  new FlowError('unexpected-challenge', `${challenge} came without an SRP_A`)

/** Return the parameters of PASSWORD_VERIFIER or DEVICE_PASSWORD_VERIFIER, checked to be whole. */
export function readVerifier({ parameters }: State): ChallengeParameters {
  required(parameters, 'SALT', isText)
  required(parameters, 'SRP_B', isText)
  required(parameters, 'SECRET_BLOCK', isText)
  return parameters as unknown as ChallengeParameters
}

/** Answer PASSWORD_VERIFIER: signed with USER_ID_FOR_SRP, never with the name that was typed. */
async function verify({ client, state, secrets }: ChallengeContext): Promise<ChallengeAnswer> {
  const USER_ID_FOR_SRP = required(state.parameters, 'USER_ID_FOR_SRP', isName)
  const { srp, password } = secrets
  if (!srp || password === undefined) throw unasked(state)
  const challenge = { ...readVerifier(state), USER_ID_FOR_SRP }
  return { responses: { ...srp.answerUser({ userPoolId: client.userPoolId, password, challenge, now: client.now }) } }
}

/** Handle PASSWORD_VERIFIER, which every SRP sign-in needs. */
export const passwordProofs: Challenges = { PASSWORD_VERIFIER: { react: verify } }

/** Handle PASSWORD, PASSWORD_SRP and ADMIN_NO_SRP_AUTH as challenges. */
export const passwords: Challenges = { PASSWORD: { ask }, PASSWORD_SRP: { ask }, ADMIN_NO_SRP_AUTH: { ask } }
