import type { Grant, Settings } from '../model/state.js'

/** Return the names of the four levels: those of AcrConfiguration, else the service's. */
export function acrNames({ kept }: Settings): readonly string[] {
  const given = Object(kept.AcrConfiguration) as Readonly<Record<string, { readonly AcrValue?: string }>>
  return [1, 2, 3, 4].map((level) => given[`Level${level}`]?.AcrValue ?? `urn:cognito:loa:${level}`)
}

/**
 * Return the highest level that these factors satisfy, 0 for none.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-step-up-authentication.html
 */
export function levelOf(methods: readonly string[]): number {
  const has = (...names: readonly string[]): boolean => names.some((name) => methods.includes(name))
  if (has('pwd') && has('otp')) return 4
  if (has('swk', 'hwk') || (has('pwd') && has('sms', 'email_otp'))) return 3
  if (has('sms', 'email_otp')) return 2
  return has('pwd') ? 1 : 0
}

/** Return the claims `acr` and `amr` of a sign-in; a refresh keeps them. */
export function acrClaims(settings: Settings, { methods = [], steppedUp = false }: Grant): Record<string, unknown> {
  const level = levelOf(methods)
  if (level === 0 || !(steppedUp || settings.assumptions.acrInEverySignIn)) return {}
  return { acr: acrNames(settings)[level - 1], amr: methods.length > 1 ? [...methods, 'mfa'] : methods }
}
