// Cognito as a plugin of better-auth: two endpoints, one for username and password and one for what the pool asks for on
// the way. The sign-in waits in better-auth's own store of verifications, the browser has a signed cookie with its name.
import type { BetterAuthPlugin, GenericEndpointContext } from 'better-auth'
import { APIError, createAuthEndpoint } from 'better-auth/api'
import { expireCookie, setSessionCookie } from 'better-auth/cookies'
import { generateRandomString } from 'better-auth/crypto'
import { type AppClient, FlowError, resume, type Step, signIn, type Tokens } from 'cognito-srp-flows'
import { decodeJwt } from 'jose'
import * as z from 'zod'
import { give, question } from '../web-server/steps.js'

/** The service's own session lasts 3 minutes, unless the app client says otherwise (up to 15). */
const LIFETIME_SECONDS = 15 * 60

const Credentials = z.object({ username: z.string().min(1), password: z.string().min(1) })
const Answers = z.record(z.string(), z.string())

/** `POST /sign-in/cognito` and `POST /cognito/answer`. */
export function cognito(client: AppClient) {
  return {
    id: 'cognito',
    endpoints: {
      signInCognito: createAuthEndpoint('/sign-in/cognito', { method: 'POST', body: Credentials }, async (ctx) =>
        proceed(ctx, await refusing(signIn(client, ctx.body))),
      ),
      answerCognito: createAuthEndpoint('/cognito/answer', { method: 'POST', body: Answers }, async (ctx) => {
        const cookie = stepCookie(ctx)
        const identifier = await ctx.getSignedCookie(cookie.name, ctx.context.secret)
        const saved = identifier ? await ctx.context.internalAdapter.findVerificationValue(identifier) : undefined
        if (!identifier || !saved || saved.expiresAt < new Date()) throw lost()
        // A wrong code leaves the step where it is; one that was answered is taken away.
        const step = await refusing(give(resume(client, saved.value), ctx.body))
        if (!(await ctx.context.internalAdapter.consumeVerificationValue(identifier))) throw lost()
        return proceed(ctx, step)
      }),
    },
    // As for better-auth's own sign-in: a guesser has few tries.
    rateLimit: [{ pathMatcher: (path) => path.includes('cognito'), window: 60, max: 10 }],
  } satisfies BetterAuthPlugin
}

const stepCookie = (ctx: GenericEndpointContext) =>
  ctx.context.createAuthCookie('cognito_step', { maxAge: LIFETIME_SECONDS })
const lost = () => new APIError('UNAUTHORIZED', { code: 'SESSION_LOST', message: 'Please sign in again.' })

/** A session for who is signed in; the question for who is not yet. */
async function proceed(ctx: GenericEndpointContext, step: Step) {
  const cookie = stepCookie(ctx)
  if (step.kind !== 'signed-in') {
    const identifier = `cognito-${generateRandomString(32)}`
    const expiresAt = new Date(Date.now() + LIFETIME_SECONDS * 1000)
    await ctx.context.internalAdapter.createVerificationValue({ identifier, value: step.save(), expiresAt })
    await ctx.setSignedCookie(cookie.name, identifier, ctx.context.secret, cookie.attributes)
    return ctx.json(question(step))
  }
  expireCookie(ctx, cookie)
  const user = await userOf(ctx, step.tokens)
  await setSessionCookie(ctx, { session: await ctx.context.internalAdapter.createSession(user.id), user })
  return ctx.json({ kind: step.kind, user: { id: user.id, email: user.email } })
}

/** The user of this Cognito account, made at the first sign-in. */
async function userOf(ctx: GenericEndpointContext, tokens: Tokens) {
  // It came from Cognito itself a moment ago, so that no one else can have signed it.
  const claims = decodeJwt<{ email?: string; email_verified?: boolean; name?: string }>(tokens.idToken)
  const { iss: issuer = '', sub: accountId = '', email = '', email_verified: emailVerified = false } = claims
  const { internalAdapter } = ctx.context
  const known = await internalAdapter.findAccountByKey({ issuer, accountId })
  const kept = {
    accessToken: tokens.accessToken,
    idToken: tokens.idToken,
    refreshToken: tokens.refreshToken ?? null,
    accessTokenExpiresAt: new Date(Date.now() + tokens.expiresIn * 1000),
  }
  if (known) {
    await internalAdapter.updateAccount(known.id, kept)
    const user = await internalAdapter.findUserById(known.userId)
    if (user) return user
  }
  // Anyone who has this address here already need not be the one who has it there.
  if (await internalAdapter.findUserByEmail(email)) {
    throw new APIError('CONFLICT', { code: 'EMAIL_TAKEN', message: 'There is another account with this address.' })
  }
  const account = { providerId: 'cognito', issuer, accountId, ...kept }
  return (await internalAdapter.createOAuthUser({ email, emailVerified, name: claims.name ?? email }, account)).user
}

/** The service's refusals as better-auth tells them; all else passes. */
async function refusing(work: Promise<Step>): Promise<Step> {
  try {
    return await work
  } catch (error) {
    if (error instanceof FlowError) throw lost()
    const { name = '', message = '' } = error instanceof Error ? error : {}
    if (!/^(NotAuthorized|CodeMismatch|ExpiredCode|UserNotFound|InvalidPassword)Exception$/.test(name)) throw error
    throw new APIError('UNAUTHORIZED', { code: name.replace('Exception', ''), message })
  }
}
