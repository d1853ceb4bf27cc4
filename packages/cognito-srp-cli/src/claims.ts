import { localTime, relative } from './words.js'

/** The header and the claims of a JSON Web Token. */
export type Claims = Readonly<Record<string, unknown>>

/** The claims of a token, read and NOT verified; undefined for what is no such token, as refresh tokens are. */
export function readClaims(token: string): Claims | undefined {
  const [, payload, ...rest] = token.split('.')
  if (!payload || rest.length !== 1) return undefined
  try {
    const claims: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'))
    return typeof claims === 'object' && claims && !Array.isArray(claims) ? (claims as Claims) : undefined
  } catch {
    return undefined
  }
}

/** A claim of seconds since 1970 (RFC 7519, section 2, NumericDate) as a date. */
export function dateClaim(claims: Claims | undefined, name: string): Date | undefined {
  const value = claims?.[name]
  const date = typeof value === 'number' ? new Date(value * 1000) : undefined
  return date && !Number.isNaN(date.getTime()) ? date : undefined
}

export const textClaim = (claims: Claims | undefined, name: string): string | undefined => {
  const value = claims?.[name]
  return typeof value === 'string' ? value : undefined
}

/** The user name of either token: they call it differently. */
export const usernameClaim = (claims: Claims | undefined): string | undefined =>
  textClaim(claims, 'cognito:username') ?? textClaim(claims, 'username')

/** The pool that a token comes from: the end of its issuer. */
export const poolClaim = (claims: Claims | undefined): string | undefined => textClaim(claims, 'iss')?.split('/').at(-1)

/** `expires in 1 hour`, `expired 2 days ago`. */
export function expiry(claims: Claims | undefined, now: Date): string {
  const at = dateClaim(claims, 'exp')
  if (!at) return 'does not say'
  return `${at <= now ? 'expired ' : ''}${relative(at, now)} (${localTime(at)})`
}
