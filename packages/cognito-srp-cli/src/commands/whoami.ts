import { type Claims, dateClaim, expiry, poolClaim, readClaims, usernameClaim } from '../claims.js'
import { type Context, open, withSession } from '../context.js'
import { EXIT, Failure, usage } from '../failure.js'
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

/** The token, and what it was found as. */
async function find(context: Context, kinds: readonly TokenKind[]): Promise<{ token: string; source: string }> {
  const { io, settings, terminal } = context
  if (settings.flag('token-stdin')) return { token: await terminal.readStdin('token'), source: 'standard input' }
  for (const kind of kinds) {
    const variable = `COGNITO_${kind.toUpperCase()}_TOKEN`
    const token = io.env[variable]
    if (token) return { token, source: variable }
  }
  const session = await context.sessions.find(settings)
  if (!session)
    throw usage(
      'No token: none is kept for these settings, and none was given.',
      'Keep one: sign-in --save. Or give one: --token-stdin.',
    )
  const token = kinds[0] === 'access' ? session.tokens.accessToken : session.tokens.idToken
  return { token, source: 'the kept session' }
}

async function readToken(context: Context): Promise<void> {
  const { io, settings } = context
  const { token, source } = await find(context, settings.token ? [settings.token] : ['id', 'access'])
  const claims = readClaims(token)
  if (!claims)
    throw usage(`What ${source} holds is no JSON Web Token.`, 'ID and access tokens are; refresh tokens are not.')
  const { bold, dim } = styleOf(context)
  if (settings.flag('json')) {
    io.stdout.write(`${printableJson(claims)}\n`)
  } else {
    const who = usernameClaim(claims) ?? claims.sub ?? 'somebody'
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

async function askService(context: Context): Promise<void> {
  const { io, settings, speaker } = context
  const session = await context.sessions.find(settings)
  const { token, source } = await find(context, ['access'])
  speaker.keep(token)
  const pool = settings.userPoolId ?? poolClaim(readClaims(token))
  const region = settings.region ?? (pool?.includes('_') ? pool.slice(0, pool.indexOf('_')) : undefined)
  const service = await open(context, {
    ...(source === 'the kept session' ? withSession(settings, session) : settings),
    region,
  })
  const reply = (await service.callOther('GetUser', { AccessToken: token })) as {
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
