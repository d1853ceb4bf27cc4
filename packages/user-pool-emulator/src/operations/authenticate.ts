import { invalidParameter, resourceNotFound } from '../config/errors.js'
import type { Json } from '../config/json.js'
import { findClient } from '../model/clients.js'
import { answers } from '../sign-in/answers/index.js'
import type { AuthContext } from '../sign-in/auth-context.js'
import { flows } from '../sign-in/flows.js'
import { type Call, type Operations, open, signed } from './operation.js'

function contextOf(call: Call, admin: boolean, parameters: ReadonlyMap<string, string>, flow?: string): AuthContext {
  const { host, input, origin } = call
  const poolId = admin ? input.string('UserPoolId') : undefined
  const { pool, client } = findClient(host, input.string('ClientId'))
  if (poolId !== undefined && poolId !== pool.id) {
    if (!host.pools.has(poolId)) throw resourceNotFound(`User pool ${poolId} does not exist.`)
    throw resourceNotFound(`User pool client ${client.clientId} does not exist.`)
  }
  const session = input.optionalString('Session')
  const clientMetadata = Object.fromEntries(input.stringMap('ClientMetadata'))
  return { host, pool, client, admin, origin, parameters, session, clientMetadata, flow }
}

const initiateAuth =
  (admin: boolean) =>
  (call: Call): Promise<Json> => {
    const name = call.input.string('AuthFlow')
    const context = contextOf(call, admin, call.input.stringMap('AuthParameters'), name)
    const flow = flows.get(name)
    if (flow === undefined) {
      throw invalidParameter(
        `1 validation error detected: Value '${name}' at 'authFlow' failed to satisfy constraint: Member must satisfy enum value set: [${[...flows.keys()].join(', ')}]`,
      )
    }
    return flow(context)
  }

const respondToAuthChallenge =
  (admin: boolean) =>
  (call: Call): Promise<Json> => {
    const name = call.input.string('ChallengeName')
    const context = contextOf(call, admin, call.input.stringMap('ChallengeResponses'))
    const answer = answers.get(name)
    if (answer === undefined) {
      throw invalidParameter(
        `1 validation error detected: Value '${name}' at 'challengeName' failed to satisfy constraint: Member must satisfy enum value set: [${[...answers.keys()].join(', ')}]`,
      )
    }
    return answer(context)
  }

/** The operations of every sign-in. */
export const authenticate: Operations = {
  InitiateAuth: open(initiateAuth(false)),
  RespondToAuthChallenge: open(respondToAuthChallenge(false)),
  AdminInitiateAuth: signed(initiateAuth(true)),
  AdminRespondToAuthChallenge: signed(respondToAuthChallenge(true)),
}
