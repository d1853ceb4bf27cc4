import type { Lifetimes } from '../config/options.js'

// "The default time unit for AccessTokenValidity in an API request is hours", for ID tokens too; "for RefreshTokenValidity …
// days". Access and ID tokens: 5 minutes to 1 day, refresh tokens: 60 minutes to 10 years. (CreateUserPoolClient, API
// reference)

const UNITS: Readonly<Record<string, number>> = { seconds: 1, minutes: 60, hours: 3600, days: 86_400 }

const TOKENS = [
  { name: 'access', token: 'AccessToken', usual: 'hours', least: 300, most: 86_400 },
  { name: 'id', token: 'IdToken', usual: 'hours', least: 300, most: 86_400 },
  { name: 'refresh', token: 'RefreshToken', usual: 'days', least: 3600, most: 3650 * 86_400 },
] as const

type Members = Readonly<Record<string, unknown>>

const unitOf = (units: unknown, token: string, usual: string): string => String(Object(units)[token] ?? usual)

/** Return the lifetimes that a request names, in seconds; undefined for one out of range. Zero stands for the default. */
export function readValidity(fields: Members): Pick<Lifetimes, 'access' | 'id' | 'refresh'> | undefined {
  const lifetimes: { access?: number; id?: number; refresh?: number } = {}
  for (const { name, token, usual, least, most } of TOKENS) {
    const validity = Number(fields[`${token}Validity`] ?? 0)
    if (validity === 0) continue
    const seconds = validity * (UNITS[unitOf(fields.TokenValidityUnits, token, usual)] ?? 1)
    if (seconds < least || seconds > most) return undefined
    lifetimes[name] = seconds
  }
  return lifetimes
}

/**
 * Return the members of UserPoolClientType about lifetimes: in the units that they were set in, else in the usual ones, or in
 * seconds where those do not divide them.
 */
export function describeValidity(lifetimes: Required<Lifetimes>, kept: Members): Members {
  const units: Record<string, unknown> = { ...Object(kept.TokenValidityUnits) }
  const members: Record<string, unknown> = {}
  for (const { name, token, usual } of TOKENS) {
    const seconds = lifetimes[name]
    let size = UNITS[unitOf(units, token, usual)] ?? 1
    if (seconds % size !== 0) {
      units[token] = 'seconds'
      size = 1
    }
    members[`${token}Validity`] = seconds / size
  }
  return { ...members, TokenValidityUnits: Object.keys(units).length > 0 ? units : undefined }
}
