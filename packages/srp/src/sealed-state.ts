// A saved handshake under a key of the server, for servers that keep no state between two requests: the expiry (8 bytes,
// ms) and the state, sealed.
import { type Clock, readClock, readFields } from './arguments.js'
import { type Bytes, concat, copyBytes, copyOwnBytes, isBytes } from './bytes.js'
import { SrpError } from './errors.js'
import type { RandomSource } from './random.js'
import { additionalData, KEY_LENGTH, seal, unseal } from './seal.js'
import { invalidStateError } from './state.js'

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

const EXPIRY_LENGTH = 8

/** Bytes; a state that `save` wrote has six fields, of which the names are the longest. */
const LONGEST_STATE = 1 << 20

/** Seconds that a handshake may take if nothing else is said: a person need not type anything between its requests. */
const LIFETIME = 60

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
  return seal(plain, secret, context, fields.random)
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
  const plain = await unseal(given, secret, context)
  if (plain.length < EXPIRY_LENGTH) throw invalidStateError()
  if (new DataView(plain.buffer).getBigUint64(0) <= BigInt(time)) {
    throw new SrpError('expired-state', 'The sealed handshake has expired: the client must begin again')
  }
  return plain.slice(EXPIRY_LENGTH)
}
