// The user pools that a suite signs in to: fresh ones for each runtime, for sign-ins leave traces.
import { createRequire } from 'node:module'
import { join } from 'node:path'

const userPoolId = 'us-east-1_AbCdEfGhI'
const clientId = '1example23456789'
const [username, password] = ['ada', 'Correct-Horse-7-Battery']

/** @returns the endpoints as the suite takes them, and `close` */
export async function startPools(folder) {
  const { createUserPool, serve } = createRequire(join(folder, 'package.json'))('cognito-user-pool-emulator')
  const user = { username, password, attributes: { email: 'ada@example.com' } }
  const options = { id: userPoolId, clients: [{ clientId }], users: [user] }
  const servers = {
    plain: await serve(createUserPool(options)),
    tracked: await serve(createUserPool({ ...options, deviceTracking: 'always' })),
    invited: await serve(createUserPool({ ...options, users: [{ ...user, status: 'FORCE_CHANGE_PASSWORD' }] })),
  }
  const endpoints = Object.fromEntries(Object.entries(servers).map(([name, { url }]) => [name, url]))
  return {
    pools: { ...endpoints, userPoolId, clientId, username, password },
    close: () => Promise.all(Object.values(servers).map((server) => server.close())),
  }
}
