// A saved handshake under a key of the server, for whoever keeps no state between two requests. AES-256-GCM of WebCrypto:
// a version byte (authenticated), a nonce of 12 bytes, then the ciphertext of the expiry (8 bytes, ms) and the state.
import { assertBytes, assertObject, type Bytes, concat } from './bytes.js'
import { SrpError } from './errors.js'
import { type RandomSource, randomBytes } from './random.js'
import { damaged } from './state.js'

interface SubtleCrypto {
  importKey(format: 'raw', key: Bytes, algorithm: 'AES-GCM', extractable: false, uses: string[]): Promise<object>
  encrypt(algorithm: object, key: object, data: Bytes): Promise<ArrayBuffer>
  decrypt(algorithm: object, key: object, data: Bytes): Promise<ArrayBuffer>
}

/** What a seal is made with, beside the key. */
export interface SealOptions {
  /** The server's clock; the system's if left out. */
  readonly now?: Date
  readonly random?: RandomSource
}

const VERSION = Uint8Array.of(1)
const NONCE_LENGTH = 12
const KEY_LENGTH = 32
const EXPIRY_LENGTH = 8

/** Bytes; what `save` writes has six fields of 65,535 at most. */
const LONGEST_STATE = 1 << 20

/** Seconds that a handshake may take if nothing else is said: a person need not type anything between its requests. */
const LIFETIME = 60

function milliseconds(now: Date): number {
  if (!(now instanceof Date)) throw new TypeError('now must be a Date')
  const time = now.getTime()
  if (Number.isNaN(time)) throw new RangeError('now must be a valid Date')
  return time
}

async function cipher(
  key: Bytes,
  nonce: Bytes,
): Promise<{ subtle: SubtleCrypto; algorithm: object; imported: object }> {
  assertBytes(key, 'key')
  if (key.length !== KEY_LENGTH) throw new RangeError(`key must have ${KEY_LENGTH} bytes`)
  const subtle = (globalThis as { crypto?: { subtle?: SubtleCrypto } }).crypto?.subtle
  if (!subtle) throw new SrpError('no-webcrypto', 'There is no crypto.subtle here')
  const imported = await subtle.importKey('raw', key, 'AES-GCM', false, ['encrypt', 'decrypt'])
  return { subtle, imported, algorithm: { name: 'AES-GCM', iv: nonce, additionalData: VERSION } }
}

/**
 * Encrypts and authenticates what `save` returned, so that it can travel through the client, in a cookie or a field of
 * the reply, and any process with the same key can go on.
 *
 * A sealed state can be opened again and again until it expires, so that the same A and M1 pass again: whoever has
 * recorded the second request can repeat it. What he gets is M2 and whatever else is in the reply, not the session key.
 * So let nothing in the reply be worth having without the session key, or remember for `lifetime` which states were used
 * (a digest of the sealed bytes in a store that all processes share). Guesses have to be counted elsewhere too.
 *
 * @param key 32 random bytes that only the server knows
 * @param options.lifetime seconds, 60 if left out
 * @throws TypeError, RangeError for an argument that is missing or wrong; SrpError `no-webcrypto`, `no-random`
 */
export async function sealState(
  state: Bytes,
  key: Bytes,
  options: SealOptions & { readonly lifetime?: number } = {},
): Promise<Bytes> {
  assertObject(options, 'options')
  const { now = new Date(), lifetime = LIFETIME } = options
  assertBytes(state, 'state')
  if (state.length > LONGEST_STATE) throw new RangeError(`state is longer than ${LONGEST_STATE} bytes`)
  if (typeof lifetime !== 'number') throw new TypeError('lifetime must be a number')
  const expiry = milliseconds(now) + 1000 * lifetime
  if (!(lifetime > 0 && expiry >= 0 && Number.isSafeInteger(Math.ceil(expiry)))) {
    throw new RangeError('lifetime must be a positive number of seconds, and now no earlier than 1970')
  }
  const nonce = randomBytes(NONCE_LENGTH, options)
  const { subtle, algorithm, imported } = await cipher(key, nonce)
  const plain = concat(new Uint8Array(EXPIRY_LENGTH), state)
  new DataView(plain.buffer).setBigUint64(0, BigInt(Math.ceil(expiry)))
  return concat(VERSION, nonce, new Uint8Array(await subtle.encrypt(algorithm, imported, plain)))
}

/**
 * The state that `sealState` was given.
 *
 * @throws SrpError `invalid-state` if it is damaged or of another key; `expired-state`; `no-webcrypto`
 * @throws TypeError, RangeError for an argument that is missing or wrong
 */
export async function openState(sealed: Bytes, key: Bytes, options: Pick<SealOptions, 'now'> = {}): Promise<Bytes> {
  assertObject(options, 'options')
  const { now = new Date() } = options
  assertBytes(sealed, 'sealed')
  const time = milliseconds(now)
  if (sealed[0] !== VERSION[0] || sealed.length <= 1 + NONCE_LENGTH || sealed.length > 2 * LONGEST_STATE)
    throw damaged()
  const { subtle, algorithm, imported } = await cipher(key, sealed.slice(1, 1 + NONCE_LENGTH))
  const plain = await subtle.decrypt(algorithm, imported, sealed.slice(1 + NONCE_LENGTH)).catch(() => {
    throw damaged()
  })
  if (plain.byteLength < EXPIRY_LENGTH) throw damaged()
  if (new DataView(plain).getBigUint64(0) <= BigInt(time)) {
    throw new SrpError('expired-state', 'The sealed handshake has expired: the client must begin again')
  }
  return new Uint8Array(plain, EXPIRY_LENGTH).slice()
}
