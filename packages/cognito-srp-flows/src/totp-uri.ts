import { text } from './errors.js'

/** Half of a surrogate pair has no UTF-8, and encodeURIComponent would say URIError. */
function component(value: string, name: string): string {
  if (/[\ud800-\udfff]/u.test(text(value, name))) throw new RangeError(`${name}: expected well-formed Unicode`)
  return encodeURIComponent(value)
}

/**
 * Return the `otpauth://` address that authenticator apps read from a QR code.
 *
 * @param secretCode - The secret, base32.
 * @param issuer - The name of the app that the codes are for.
 * @param account - What the authenticator app shows beside it.
 * @returns The address.
 * @throws TypeError or RangeError that names a text without meaning.
 */
export function totpUri(secretCode: string, issuer: string, account: string): string {
  const name = component(issuer, 'issuer')
  return `otpauth://totp/${name}:${component(account, 'account')}?secret=${secretCode}&issuer=${name}`
}
