import { assertString, readFields } from './arguments.js'
import { type Bytes, copyBytes, equalBytes, utf8, wipe } from './bytes.js'
import type { Derived, Suite } from './define-suite.js'
import { padded } from './encode.js'
import type { GroupArithmetic } from './engine/engine.js'
import type { ServerRecord } from './enroll.js'
import { SrpError } from './errors.js'
import { agree, arithmeticOf, copyProof, copySalt, PRIVATE_KEY_LENGTH, withSessionKey } from './handshake.js'
import { randomBytes } from './random.js'
import { assertSameSuite, copyState, fieldText, invalidStateError, readState, textField, writeState } from './state.js'
import { checkPublicKey, digest, type EngineOptions, scrambler } from './suite.js'

/** The result of a handshake for the server. The client has proved itself, and `serverProof` proves the server. */
export interface ServerAnswer {
  /** The user who has signed in: the one of the handshake, whatever a later request says. */
  readonly username: string
  /** M2, for the client. */
  readonly serverProof: Bytes
  /** K. Not enumerable: neither a logger nor `JSON.stringify` writes it, and a spread leaves it behind. */
  readonly sessionKey: Bytes
}

/** The server's half of a handshake. */
export interface SrpServer {
  /** The user's salt: send it with `serverPublicKey`. */
  readonly salt: Bytes
  /** B, in the length of N. */
  readonly serverPublicKey: Bytes
  /**
   * Check the client's proof, M1, once and in constant time. After a wrong proof the client must begin again. Further
   * fields of the message are ignored.
   *
   * @returns the user's name, the proof for the client, and the session key
   * @throws SrpError `wrong-proof`; `too-large`, `invalid-public-key`, `invalid-scrambler`, `invalid-encoding` for
   *   nonsense; `used-twice` the second time
   * @throws TypeError unless both are byte arrays
   */
  verify(answer: { readonly clientPublicKey: Bytes; readonly clientProof: Bytes }): ServerAnswer
  /**
   * Write the handshake as bytes, for `resumeServer` in another process. They hold the verifier and the private key:
   * with them one can sign in as this user while the handshake lasts. Keep them on the server, or `sealState` them.
   *
   * @throws SrpError `used-twice` after `verify`
   */
  save(): Bytes
}

/**
 * Begin the answer to a client that gave its username: send `salt` and `serverPublicKey`.
 *
 * @param suite one of `suites`, or one made by `defineSuite`
 * @param record the user's, as `enroll` made it; for unknown users, `decoyRecord`'s
 * @param options the settings below; each may be left out
 * @param options.engine the arithmetic, which is required
 * @param options.random the source of the private key; `crypto.getRandomValues` if left out
 * @returns the server's half, which verifies one proof
 * @throws SrpError `invalid-encoding`, `too-large`, `invalid-public-key` for a damaged record; `no-random`, `bad-random`
 * @throws TypeError, RangeError for an argument that is missing or wrong
 * @example
 * const { salt, serverPublicKey, verify } = startServer(suites.rfc5054, record, { engine })
 * const { clientPublicKey, clientProof } = await exchange({ salt, serverPublicKey })
 * const { username, serverProof } = verify({ clientPublicKey, clientProof })
 * // `username` has signed in: send { serverProof }.
 */
export function startServer(suite: Suite<Derived>, record: ServerRecord, options: EngineOptions): SrpServer {
  const arithmetic = arithmeticOf(suite, options)
  return serverFor(suite, record, randomBytes(PRIVATE_KEY_LENGTH, options), arithmetic)
}

/**
 * Continue a handshake that `save` wrote, in this or another process.
 *
 * @param suite the suite of the handshake
 * @param state the bytes that `save` returned
 * @param options the setting below, which may be left out
 * @param options.engine the arithmetic, which is required
 * @returns the server's half as it was: its `verify` gives the username of the handshake
 * @throws SrpError `invalid-state` if the bytes are damaged, of another version or of another suite
 * @throws TypeError for an argument that is missing or wrong
 * @example
 * const { username, serverProof } = resumeServer(suites.rfc5054, state, { engine }).verify({ clientPublicKey, clientProof })
 */
export function resumeServer(suite: Suite<Derived>, state: Bytes, options: EngineOptions): SrpServer {
  const arithmetic = arithmeticOf(suite, options)
  const fields = readState('server', copyState(state), 6)
  const [name, k, username, salt, verifier, b] = fields as [Bytes, Bytes, Bytes, Bytes, Bytes, Bytes]
  assertSameSuite(suite, name, k)
  const { length } = suite.group.modulus
  if (!b.length || b.length > length || verifier.length !== length) throw invalidStateError()
  try {
    return serverFor(suite, { username: fieldText(username), salt, verifier }, b, arithmetic)
  } catch (error) {
    throw error instanceof SrpError || error instanceof RangeError ? invalidStateError() : error
  }
}

/** Begin a handshake with a given private key, which is wiped after use. */
export function serverFor(
  suite: Suite<Derived>,
  record: ServerRecord,
  b: Bytes,
  arithmetic: GroupArithmetic,
): SrpServer {
  const fields = readFields(record, 'record', ['username', 'salt', 'verifier'])
  const { username } = fields
  assertString(username, 'username')
  const I = utf8(username)
  if (I.length > 65_535) throw new RangeError('username: expected at most 65,535 bytes of UTF-8')
  const s = copySalt(fields.salt)
  const given = copyBytes(fields.verifier, 'verifier')
  const v = padded(checkPublicKey(arithmetic, suite.group, given, 'verifier'), suite.group.modulus.length)
  const k = digest(suite, suite.k, {})
  const B = arithmetic.serverPublicKey({ k, v, b })
  let used = false
  const useOnce = () => {
    if (used) throw new SrpError('used-twice', 'This handshake is over: the client must begin again')
  }
  return {
    salt: s.slice(),
    serverPublicKey: B.slice(),
    verify(answer) {
      useOnce()
      const message = readFields(answer, 'answer', ['clientPublicKey', 'clientProof'])
      const key = copyBytes(message.clientPublicKey, 'clientPublicKey')
      const proof = copyProof(suite, message.clientProof, 'clientProof')
      const A = checkPublicKey(arithmetic, suite.group, key, 'clientPublicKey')
      const u = scrambler(suite, A, B)
      used = true
      const S = arithmetic.serverSecret({ A, u, v, b })
      wipe(b)
      const { K, M1, M2 } = agree(suite, { I, s, A, B, S })
      if (equalBytes(proof, M1)) return withSessionKey({ username, serverProof: M2 }, K)
      wipe(K, M2)
      throw new SrpError('wrong-proof', 'The client does not know the password')
    },
    save() {
      useOnce()
      return writeState('server', [utf8(suite.name), k, textField(username), s, v, b])
    },
  }
}
