// A record that comes from a client: checked before it goes into a database, and sealed where a session protects its way.
import { hkdf } from '@noble/hashes/hkdf.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { assertInteger, readFields } from './arguments.js'
import { type Bytes, copyBytes, copyOwnBytes, isBytes, utf8, wipe } from './bytes.js'
import { encodeHex, parseBase64 } from './codec.js'
import type { Derived, Suite } from './define-suite.js'
import { minimal, padded } from './encode.js'
import type { ServerRecord } from './enroll.js'
import { SrpError } from './errors.js'
import { assertSuite } from './handshake.js'
import type { RandomSource } from './random.js'
import { additionalData, seal, unseal } from './seal.js'
import { assertSameSuite, copyState, fieldText, readState, textField, writeState } from './state.js'
import { digest } from './suite.js'

/** A record as a client sent it: bytes, or base64 in JSON. Nothing of it has been checked. */
export interface ReceivedRecord {
  readonly username?: unknown
  readonly salt?: unknown
  readonly verifier?: unknown
}

/** The options of `readRecord`. */
export interface ReadRecordOptions {
  /** The user whom the record must be of; anyone if left out. */
  readonly username?: string | undefined
  /**
   * Bytes that the salt must have, 1 to 1,024, as `enroll` makes it; 16 or more if left out. Name it where you make
   * decoys: a salt of another length tells a user from them.
   */
  readonly saltLength?: number | undefined
}

/** A session that a handshake made: what `verify` or `confirm` returned. */
export interface RecordSession {
  readonly sessionKey: Bytes
}

/** Bytes: RFC 5054 says nothing of it; shorter ones repeat among many users. */
const SHORTEST_SALT = 16
const LONGEST_SALT = 1024

/** Bytes of UTF-8: what a server can save. */
const LONGEST_NAME = 65_535

/**
 * Read a new user's record that a client sent, before it goes into a database: a verifier that no password gives, or one
 * that is 0 modulo N, would lock its user out or let others in.
 *
 * The record is as sensitive as a password hash: let it come over TLS, once, from someone whom you allow to make this
 * user. That its password is a good one cannot be seen.
 *
 * @param suite the suite of your users
 * @param message what came: `username`, and `salt` and `verifier` as bytes or base64; further fields are ignored
 * @param options the settings below; each may be left out
 * @param options.username the user whom the record must be of
 * @param options.saltLength bytes that the salt must have; 16 or more if left out
 * @returns the record for `startServer`, its verifier in the length of N
 * @throws SrpError `invalid-encoding` for a field that is missing or malformed; `too-large`; `invalid-public-key` unless
 *   the verifier is between 1 and N − 1; `wrong-username`
 * @throws TypeError, RangeError for an argument of the caller's that is missing or wrong
 * @example
 * const record = readRecord(suites.rfc5054, await request.json(), { username: invitation.username, saltLength: 16 })
 * await users.insert(record)
 */
export function readRecord(
  suite: Suite<Derived>,
  message: ReceivedRecord,
  options: ReadRecordOptions = {},
): ServerRecord {
  assertSuite(suite)
  const expected = readFields(options, 'options', ['username', 'saltLength'])
  const { saltLength } = expected
  if (expected.username !== undefined && typeof expected.username !== 'string') {
    throw new TypeError('username: expected a string')
  }
  if (saltLength !== undefined) assertInteger(saltLength, 'saltLength', 1, LONGEST_SALT)
  const { username, salt, verifier } = readFields(received(message), 'message', ['username', 'salt', 'verifier'])
  if (typeof username !== 'string') throw new SrpError('invalid-encoding', 'username: missing or not a string')
  if (username.length > LONGEST_NAME || utf8(username).length > LONGEST_NAME)
    throw new SrpError('too-large', 'username: too long')
  if (expected.username !== undefined && username !== expected.username) {
    throw new SrpError('wrong-username', 'username: that of another user')
  }
  const s = receivedBytes(salt, 'salt', LONGEST_SALT)
  if (saltLength === undefined ? s.length < SHORTEST_SALT : s.length !== saltLength) {
    throw new SrpError('invalid-encoding', `salt: expected ${saltLength ?? `at least ${SHORTEST_SALT}`} bytes`)
  }
  return { username, salt: s, verifier: checkVerifier(suite, receivedBytes(verifier, 'verifier', 65_535)) }
}

/** Take a message that is no object as one without fields: that is the client's mistake, not the server's. */
function received(message: unknown): ReceivedRecord {
  return Object(message) === message ? (message as ReceivedRecord) : {}
}

function receivedBytes(value: unknown, name: string, longest: number): Bytes {
  if (!isBytes(value)) return parseBase64(value, name, longest)
  const copy = copyBytes(value, name, longest)
  if (copy.length === 0) throw new SrpError('invalid-encoding', `${name}: expected a non-empty Uint8Array`)
  return copy
}

/**
 * Check a verifier: 1 and N − 1 are powers too, and those of no digest.
 *
 * @returns the verifier in the length of N
 */
