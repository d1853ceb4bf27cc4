import { serve, type UserPool } from 'cognito-user-pool-emulator'
import { onTestFinished } from 'vitest'

/** The token of {@link controlled}. */
export const CONTROL_TOKEN = 'a-token-of-the-control'

/** Serve a pool with the outbox of the control path in front, as the command `cognito-user-pool-emulator` does. */
export async function controlled(pool: UserPool) {
  const asked: string[] = []
  const server = await serve({
    async handle(request) {
      const { pathname, searchParams } = new URL(request.url)
      asked.push(pathname)
      if (pathname !== '/_emulator/outbox') return pool.handle(request)
      if (request.headers.get('authorization') !== `Bearer ${CONTROL_TOKEN}`)
        return Response.json({ message: 'Control needs its token' }, { status: 401 })
      const recipient = searchParams.get('recipient')
      const messages = pool.outbox.messages.filter(
        ({ to, username }) => recipient === null || [to, username].includes(recipient),
      )
      return Response.json({ messages })
    },
  })
  onTestFinished(() => server.close())
  return { url: server.url, asked }
}
