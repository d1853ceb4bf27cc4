// Compiled against the published declarations of the emulator, which need Request and Response.
import { createUserPool, serve, type UserPool } from 'cognito-user-pool-emulator'

export async function main(): Promise<string> {
  const pool: UserPool = createUserPool({ clients: [{ clientId: 'a' }], users: [] })
  // @ts-expect-error a client has an id
  createUserPool({ clients: [{}], users: [] })
  const { url, close } = await serve(pool, { port: 0 })
  await close()
  return url
}
