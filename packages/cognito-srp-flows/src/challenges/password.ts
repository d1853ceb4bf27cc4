import { parseUserPoolId, startCognitoClient } from '@srp6a/srp/cognito'
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

/** The three answers to PASSWORD_VERIFIER and DEVICE_PASSWORD_VERIFIER, dated when they are signed. */
export function passwordClaim(turn: Turn, scope: string, userId: string, password: string | undefined): Responses {
  const { client, secrets, state } = turn
  if (!secrets.srp || password === undefined) {
    throw new FlowError('unexpected-challenge', `${state.challenge} came without an SRP_A`)
  }
  const parameter = (name: string) => required(state.parameters, name, isText)
  const { signature, secretBlock, timestamp } = secrets.srp.claim({
    scope,
    userId,
    password,
    salt: parameter('SALT'),
    srpB: parameter('SRP_B'),
    secretBlock: parameter('SECRET_BLOCK'),
    now: client.now ? client.now() : new Date(),
  })
  return { PASSWORD_CLAIM_SIGNATURE: signature, PASSWORD_CLAIM_SECRET_BLOCK: secretBlock, TIMESTAMP: timestamp }
}

/** PASSWORD_VERIFIER: signed with USER_ID_FOR_SRP, never with the name that was typed. */
export async function passwordVerifier(turn: Turn): Promise<Step> {
  const userId = required(turn.state.parameters, 'USER_ID_FOR_SRP', isName)
  const { poolName } = parseUserPoolId(turn.client.userPoolId)
  return turn.respond(passwordClaim(turn, poolName, userId, turn.secrets.password), turn.options)
}