function checkVerifier({ group: { modulus } }: Suite<Derived>, given: Bytes): Bytes {
  if (minimal(given, 0).length > modulus.length) throw new SrpError('too-large', 'verifier: longer than N')
  const verifier = padded(given, modulus.length)
  // Texts of one length compare as their numbers do. N is odd: N − 1 differs in its last byte alone.
  const last = modulus.length - 1
  const least = encodeHex(padded(Uint8Array.of(1), modulus.length))
  const most = encodeHex(modulus.map((byte, i) => (i === last ? byte - 1 : byte)))
  const digits = encodeHex(verifier)
  if (!(digits > least && digits < most)) {
    throw new SrpError('invalid-public-key', 'verifier: expected a number between 1 and N − 1')
  }
  return verifier
}

/** Bytes; no session key of a suite is shorter than a digest, or longer than N. */
const SHORTEST_KEY = 16
const LONGEST_KEY = 1024

/** Derive the key of one direction and one purpose: the session key may serve for others. RFC 5869. */
function recordKey(session: RecordSession): Bytes {
  const { sessionKey } = readFields(session, 'session', ['sessionKey'])
  const secret = copyOwnBytes(sessionKey, 'sessionKey', SHORTEST_KEY, LONGEST_KEY)
  const key = hkdf(sha256, secret, undefined, utf8('SRP-6a new record, from client to server'), 32)
  wipe(secret)
  return key
}

/**
 * Encrypt and authenticate a new record on its way to the server, under the key of the session that the user has just
 * begun: so a password is changed. Anyone who does not have the session key can neither read the record nor put another in
 * its place, a proxy that ends TLS included.
 *
 * @param suite the suite of the new record, which may be another than that of the session
 * @param record the new record, as `enroll` made it
 * @param session what `confirm` returned
 * @param options the settings below; each may be left out
 * @param options.context a tenant, a number that the server counts: the record opens under the same context only
 * @param options.random the source of the nonce; `crypto.getRandomValues` if left out
 * @returns the sealed record, for `openRecord`
 * @throws TypeError, RangeError for an argument that is missing or wrong
 * @throws SrpError as `readRecord` for a record that no server would take; `no-webcrypto`, `no-random`, `bad-random`
 * @example
 * const session = answer.confirm({ serverProof })
 * const record = enroll(suites.rfc5054, { username, password: newPassword })
 * await send({ sealed: toBase64(await sealRecord(suites.rfc5054, record, session)) })
 */
export async function sealRecord(
  suite: Suite<Derived>,
  record: ServerRecord,
  session: RecordSession,
  options: { readonly context?: string | Bytes | undefined; readonly random?: RandomSource | undefined } = {},
): Promise<Bytes> {
  const { context, random } = readFields(options, 'options', ['context', 'random'])
  const { username, salt, verifier } = checkOwn(suite, record)
  const plain = writeState('record', [
    utf8(suite.name),
    digest(suite, suite.k, {}),
    textField(username),
    salt,
    verifier,
  ])
  return seal(plain, recordKey(session), additionalData(context), random)
}

/** Check a record of the caller's own: a field of another type is the caller's mistake. */
function checkOwn(suite: Suite<Derived>, record: ServerRecord): ServerRecord {
  assertSuite(suite)
  const { username, salt, verifier } = readFields(record, 'record', ['username', 'salt', 'verifier'])
  if (typeof username !== 'string') throw new TypeError('username: expected a string')
  return readRecord(suite, { username, salt: copyBytes(salt, 'salt'), verifier: copyBytes(verifier, 'verifier') })
}

/**
 * Open a new record that the client sealed in a session, and check it as `readRecord` does: it must be of the session's
 * own user.
 *
 * The same sealed record opens again in the same session. End the session when the password has changed, or let `context`
 * hold a number that counts the changes: an older record, sent again, would bring the older password back.
 *
 * @param suite the suite that the new record must be of
 * @param sealed the bytes that came
 * @param session what `verify` returned: the username and the session key of the handshake
 * @param options the settings below; each may be left out
 * @param options.context the context that it was sealed with
 * @param options.saltLength bytes that the salt must have; 16 or more if left out
 * @returns the record that takes the place of the old one
 * @throws SrpError `invalid-state` if it is damaged, of another session, context or suite; `wrong-username`; the codes of
 *   `readRecord`; `no-webcrypto`
 * @throws TypeError, RangeError for an argument of the caller's that is missing or wrong
 * @example
 * const session = resumeServer(suites.rfc5054, state).verify({ clientPublicKey, clientProof })
 * await users.replace(await openRecord(suites.rfc5054, fromBase64(sealed), session, { saltLength: 16 }))
 */
export async function openRecord(
  suite: Suite<Derived>,
  sealed: Bytes,
  session: RecordSession & { readonly username: string },
  options: {
    readonly context?: string | Bytes | undefined
    readonly saltLength?: number | undefined
  } = {},
): Promise<ServerRecord> {
  assertSuite(suite)
  const { context, saltLength } = readFields(options, 'options', ['context', 'saltLength'])
  const { username } = readFields(session, 'session', ['username'])
  if (typeof username !== 'string') throw new TypeError('username: expected a string')
  if (saltLength !== undefined) assertInteger(saltLength, 'saltLength', 1, LONGEST_SALT)
  const plain = await unseal(copyState(sealed, 'sealed'), recordKey(session), additionalData(context))
  const [name, k, owner, salt, verifier] = readState('record', plain, 5) as [Bytes, Bytes, Bytes, Bytes, Bytes]
  assertSameSuite(suite, name, k)
  return readRecord(suite, { username: fieldText(owner), salt, verifier }, { username, saltLength })
}
