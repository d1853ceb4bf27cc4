import { type ChallengeParameters, startCognitoClient } from '@srp6a/srp/cognito'
import type { AppClient } from '../app-client.js'
import { FlowError, text } from '../errors.js'
import { isName, isText, required } from '../replies.js'
import type { State } from '../state.js'
import type { PasswordStep } from '../step.js'
import type { ChallengeAnswer, ChallengeContext, Challenges, DraftOf } from './challenge.js'

/** The flows, factors and challenges that send the password itself: no name that only resembles one of them does. */
const reveals = (method: string): boolean => /^((ADMIN_)?USER_PASSWORD_AUTH|ADMIN_NO_SRP_AUTH|PASSWORD)$/.test(method)

/** Tell whether a flow or a factor takes a password, itself or by SRP. */
export const takesPassword = (method: string): boolean =>
  reveals(method) || /^(SRP|USER_SRP_AUTH|PASSWORD_SRP)$/.test(method)

/** Choose what to send for a password: the password itself, or else the public half of a new handshake. */
export function withPassword(client: AppClient, method: string, password: string): Required<ChallengeAnswer> {
  if (reveals(method)) return { responses: { PASSWORD: password }, secrets: {} }
  const srp = startCognitoClient(client)
  return { responses: { SRP_A: srp.srpA }, secrets: { password, srp } }
}

/** Take the password from a person, who thereby decides whether it may be sent itself. */
export function takePassword(
  client: AppClient,
  state: State,
  method: string,
  password: string | undefined,
): Required<ChallengeAnswer> {
  const answer = withPassword(client, method, text(password, 'password'))
  if (!answer.secrets.srp) state.plainPassword = 'accepted'
  else if (state.plainPassword === 'undecided') state.plainPassword = 'refused'
  return answer
}

export const REVEALS = 'the service asks for the password itself: see allowPlainPassword of signIn'

/** Refuse a challenge that asks for the password itself, whichever handlers there are, where it may not go out. */
export function refuseReveal({ challenge, plainPassword }: State): void {
  if (plainPassword === 'refused' && reveals(challenge)) throw new FlowError('unexpected-challenge', REVEALS)
}

/** Ask for the password. */
const ask = ({ client, state }: ChallengeContext): DraftOf<PasswordStep> => ({
  kind: 'password',
  answer: ([password]) => takePassword(client, state, state.challenge, password),
})

/** Make the error for a verifier that answers no SRP_A of this sign-in. */
export const unasked = ({ challenge }: State): FlowError =>
  new FlowError('unexpected-challenge', `${challenge} came without an SRP_A`)

/** Read the parameters of PASSWORD_VERIFIER and DEVICE_PASSWORD_VERIFIER. */
export function verifierParameters({ parameters }: State): ChallengeParameters {
  return {
    SALT: required(parameters, 'SALT', isText),
    SRP_B: required(parameters, 'SRP_B', isText),
    SECRET_BLOCK: required(parameters, 'SECRET_BLOCK', isText),
  }
}

/** Answer PASSWORD_VERIFIER: signed with USER_ID_FOR_SRP, never with the name that was typed. */
async function verify({ client, state, secrets }: ChallengeContext): Promise<ChallengeAnswer> {
  const USER_ID_FOR_SRP = required(state.parameters, 'USER_ID_FOR_SRP', isName)
  const { srp, password } = secrets
  if (!srp || password === undefined) throw unasked(state)
  const challenge = { ...verifierParameters(state), USER_ID_FOR_SRP }
  return { responses: { ...srp.answerUser({ userPoolId: client.userPoolId, password, challenge, now: client.now }) } }
}

/** Handle PASSWORD_VERIFIER, which every SRP sign-in needs. */
export const passwordProofs: Challenges = { PASSWORD_VERIFIER: { react: verify } }

/** Handle PASSWORD, PASSWORD_SRP and ADMIN_NO_SRP_AUTH as challenges. */
export const passwords: Challenges = { PASSWORD: { ask }, PASSWORD_SRP: { ask }, ADMIN_NO_SRP_AUTH: { ask } }
