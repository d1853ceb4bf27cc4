import type { CognitoApi, SignedIn, Tokens } from 'cognito-srp-flows'
import type { Session } from 'cognito-srp-flows/session'
import { poolClaim, readClaims, usernameClaim } from './claims.js'
import { type Context, open, withSession } from './context.js'
import { usage } from './failure.js'
import type { KeptSession } from './kept-sessions.js'
import type { Service } from './service.js'
import { printable } from './style.js'

/** Seconds that a token must still be good for, so that the next command can use it. */
const LEAST = 60

/** A kept session, and the way to its service. */
export interface OpenSession {
  readonly session: Session
  /** Connect to the service: where the session says, checked as any other address. */
  service(): Promise<Service>
  /** The refusal of the service that ended the session. */
  readonly refusal: () => unknown
  /** The reason why the session could not be written. */
  readonly unwritten: () => unknown
}

/** Open a kept session. The service is connected to when it must be asked, and not before. */
export function openSession(context: Context, kept: KeptSession): OpenSession {
  const { settings, speaker } = context
  let connected: Promise<Service> | undefined
  const service = async () => {
    connected ??= open(context, withSession(settings, kept))
    return connected
  }
  const api: CognitoApi = {
    async call(operation, input, signal) {
      for (const name of ['RefreshToken', 'AccessToken', 'Token']) {
        if (typeof input[name] === 'string') speaker.keep(input[name])
      }
      return (await service()).call(operation, input, signal)
    },
  }
  const session = kept.open(api, { clientSecret: settings.clientSecret, refreshAhead: LEAST })
  let refusal: unknown
  let unwritten: unknown
  session.subscribe((event) => {
    if (event.kind === 'expired') refusal = event.error
    if (event.kind === 'not-stored') unwritten = event.error.cause ?? event.error
  })
  return { session, service, refusal: () => refusal, unwritten: () => unwritten }
}

/**
 * Return tokens of a kept session that are replaced now; the old refresh token may be worth nothing then.
 *
 * @throws the refusal of the service, which ends the session
 */
export async function renewTokens(context: Context, kept: KeptSession): Promise<Tokens> {
  const { session, refusal, unwritten } = openSession(context, kept)
  const tokens = await session.tokens({ refresh: true })
  if (unwritten()) noteUnwritten(context, unwritten())
  if (!tokens && refusal()) throw refusal()
  if (!tokens?.refreshToken)
    throw usage('The kept session has no refresh token: the service gave none.', 'Sign in again.')
  return tokens
}

/** Say that new tokens could not be kept: they are printed anyway, for the old ones may be worth nothing. */
export const noteUnwritten = ({ speaker }: Context, reason: unknown): void =>
  speaker.say(
    `${speaker.style.red('Note:')} the tokens could not be kept: ${printable(reason instanceof Error ? reason.message : String(reason))}`,
  )

/** Keep the tokens of a sign-in for later commands, and say where. */
export async function keepTokens(context: Context, step: SignedIn, typed: string | undefined): Promise<void> {
  const { settings, speaker, sessions } = context
  const claims = readClaims(step.tokens.accessToken)
  const named = poolClaim(claims)
  const kept = sessions.at({
    userPoolId: settings.userPoolId ?? (named && /^[\w-]+_[0-9a-zA-Z]+$/.test(named) ? named : undefined),
    region: settings.region,
    clientId: settings.clientId ?? '',
    endpoint: settings.endpoint,
    username: usernameClaim(claims) ?? typed ?? 'unknown',
    alias: typed,
  })
  const { session, unwritten } = openSession(context, kept)
  await session.follow(step)
  if (unwritten()) throw unwritten()
  speaker.say(`The tokens are kept in ${kept.file}; sign-out deletes them.`)
}
