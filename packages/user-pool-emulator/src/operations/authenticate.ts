import { findClient } from '../clients.js'
import { invalidParameter, resourceNotFound } from '../errors.js'
import type { Json } from '../input.js'
import { answers } from '../sign-in/answers/index.js'
import { flows } from '../sign-in/flows.js'
import type { Turn } from '../sign-in/turn.js'
import { type Call, type Operations, open, signed } from './operation.js'

function turnOf(call: Call, admin: boolean, parameters: ReadonlyMap<string, string>): Turn {
  const { host, input, origin } = call
  const poolId = admin ? input.text('UserPoolId') : undefined
  const { pool, client } = findClient(host, input.text('ClientId'))
  if (poolId !== undefined && poolId !== pool.id) {
    if (!host.pools.has(poolId)) throw resourceNotFound(`User pool ${poolId} does not exist.`)
    throw resourceNotFound(`User pool client ${client.clientId} does not exist.`)
  }
  const session = input.optionalText('Session')
  const clientMetadata = Object.fromEntries(input.texts('ClientMetadata'))
  return { host, pool, client, admin, origin, parameters, session, clientMetadata }
}

const initiateAuth =
  (admin: boolean) =>
  (call: Call): Promise<Json> => {
    const name = call.input.text('AuthFlow')
    const turn = turnOf(call, admin, call.input.texts('AuthParameters'))
    const flow = flows.get(name)
    if (flow === undefined) {
      throw invalidParameter(
        `1 validation error detected: Value '${name}' at 'authFlow' failed to satisfy constraint: Member must satisfy enum value set: [${[...flows.keys()].join(', ')}]`,
      )
    }
    return flow(turn)
  }

const respondToAuthChallenge =
  (admin: boolean) =>
  (call: Call): Promise<Json> => {
    const name = call.input.text('ChallengeName')
    const turn = turnOf(call, admin, call.input.texts('ChallengeResponses'))
    const answer = answers.get(name)
    if (answer === undefined) {
      throw invalidParameter(
        `1 validation error detected: Value '${name}' at 'challengeName' failed to satisfy constraint: Member must satisfy enum value set: [${[...answers.keys()].join(', ')}]`,
      )
    }
    return answer(turn)
  }

/** The operations of every sign-in. */
export const authenticate: Operations = {
  InitiateAuth: open(initiateAuth(false)),
  RespondToAuthChallenge: open(respondToAuthChallenge(false)),
  AdminInitiateAuth: signed(initiateAuth(true)),
  AdminRespondToAuthChallenge: signed(respondToAuthChallenge(true)),
}
