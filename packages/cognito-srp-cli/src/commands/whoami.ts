import { type Claims, dateClaim, expiry, poolClaim, readClaims, usernameClaim } from '../claims.js'
import { type Context, open } from '../context.js'
import { EXIT, Failure, usage } from '../failure.js'
import { openSession } from '../open-session.js'
import type { Service } from '../service.js'
import type { TokenKind } from '../settings.js'
import { printable, printableJson, style, wantsColor } from '../style.js'
import { localTime, relative } from '../words.js'

/** `whoami` */
export async function whoamiCommand(context: Context): Promise<void> {
  const { settings } = context
  if (settings.token === 'refresh')
    throw usage('A refresh token says nothing that anybody but the service can read.', 'Take --token id or access.')
  return settings.flag('remote') ? askService(context) : readToken(context)
}

/** Return a token that was given, and what it was found as. */
async function given(
  { io, settings, terminal }: Context,
  kinds: readonly TokenKind[],
): Promise<{ token: string; source: string } | undefined> {
  if (settings.flag('token-stdin')) return { token: await terminal.readStdin('token'), source: 'standard input' }
  for (const kind of kinds) {
    const variable = `COGNITO_${kind.toUpperCase()}_TOKEN`
    const token = io.env[variable]
    if (token) return { token, source: variable }
  }
  return undefined
}

const KEPT = 'the kept session'

/** Return the kept session, opened. */
async function keptSession(context: Context) {
  const kept = await context.sessions.find(context.settings)
  if (kept) return openSession(context, kept)
  throw usage(
    'No token: none is kept for these settings, and none was given.',
    'Keep one: sign-in --save. Or give one: --token-stdin.',
  )
}

/** Return claims without asking the service: of a token that was given, or of the kept session. */
async function findClaims(context: Context): Promise<{ claims: Claims; source: string }> {
  const { token: kind } = context.settings
  const found = await given(context, kind ? [kind] : ['id', 'access'])
  if (found) {
    const claims = readClaims(found.token)
    if (claims) return { claims, source: found.source }
    throw usage(`What ${found.source} holds is no JSON Web Token.`, 'ID and access tokens are; refresh tokens are not.')
  }
  const { session } = await keptSession(context)
  if (kind !== 'access') return { claims: (await session.user())?.claims ?? {}, source: KEPT }
  const tokens = await session.tokens({ refresh: false })
  if (!tokens)
    throw new Failure(EXIT.refused, 'The kept access token has expired.', 'Get another one by refresh or sign-in.')
  return { claims: readClaims(tokens.accessToken) ?? {}, source: KEPT }
}

async function readToken(context: Context): Promise<void> {
  const { io, settings } = context
  const { claims, source } = await findClaims(context)
  const { bold, dim } = styleOf(context)
  if (settings.flag('json')) {
    io.stdout.write(`${printableJson(claims)}\n`)
  } else {
    const who = usernameClaim(claims) ?? claims.sub ?? 'someone'
    const title = `${bold(printable(String(who)))} of ${printable(poolClaim(claims) ?? 'a pool that it does not name')}`
    io.stdout.write(
      `${title}, expires ${expiry(claims, io.now())}\n${dim(`Read from ${source}; the signature was not verified.`)}\n\n`,
    )
    io.stdout.write(table(Object.entries(claims).map(([name, value]) => [name, shown(claims, name, value, io.now())])))
  }
  const end = dateClaim(claims, 'exp')
  if (end && end <= io.now())
    throw new Failure(EXIT.refused, 'The token has expired.', 'Get another one by refresh or sign-in.')
}

function shown(claims: Claims, name: string, value: unknown, now: Date): string {
  const date = /^(exp|iat|nbf|auth_time)$/.test(name) ? dateClaim(claims, name) : undefined
  if (date) return `${relative(date, now)} (${localTime(date)})`
  return printable(typeof value === 'string' ? value : JSON.stringify(value))
}

/** Return an access token, and the service that it is for. */
async function findService(context: Context): Promise<{ token: string; source: string; service: Service }> {
  const { settings, speaker } = context
  const found = await given(context, ['access'])
  if (found) {
    speaker.keep(found.token)
    const pool = settings.userPoolId ?? poolClaim(readClaims(found.token))
    const region = settings.region ?? (pool?.includes('_') ? pool.slice(0, pool.indexOf('_')) : undefined)
    return { ...found, service: await open(context, { ...settings, region }) }
  }
  const { session, service, refusal } = await keptSession(context)
  const connected = await service()
  const tokens = await session.tokens()
  if (!tokens) throw refusal() ?? new Failure(EXIT.refused, 'The kept session has ended.', 'Sign in again.')
  speaker.keep(tokens.accessToken)
  return { token: tokens.accessToken, source: KEPT, service: connected }
}

async function askService(context: Context): Promise<void> {
  const { io, settings } = context
  const { token, source, service } = await findService(context)
  const reply = (await service.call('GetUser', { AccessToken: token })) as {
    Username?: unknown
    UserAttributes?: readonly { Name: unknown; Value?: unknown }[]
    UserMFASettingList?: readonly unknown[]
  }
  if (settings.flag('json')) return void io.stdout.write(`${printableJson(reply)}\n`)
  const { bold, dim } = styleOf(context)
  io.stdout.write(
    `${bold(printable(String(reply.Username)))}\n${dim(`As ${service.address} says; it took the token of ${source}.`)}\n\n`,
  )
  const attributes = (reply.UserAttributes ?? []).map(
    ({ Name, Value }) => [String(Name), printable(String(Value ?? ''))] as const,
  )
  const mfa = reply.UserMFASettingList?.length
    ? [['second factors', printable(reply.UserMFASettingList.join(', '))] as const]
    : []
  io.stdout.write(table([...attributes, ...mfa]))
}

const styleOf = ({ io, settings }: Context) =>
  style(!settings.flag('no-color') && wantsColor(io.env, io.stdout.isTTY === true))

function table(rows: readonly (readonly [string, string])[]): string {
  const width = Math.max(...rows.map(([name]) => name.length))
  return rows.map(([name, value]) => `${printable(name).padEnd(width)}  ${value}\n`).join('')
}
