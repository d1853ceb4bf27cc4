import type { Tokens } from 'cognito-srp-flows'
import { dateClaim, expiry, poolClaim, readClaims, usernameClaim } from './claims.js'
import { EXIT, Failure, usage } from './failure.js'
import type { Io } from './io.js'
import type { Settings, TokenKind } from './settings.js'
import { printableJson, style, wantsColor } from './style.js'

const tokenOf = (tokens: Tokens, kind: TokenKind): string | undefined =>
  ({ id: tokens.idToken, access: tokens.accessToken, refresh: tokens.refreshToken })[kind]

/** The tokens as the options want them, on standard output. */
export function printTokens({ stdout, env, now }: Io, settings: Settings, tokens: Tokens, deviceKey?: string): void {
  const write = (text: string) => stdout.write(`${text}\n`)
  const { token: kind } = settings
  checkTokens(tokens)
  if (settings.flag('header')) return void write(`Authorization: Bearer ${need(tokens, kind ?? 'access')}`)
  if (settings.flag('json')) return void write(printableJson(asJson(tokens, deviceKey)))
  if (settings.flag('env')) return void write(asEnv(tokens))
  if (kind) return void write(need(tokens, kind))
  const color = !settings.flag('no-color') && wantsColor(env, stdout.isTTY === true)
  write(asTable(tokens, now(), stdout.isTTY === true, color))
}

/** RFC 6750, section 2.1: `b64token`. Anything else could end a header, a line of a shell, or more. */
const TOKEN = /^[\w.~+/-]+=*$/

/** @throws Failure `service` for what is not made like a token */
function checkTokens(tokens: Tokens): void {
  for (const kind of ['access', 'id', 'refresh'] as const) {
    const token = tokenOf(tokens, kind)
    if (token !== undefined && !TOKEN.test(token)) {
      throw new Failure(
        EXIT.service,
        `The ${kind} token that came is not made like one.`,
        'Is it the real service? Look at --endpoint and --trace.',
      )
    }
  }
}

/** @throws Failure `usage` for the refresh token that the service did not give */
function need(tokens: Tokens, kind: TokenKind): string {
  const token = tokenOf(tokens, kind)
  if (token === undefined) throw usage(`The service gave no ${kind} token.`)
  return token
}

function asJson(tokens: Tokens, deviceKey: string | undefined): object {
  const claims = readClaims(tokens.accessToken)
  return {
    ...tokens,
    expiresAt: dateClaim(claims, 'exp')?.toISOString(),
    username: usernameClaim(claims),
    userPoolId: poolClaim(claims),
    ...(deviceKey && { deviceKey }),
  }
}

/** A text as one word of a POSIX shell, whatever is in it. */
export const shellQuoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`

function asEnv({ accessToken, idToken, refreshToken }: Tokens): string {
  const variables = {
    COGNITO_ACCESS_TOKEN: accessToken,
    COGNITO_ID_TOKEN: idToken,
    COGNITO_REFRESH_TOKEN: refreshToken,
  }
  return Object.entries(variables)
    .flatMap(([name, value]) => (value === undefined ? [] : [`export ${name}=${shellQuoted(value)}`]))
    .join('\n')
}

/** Whole tokens for a pipe; on a terminal their beginning and end, and how to get the rest. */
function asTable(tokens: Tokens, now: Date, isTerminal: boolean, color: boolean): string {
  const { bold, dim } = style(color)
  const rows = (['access', 'id', 'refresh'] as const).flatMap((kind) => {
    const token = tokenOf(tokens, kind)
    if (token === undefined) return []
    const until = kind === 'refresh' ? 'the token does not say' : expiry(readClaims(token), now)
    return [[kind, until, isTerminal ? shortened(token) : token]]
  })
  const all = [['TOKEN', 'EXPIRES', 'VALUE'], ...rows]
  const width = (column: number) => Math.max(...all.map((row) => row[column]?.length ?? 0))
  const [header, ...lines] = all.map(([kind = '', until = '', value = '']) =>
    [kind.padEnd(width(0)), until.padEnd(width(1)), value].join('  '),
  )
  const hint = isTerminal ? ['', dim('Whole tokens: --token access (or id, refresh), --header, --env, --json')] : []
  return [bold(header ?? ''), ...lines, ...hint].join('\n')
}

const shortened = (token: string) => (token.length <= 24 ? token : `${token.slice(0, 12)}…${token.slice(-4)}`)
