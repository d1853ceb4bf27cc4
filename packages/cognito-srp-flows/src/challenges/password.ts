import { type Claim, startCognitoClient } from '@srp6a/srp/cognito'
import type { AppClient, Secrets, Turn } from '../app-client.js'
import { FlowError, text } from '../errors.js'
import { isName, isText, required } from '../replies.js'
import type { PasswordStep, Responses, Step } from '../step.js'

/** What to send for a password: the password itself, or, for the names with SRP, the public half of a new handshake. */
export function withPassword(
  client: AppClient,
  method: string,
  password: string,
): { responses: Responses; secrets: Secrets } {
  if (!method.includes('SRP') || method.includes('NO_SRP')) return { responses: { PASSWORD: password }, secrets: {} }
  const srp = startCognitoClient(client)
  return { responses: { SRP_A: srp.srpA }, secrets: { password, srp } }
}

/** PASSWORD, PASSWORD_SRP and ADMIN_NO_SRP_AUTH as challenges. */
export function password(turn: Turn): PasswordStep {
  return turn.step<PasswordStep>({
    kind: 'password',
    answer: async (value, options = {}) => {
      const { responses, secrets } = withPassword(turn.client, turn.state.challenge, text(value, 'password'))
      return turn.respond(responses, options, secrets)
    },
  })
}

/** Read the challenge of a PASSWORD_VERIFIER or DEVICE_PASSWORD_VERIFIER. */
export function srpChallenge({ state }: Turn): { SALT: string; SRP_B: string; SECRET_BLOCK: string } {
  const parameter = (name: string) => required(state.parameters, name, isText)
  return { SALT: parameter('SALT'), SRP_B: parameter('SRP_B'), SECRET_BLOCK: parameter('SECRET_BLOCK') }
}

/** Make the error for a challenge that came without a handshake of ours. */
export function withoutHandshake({ state }: Turn): FlowError {
  return new FlowError('unexpected-challenge', `${state.challenge} came without an SRP_A`)
}

/** Answer PASSWORD_VERIFIER: signed with USER_ID_FOR_SRP, never with the name that was typed. */
export async function passwordVerifier(turn: Turn): Promise<Step> {
  const { client, secrets, state } = turn
  const USER_ID_FOR_SRP = required(state.parameters, 'USER_ID_FOR_SRP', isName)
  if (!secrets.srp || secrets.password === undefined) throw withoutHandshake(turn)
  const claim: Claim = secrets.srp.answerUser({
    userPoolId: client.userPoolId,
    password: secrets.password,
    challenge: { ...srpChallenge(turn), USER_ID_FOR_SRP },
    now: client.now,
  })
  return turn.respond({ ...claim }, turn.options)
}
