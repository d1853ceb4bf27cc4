// A saved handshake under a key of the server, for servers that keep no state between two requests. AES-256-GCM of
// WebCrypto: a version byte (authenticated, with the context), a nonce of 12 bytes, then the ciphertext of the expiry
// (8 bytes, ms) and the state.
import { assertString, type Clock, readClock, readFields } from './arguments.js'
import { type Bytes, concat, copyBytes, copyOwnBytes, isBytes } from './bytes.js'
import { SrpError } from './errors.js'
import { type RandomSource, randomBytes } from './random.js'
import { invalidStateError, textField } from './state.js'

interface SubtleCrypto {
  importKey(format: 'raw', key: Bytes, algorithm: 'AES-GCM', extractable: false, uses: string[]): Promise<object>
  encrypt(algorithm: object, key: object, data: Bytes): Promise<ArrayBuffer>
  decrypt(algorithm: object, key: object, data: Bytes): Promise<ArrayBuffer>
}

/** The options that sealing and opening share. */
export interface OpenOptions {
  /** The server's clock; the system's if left out. */
  readonly now?: Clock | undefined
  /**
   * The context in which the seal counts: a tenant, a purpose, a session id. It is authenticated, not stored: the state opens under the
   * same context only. A text and its bytes are two contexts.
   */
  readonly context?: string | Bytes | undefined
}

/** The options of `sealState`. */
export interface SealOptions extends OpenOptions {
  /** Seconds; 60 if left out. */
  readonly lifetime?: number | undefined
  /** The source of the nonce; `crypto.getRandomValues` if left out. */
  readonly random?: RandomSource | undefined
}

const VERSION = 1
const NONCE_LENGTH = 12
const KEY_LENGTH = 32
const EXPIRY_LENGTH = 8

/** Bytes; a state that `save` wrote has six fields, of which the names are the longest. */
const LONGEST_STATE = 1 << 20

/** Characters or bytes. */
const LONGEST_CONTEXT = 65_536

/** Seconds that a handshake may take if nothing else is said: a person need not type anything between its requests. */
const LIFETIME = 60

/** The additional data of a seal: no two contexts have the same, and none is a context of its own. */
function additionalData(context: unknown): Bytes {
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
 * Encrypt and authenticate what `save` returned, so that it can travel through the client, in a cookie or a field of
 * the reply, and any process with the same key can continue.
 *
 * A sealed state can be opened again and again until it expires, so that the same A and M1 pass again: an attacker who
 * has recorded the second request can repeat it. The attacker gets M2 and the rest of the reply, not the session key.
 * So let nothing in the reply be worth having without the session key, or remember for `lifetime` which states were used
 * (a digest of the sealed bytes in a store that all processes share). Guesses have to be counted elsewhere too.
 *
 * @param state the bytes that `save` returned
 * @param key 32 random bytes that only the server knows
 * @param options the settings below; each may be left out
 * @param options.lifetime seconds, 60 if left out
 * @param options.context a tenant, a purpose, a session id: the state opens under the same context only
 * @param options.now the clock; the system's if left out
 * @param options.random the source of the nonce; `crypto.getRandomValues` if left out
 * @returns the sealed state, 37 bytes longer
 * @throws TypeError, RangeError for an argument that is missing or wrong; SrpError `no-webcrypto`, `no-random`
 * @example
 * const sealed = await sealState(server.save(), key, { lifetime: 30, context: `sign-in:${tenant}` })
 * setCookie('__Host-handshake', toBase64(sealed))
 */
export async function sealState(state: Bytes, key: Bytes, options: SealOptions = {}): Promise<Bytes> {
  const fields = readFields(options, 'options', ['now', 'lifetime', 'context', 'random'])
  const { lifetime = LIFETIME } = fields
  // All of the input is read before the first await: the caller may write into it after.
  const plain = concat(new Uint8Array(EXPIRY_LENGTH), copyOwnBytes(state, 'state', 0, LONGEST_STATE))
  const secret = copyOwnBytes(key, 'key', KEY_LENGTH, KEY_LENGTH)
  const context = additionalData(fields.context)
  if (typeof lifetime !== 'number') throw new TypeError('lifetime: expected a number of seconds')
  const expiry = readClock(fields.now).getTime() + 1000 * lifetime
  if (!(lifetime > 0 && expiry >= 0 && Number.isSafeInteger(Math.ceil(expiry)))) {
    throw new RangeError('lifetime: expected a positive number of seconds, from a time no earlier than 1970')
  }
  new DataView(plain.buffer).setBigUint64(0, BigInt(Math.ceil(expiry)))
  const nonce = randomBytes(NONCE_LENGTH, { random: fields.random })
  const { subtle, algorithm, imported } = await cipher(secret, nonce, context)
  return concat(Uint8Array.of(VERSION), nonce, new Uint8Array(await subtle.encrypt(algorithm, imported, plain)))
}

/**
 * Open what `sealState` sealed.
 *
 * @param sealed the sealed state
 * @param key the key that it was sealed with
 * @param options the settings below; each may be left out
 * @param options.context the context that it was sealed with
 * @param options.now the clock; the system's if left out
 * @returns the state, for `resumeServer`
 * @throws SrpError `invalid-state` if it is damaged, of another key or of another context; `expired-state`;
 *   `no-webcrypto`
 * @throws TypeError, RangeError for an argument that is missing or wrong
 * @example
 * const state = await openState(fromBase64(cookie), key, { context: `sign-in:${tenant}` })
 * const { username, serverProof } = resumeServer(suite, state).verify({ clientPublicKey, clientProof })
 */
export async function openState(sealed: Bytes, key: Bytes, options: OpenOptions = {}): Promise<Bytes> {
  const fields = readFields(options, 'options', ['now', 'context'])
  if (isBytes(sealed) && sealed.length > 2 * LONGEST_STATE) throw invalidStateError()
  const given = copyBytes(sealed, 'sealed', 2 * LONGEST_STATE)
  const secret = copyOwnBytes(key, 'key', KEY_LENGTH, KEY_LENGTH)
  const context = additionalData(fields.context)
  const time = readClock(fields.now).getTime()
  if (given[0] !== VERSION || given.length <= 1 + NONCE_LENGTH) throw invalidStateError()
  const { subtle, algorithm, imported } = await cipher(secret, given.slice(1, 1 + NONCE_LENGTH), context)
  const plain = await subtle.decrypt(algorithm, imported, given.slice(1 + NONCE_LENGTH)).catch(() => {
    throw invalidStateError()
  })
  if (plain.byteLength < EXPIRY_LENGTH) throw invalidStateError()
  if (new DataView(plain).getBigUint64(0) <= BigInt(time)) {
    throw new SrpError('expired-state', 'The sealed handshake has expired: the client must begin again')
  }
  return new Uint8Array(plain, EXPIRY_LENGTH).slice()
}
