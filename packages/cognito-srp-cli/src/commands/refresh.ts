import { refresh, type Tokens } from 'cognito-srp-flows'
import { poolClaim, readClaims, usernameClaim } from '../claims.js'
import { type Context, open, poolOf, withSession } from '../context.js'
import { usage } from '../failure.js'
import { printTokens } from '../print.js'
import type { Session } from '../session.js'

/** `refresh` */
export async function refreshCommand(context: Context): Promise<void> {
  const { io, settings, speaker, terminal, sessions } = context
  const given = settings.flag('token-stdin')
    ? await terminal.readStdin('refresh token')
    : io.env.COGNITO_REFRESH_TOKEN || undefined
  if (given !== undefined) {
    const deviceKey = settings.option('device-key')
    const tokens = await renew(context, undefined, given)
    printTokens(io, settings, tokens, deviceKey)
    if (settings.save) await save(context, tokens, deviceKey)
    return
  }
  const session = await sessions.find(settings)
  if (!session) {
    throw usage(
      'No refresh token: none is kept for these settings, and none was given.',
      'Keep one: sign-in --save. Or give one: --token-stdin, COGNITO_REFRESH_TOKEN.',
    )
  }
  const renewed = await renewSession(context, session)
  speaker.say(`${speaker.style.green('Refreshed')} for ${renewed.alias ?? renewed.username}.`)
  printTokens(io, settings, renewed.tokens, renewed.deviceKey)
}

/** New tokens for a kept session, kept at once: the old refresh token may be worth nothing now. */
export async function renewSession(context: Context, session: Session): Promise<Session> {
  const { refreshToken } = session.tokens
  if (!refreshToken) throw usage('The kept session has no refresh token: the service gave none.', 'Sign in again.')
  const renewed = { ...session, tokens: await renew(context, session, refreshToken) }
  await context.sessions.save(renewed)
  return renewed
}

async function renew(context: Context, session: Session | undefined, refreshToken: string): Promise<Tokens> {
  const settings = withSession(context.settings, session)
  context.speaker.keep(refreshToken)
  const service = await open(context, settings)
  const pool = poolOf(context, settings, service, true)
  const deviceKey = settings.option('device-key') ?? session?.deviceKey
  return refresh(pool, { refreshToken, username: settings.username, deviceKey })
}

async function save(context: Context, tokens: Tokens, deviceKey: string | undefined): Promise<void> {
  const { settings, sessions, speaker } = context
  const claims = readClaims(tokens.accessToken)
  const file = await sessions.save({
    userPoolId: settings.userPoolId ?? poolClaim(claims),
    region: settings.region,
    clientId: settings.clientId ?? '',
    endpoint: settings.endpoint,
    username: usernameClaim(claims) ?? settings.username ?? 'unknown',
    alias: settings.username,
    deviceKey,
    tokens,
  })
  speaker.say(`The tokens are kept in ${file}; sign-out deletes them.`)
}
