// The app around the routes: its pool, its keys, its session. In Next.js the two handlers are exported as POST from
// app/sign-in/route.ts and app/sign-in/answer/route.ts.
import type { AppClient } from 'cognito-srp-flows'
import { signInRoutes } from './routes'
import { sealedCookie } from './sealed-cookie'

const MINUTE = 60
const DAY = 24 * 60 * MINUTE

export interface App {
  handle(request: Request): Promise<Response>
}

export interface AppSettings {
  readonly client: AppClient
  /** 32 random bytes each, from a secret store. */
  readonly keys: { readonly step: Uint8Array; readonly session: Uint8Array }
  /** The place where people reach the app, e.g. `https://app.example`: behind a proxy `request.url` has another host. */
  readonly origin: string
}

export function createApp({ client, keys, origin }: AppSettings): App {
  const secure = origin.startsWith('https:')
  // The service's own session lasts 3 minutes, unless the app client says otherwise (up to 15).
  const step = sealedCookie({ name: 'sign-in', key: keys.step, lifetimeSeconds: 15 * MINUTE, secure })
  const session = sealedCookie({ name: 'session', key: keys.session, lifetimeSeconds: 30 * DAY, secure })
  const routes = signInRoutes({
    client,
    origin,
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
