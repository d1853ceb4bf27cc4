// Cognito as a credentials provider of Auth.js: SRP, and whatever the pool asks for on the way, behind Auth.js's own
// sign-in address. The first request brings username and password, the following ones an answer; between them the
// sign-in waits in an encrypted cookie, and Auth.js says what is asked for as the `code` of its error.
import { Auth, type AuthConfig } from '@auth/core'
import { CredentialsSignin } from '@auth/core/errors'
import Credentials from '@auth/core/providers/credentials'
import { type AppClient, FlowError, refresh, resume, type Step, signIn, type Tokens } from 'cognito-srp-flows'
import { decodeJwt } from 'jose'
import type { SealedCookie } from '../web-server/sealed-cookie.js'
import { type Answer, give } from '../web-server/steps.js'

declare module '@auth/core/types' {
  interface User {
    tokens?: Tokens
  }
}
declare module '@auth/core/jwt' {
  interface JWT {
    /** In the encrypted session cookie; the browser cannot read them. */
    cognito?: { tokens: Tokens; username: string; expiresAt: number }
  }
}

/** Ends as `error=CredentialsSignin&code=…`: the kind of the step that waits, or what was wrong. */
class Unfinished extends CredentialsSignin {
  constructor(code: string) {
    super()
    this.code = code
  }
}

export interface AuthJsOptions {
  readonly client: AppClient
  /** The place where the sign-in waits; its path is that of Auth.js, `/auth`. */
  readonly step: SealedCookie
  readonly secret: string
}

/** The handler for everything below `/auth`. */
export function authJs(options: AuthJsOptions): (request: Request) => Promise<Response> {
  return async (request) => {
    // The cookies that `authorize` has for the browser: Auth.js itself gives it no way to set a cookie.
    const cookies: string[] = []
    const reply = await Auth(request, configOf(options, cookies))
    const response = new Response(reply.body, reply)
    for (const cookie of cookies) response.headers.append('set-cookie', cookie)
    return response
  }
}

function configOf({ client, step: cookie, secret }: AuthJsOptions, cookies: string[]): AuthConfig {
  async function proceed(request: Request, fields: Answer): Promise<Step> {
    const { username, password } = fields
    if (username && password) return signIn(client, { username, password })
    const saved = await cookie.read(request)
    if (saved === undefined) throw new Unfinished('session-lost')
    return give(resume(client, saved), fields)
  }

  const cognito = Credentials({
    credentials: { username: {}, password: { type: 'password' }, answer: {} },
    async authorize(given, request) {
      const step = await proceed(request, textsOf(given)).catch((error: unknown) => {
        if (error instanceof FlowError) cookies.push(...cookie.clear(request))
        throw refusal(error)
      })
      if (step.kind !== 'signed-in') {
        cookies.push(...(await cookie.set(step.save(), request)))
        throw new Unfinished(step.kind)
      }
      cookies.push(...cookie.clear(request))
      // It came from Cognito itself a moment ago, so that no one else can have signed it.
      const { sub = '', email, name } = decodeJwt<{ email?: string; name?: string }>(step.tokens.idToken)
      return { id: sub, email: email ?? null, name: name ?? null, tokens: step.tokens }
    },
  })

  return {
    basePath: '/auth',
    secret,
    trustHost: true,
    providers: [cognito],
    // Cognito knows the users, so there is no database.
    session: { strategy: 'jwt' },
    // A wrong password or a code asked for is no news for the log.
    logger: { error: (error) => error instanceof CredentialsSignin || console.error(error) },
    callbacks: {
      async jwt({ token, user }) {
        if (user?.tokens) return { ...token, cognito: dated(user.tokens) }
        const { cognito } = token
        if (cognito === undefined || Date.now() < cognito.expiresAt) return token
        const { username, tokens } = cognito
        try {
          const renewed = await refresh(client, { username, refreshToken: tokens.refreshToken ?? '' })
          return { ...token, cognito: dated(renewed) }
        } catch (error) {
          // Revoked, or too old: signed out. A lost connection or a throttle says nothing of the session: ask again soon.
          if (isRefused(error)) return null
          return { ...token, cognito: { ...cognito, expiresAt: Date.now() + RETRY_MILLISECONDS } }
        }
      },
    },
  }
}

const RETRY_MILLISECONDS = 10_000

/** The service has answered, and its answer is no: it knows the token or the user no more. */
const isRefused = (error: unknown): boolean =>
  error instanceof Error &&
  /^(NotAuthorized|UserNotFound|RefreshTokenReuse|ResourceNotFound|PasswordResetRequired)Exception$/.test(error.name)

/** With the time to renew the access token: a minute before it ends. */
function dated(tokens: Tokens) {
  const { username } = decodeJwt<{ username: string }>(tokens.accessToken)
  return { tokens, username, expiresAt: Date.now() + (tokens.expiresIn - 60) * 1000 }
}

/** Turn a mistake of the user into the error that Auth.js tells; all else goes to its log. */
function refusal(error: unknown): unknown {
  if (!(error instanceof Error)) return error
  if (error instanceof FlowError) return new Unfinished(error.code)
  if (error.name === 'CodeMismatchException') return new Unfinished('wrong-code')
  if (error.name === 'NotAuthorizedException' || error.name === 'UserNotFoundException') return new CredentialsSignin()
  return error
}

function textsOf(given: Readonly<Record<string, unknown>>): Answer {
  return Object.fromEntries(Object.entries(given).map(([name, value]) => [name, String(value)]))
}
