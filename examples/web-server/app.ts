// The app around the routes: its pool, its keys, its session. In Next.js the two handlers are exported as POST from
// app/sign-in/route.ts and app/sign-in/answer/route.ts.
import type { AppClient } from 'cognito-srp-flows'
import { signInRoutes } from './routes.js'
import { sealedCookie } from './sealed-cookie.js'

const MINUTE = 60
const DAY = 24 * 60 * MINUTE

export interface App {
  handle(request: Request): Promise<Response>
}

/** `keys`: 32 random bytes each, from a secret store. */
export function createApp(client: AppClient, keys: { step: Uint8Array; session: Uint8Array }, secure = true): App {
  // The service's own session lasts 3 minutes, unless the app client says otherwise (up to 15).
  const step = sealedCookie({ name: 'sign-in', key: keys.step, path: '/sign-in', lifetimeSeconds: 15 * MINUTE, secure })
  const session = sealedCookie({ name: 'session', key: keys.session, path: '/', lifetimeSeconds: 30 * DAY, secure })
  const routes = signInRoutes({
    client,
    step,
    // The refresh token too: the server renews the others with it.
    begin: (tokens, request) => session.set(JSON.stringify(tokens), request),
  })
  const post: Readonly<Record<string, (request: Request) => Promise<Response>>> = {
    '/sign-in': routes.signIn,
    '/sign-in/answer': routes.answer,
  }
  return {
    async handle(request) {
      const { pathname } = new URL(request.url)
      const handler = request.method === 'POST' ? post[pathname] : undefined
      if (handler) return handler(request)
      if (pathname !== '/me') return new Response('Not found', { status: 404 })
      const text = await session.read(request)
      if (text === undefined) return Response.json({ error: 'Not signed in.' }, { status: 401 })
      return Response.json({ expiresIn: (JSON.parse(text) as { expiresIn: number }).expiresIn })
    },
  }
}
