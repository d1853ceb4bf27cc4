// Two route handlers, Request in and Response out, as Next.js, Remix, Hono, SvelteKit, Deno and Bun take them. Between
// them the sign-in waits in an encrypted cookie, so that any server of a fleet, or none, can take the second request.
import { type AppClient, FlowError, resume, type Step, signIn, type Tokens } from 'cognito-srp-flows'
import type { SealedCookie } from './sealed-cookie'
import { type Answer, give, question } from './steps'

export interface Settings {
  readonly client: AppClient
  /** The place where people reach the app, e.g. `https://app.example`: behind a proxy `request.url` has another host. */
  readonly origin: string
  /** Holds the step while the user looks for the code. */
  readonly step: SealedCookie
  /** Begins the session of your app: values for `Set-Cookie`. */
  begin(tokens: Tokens, request: Request): Promise<string[]>
}

export function signInRoutes({ client, origin, step: cookie, begin }: Settings) {
  /** Tokens become a session, a question goes to the browser and its step into the cookie. */
  async function proceed(request: Request, step: Step): Promise<Response> {
    if (step.kind !== 'signed-in') return reply(200, question(step), await cookie.set(step.save(), request))
    return reply(200, { kind: step.kind }, [...cookie.clear(request), ...(await begin(step.tokens, request))])
  }

  return {
    /** `POST /sign-in` with `username` and `password`. */
    signIn: guarded(cookie, origin, async (request, { username = '', password = '' }) =>
      proceed(request, await signIn(client, { username, password })),
    ),

    /** `POST /sign-in/answer` with `answer`: the code, the new password, the choice. */
    answer: guarded(cookie, origin, async (request, fields) => {
      const saved = await cookie.read(request)
      if (saved === undefined) return reply(401, { error: 'Please sign in again.' }, cookie.clear(request))
      return proceed(request, await give(resume(client, saved), fields))
    }),
  }
}

type Handler = (request: Request, fields: Answer) => Promise<Response>

/** Lets in what this site's own pages send, and turns what went wrong into a reply. */
const guarded = (cookie: SealedCookie, origin: string, handler: Handler) => async (request: Request) => {
  // Another site could sign its visitors in to an account of its own. Browsers send Origin with every POST.
  if (request.headers.get('origin') !== origin) return reply(403, { error: 'Not from here.' })
  const fields = await fieldsOf(request)
  if (fields === undefined) return reply(400, { error: 'Expected a JSON object of texts.' })
  try {
    return await handler(request, fields)
  } catch (error) {
    if (!(error instanceof Error)) throw error
    const { status, text } = explain(error)
    // A wrong code can be typed again, so the step stays; a sign-in that is lost does not.
    return reply(status, { error: text }, error instanceof FlowError ? cookie.clear(request) : [])
  }
}

/** Choose a text that the user may read. The service's own words for a refusal are made for users, others are not. */
function explain(error: Error): { status: number; text: string } {
  if (error instanceof FlowError) {
    return error.code === 'network' || error.code === 'timeout'
      ? { status: 503, text: 'The sign-in service does not answer. Please try again.' }
      : { status: 401, text: 'Please sign in again.' }
  }
  if (/^(NotAuthorized|CodeMismatch|ExpiredCode|UserNotFound|InvalidPassword)Exception$/.test(error.name)) {
    return { status: 401, text: error.message }
  }
  if (/^(TooManyRequests|LimitExceeded|TooManyFailedAttempts)Exception$/.test(error.name)) {
    return { status: 429, text: 'Too many attempts. Please wait a while.' }
  }
  // "password: expected a non-empty string" is the browser's mistake; all else is ours, and for the log.
  if (/^\w+: expected /.test(error.message)) return { status: 400, text: error.message }
  throw error
}

async function fieldsOf(request: Request): Promise<Answer | undefined> {
  const body: unknown = await request.json().catch(() => undefined)
  if (typeof body !== 'object' || body === null) return undefined
  return Object.values(body).every((value) => typeof value === 'string') ? (body as Answer) : undefined
}

function reply(status: number, body: object, cookies: readonly string[] = []): Response {
  const response = Response.json(body, { status, headers: { 'cache-control': 'no-store' } })
  for (const cookie of cookies) response.headers.append('set-cookie', cookie)
  return response
}
