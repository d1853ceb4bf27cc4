// Bytes under a key, with AES-256-GCM of WebCrypto: a version byte (authenticated, with the context), a nonce of 12 bytes,
// then the ciphertext.
import { assertString } from './arguments.js'
import { type Bytes, concat, copyOwnBytes, isBytes } from './bytes.js'
import { SrpError } from './errors.js'
import { type RandomSource, randomBytes } from './random.js'
import { invalidStateError, textField } from './state.js'

interface SubtleCrypto {
  importKey(format: 'raw', key: Bytes, algorithm: 'AES-GCM', extractable: false, uses: string[]): Promise<object>
  encrypt(algorithm: object, key: object, data: Bytes): Promise<ArrayBuffer>
  decrypt(algorithm: object, key: object, data: Bytes): Promise<ArrayBuffer>
}

/** Bytes of a key. */
export const KEY_LENGTH = 32

const VERSION = 1
const NONCE_LENGTH = 12

/** Characters or bytes. */
const LONGEST_CONTEXT = 65_536

/**
 * Write the additional data of a seal: no two contexts have the same, and none is a context of its own.
 *
 * @throws TypeError, RangeError for a context that is neither a string nor bytes, or too long
 */
export function additionalData(context: unknown): Bytes {
  if (context === undefined) return Uint8Array.of(VERSION)
  if (typeof context === 'string') {
    assertString(context, 'context', 0, LONGEST_CONTEXT)
    return concat(Uint8Array.of(VERSION, 1), textField(context))
  }
  if (!isBytes(context)) throw new TypeError('context: expected a string or a Uint8Array')
  return concat(Uint8Array.of(VERSION, 2), copyOwnBytes(context, 'context', 0, LONGEST_CONTEXT))
}

async function cipher(
  key: Bytes,
  iv: Bytes,
  context: Bytes,
): Promise<{ subtle: SubtleCrypto; algorithm: object; imported: object }> {
  const subtle = (globalThis as { crypto?: { subtle?: SubtleCrypto } }).crypto?.subtle
  if (!subtle) throw new SrpError('no-webcrypto', 'There is no crypto.subtle here')
  const imported = await subtle.importKey('raw', key, 'AES-GCM', false, ['encrypt', 'decrypt'])
  return { subtle, imported, algorithm: { name: 'AES-GCM', iv, additionalData: context } }
}

/**
 * Encrypt and authenticate.
 *
 * @param plain the bytes to seal: a copy that no one else writes into
 * @param key 32 bytes, a copy as well
 * @param context what `additionalData` made
 * @param random the source of the nonce; `crypto.getRandomValues` if undefined
 * @throws SrpError `no-webcrypto`, `no-random`, `bad-random`; TypeError for an invalid random source
 */
export async function seal(plain: Bytes, key: Bytes, context: Bytes, random: RandomSource | undefined): Promise<Bytes> {
  const nonce = randomBytes(NONCE_LENGTH, { random })
  const { subtle, algorithm, imported } = await cipher(key, nonce, context)
  return concat(Uint8Array.of(VERSION), nonce, new Uint8Array(await subtle.encrypt(algorithm, imported, plain)))
}

/**
 * Open what `seal` sealed.
 *
 * @param sealed a copy that no one else writes into
 * @throws SrpError `invalid-state` if it is damaged, of another key or of another context; `no-webcrypto`
 */
export async function unseal(sealed: Bytes, key: Bytes, context: Bytes): Promise<Bytes> {
  if (sealed[0] !== VERSION || sealed.length <= 1 + NONCE_LENGTH) throw invalidStateError()
  const { subtle, algorithm, imported } = await cipher(key, sealed.slice(1, 1 + NONCE_LENGTH), context)
  const plain = await subtle.decrypt(algorithm, imported, sealed.slice(1 + NONCE_LENGTH)).catch(() => {
    throw invalidStateError()
  })
  return new Uint8Array(plain)
}
