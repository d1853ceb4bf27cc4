import { createPrivateKey, createPublicKey, type JsonWebKey, sign, verify } from 'node:crypto'
import { anything, type Check, map, string } from './check.js'

/** Characters in base64url: 65537 takes four. */
const LONGEST_EXPONENT = 16

const PROBE = new TextEncoder().encode('signing key')

/** Accept an RSA private key of 2048 bits or more that signs and verifies. Other members of the JWK are yours. */
export const signingKey: Check = (value, path) => {
  map(anything, anything)(value, path)
  for (const name of ['kty', 'n', 'e', 'd', 'kid']) {
    const member = (value as Record<string, unknown>)[name]
    if (member !== undefined || (name !== 'kty' && name !== 'kid')) string()(member, `${path}.${name}`)
  }
  let works = false
  try {
    const { e } = value as { e: string }
    // A public exponent is short; a long one makes every signature take seconds.
    if (e.length > LONGEST_EXPONENT) throw new RangeError('too long')
    const key = createPrivateKey({ key: value as JsonWebKey, format: 'jwk' })
    const { asymmetricKeyType, asymmetricKeyDetails } = key
    works =
      asymmetricKeyType === 'rsa' &&
      (asymmetricKeyDetails?.modulusLength ?? 0) >= 2048 &&
      verify('sha256', PROBE, createPublicKey(key), sign('sha256', PROBE, key))
  } catch {
    // Not a key at all: the message below says what is wanted, and shows nothing of it.
  }
  if (!works)
    throw new RangeError(`${path} must be an RSA private key of 2048 bits or more, as a JWK with kty RSA, n, e and d`)
}
