import { identifier } from '../config/encoding.js'
import { invalidParameter, resourceNotFound, ServiceError } from '../config/errors.js'
import type { Json } from '../config/json.js'
import { newSecret, withSecrets } from '../model/clients.js'
import type { ClientSecret } from '../model/state.js'
import { type Call, type Operations, signed } from './operation.js'
import { namedClient } from './pool-clients.js'

// "Supports up to 2 active secrets per app client for zero-downtime credential rotation workflows." (service model,
// AddUserPoolClientSecret)
const MOST = 2

const describe = ({ id, createdAt }: ClientSecret, value?: string): Json => ({
  ClientSecretId: id,
  ClientSecretValue: value,
  ClientSecretCreateDate: createdAt / 1000,
})

function add(call: Call): Json {
  const { host, input } = call
  const { pool, client } = namedClient(call)
  if (client.secrets.length === 0) throw invalidParameter('The app client has no client secret.')
  if (client.secrets.length >= MOST) {
    throw new ServiceError('LimitExceededException', `An app client can have at most ${MOST} client secrets.`)
  }
  const given = input.optionalString('ClientSecret')
  const value = given ?? identifier(host.random, 51).toLowerCase()
  const secret = newSecret(client.clientId, value, host.now())
  const [older] = client.secrets
  // Two made within one second would have one id.
  const taken =
    older?.id === secret.id ? { ...secret, id: newSecret(client.clientId, '', host.now() + 1000).id } : secret
  pool.clients.set(client.clientId, { ...client, ...withSecrets([...client.secrets, taken]) })
  // "only returned when creating a new secret and only if Amazon Cognito generated the secret"
  return { ClientSecretDescriptor: describe(taken, given === undefined ? value : undefined) }
}

function remove(call: Call): Json {
  const { pool, client } = namedClient(call)
  const id = call.input.string('ClientSecretId')
  const rest = client.secrets.filter((secret) => secret.id !== id)
  if (rest.length === client.secrets.length) throw resourceNotFound(`Client secret ${id} does not exist.`)
  if (rest.length === 0) throw invalidParameter('The last client secret of an app client cannot be deleted.')
  pool.clients.set(client.clientId, { ...client, ...withSecrets(rest) })
  return {}
}

/** Two secrets at a time, so that they can be exchanged while sign-ins go on. */
export const clientSecretOperations: Operations = {
  AddUserPoolClientSecret: signed(add),
  ListUserPoolClientSecrets: signed((call) => ({
    ClientSecrets: namedClient(call).client.secrets.map((secret) => describe(secret)),
  })),
  DeleteUserPoolClientSecret: signed(remove),
}
