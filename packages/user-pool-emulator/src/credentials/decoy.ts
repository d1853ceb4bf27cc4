import { toShortHex, toUuid, utf8 } from '../config/encoding.js'
import type { Pool } from '../model/pool.js'
import { blur, type Delivery } from './codes.js'

async function derive(pool: Pool, label: string, name: string, length: number): Promise<Uint8Array> {
  const key = await crypto.subtle.importKey('raw', utf8(pool.decoySeed), 'HKDF', false, ['deriveBits'])
  const info = utf8(`${label}\0${name}`)
  const salt = utf8(pool.id)
  return new Uint8Array(await crypto.subtle.deriveBits({ name: 'HKDF', hash: 'SHA-256', salt, info }, key, length * 8))
}

/**
 * SRP parameters for a user that does not exist: UUID and salt are the same for a name at every request, and the
 * verifier is a number below N, so that B comes out of the very same arithmetic as for a real user.
 */
export async function decoyFor(
  pool: Pool,
  typed: string,
): Promise<{ username: string; salt: string; verifier: string }> {
  const name = pool.settings.caseSensitive ? typed : typed.toLowerCase()
  const [uuid, salt, verifier] = await Promise.all([
    derive(pool, 'uuid', name, 16),
    derive(pool, 'salt', name, 16),
    derive(pool, 'verifier', name, 383),
  ])
  return { username: toUuid(uuid), salt: toShortHex(salt), verifier: toShortHex(verifier) }
}

/**
 * Return where a code for a user that does not exist, or has no address, was said to be sent: "a response indicating a
 * code was sent to a simulated delivery medium". The same for a name at every request.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pool-managing-errors.html
 */
export async function simulatedDelivery(pool: Pool, typed: string): Promise<Delivery> {
  const name = pool.settings.caseSensitive ? typed : typed.toLowerCase()
  if (/^\+\d+$/.test(name)) {
    return { Destination: blur('SMS', name), DeliveryMedium: 'SMS', AttributeName: 'phone_number' }
  }
  const [first = 0, second = 0] = await derive(pool, 'address', name, 2)
  const letter = (byte: number): string => String.fromCharCode(97 + (byte % 26))
  const address = name.includes('@') ? name : `${letter(first)}@${letter(second)}`
  return { Destination: blur('EMAIL', address), DeliveryMedium: 'EMAIL', AttributeName: 'email' }
}
