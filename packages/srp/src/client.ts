import { readFields } from './arguments.js'
import { type Bytes, copyBytes, equalBytes, utf8, wipe } from './bytes.js'
import type { Derived, Suite } from './define-suite.js'
import type { GroupArithmetic } from './engine/engine.js'
import { SrpError } from './errors.js'
import {
  agree,
  arithmeticOf,
  copyProof,
  copySalt,
  type Outcome,
  PRIVATE_KEY_LENGTH,
  withPasswordExponent,
  withSessionKey,
} from './handshake.js'
import { randomBytes } from './random.js'
import { assertSameSuite, copyState, invalidStateError, readState, writeState } from './state.js'
import { checkPublicKey, digest, type EngineOptions, scrambler } from './suite.js'

/** The server's message, with the name and password that answer it. Further fields are ignored. */
export interface ClientChallenge {
  readonly username: string
  /** Text, or bytes that were derived from it elsewhere. */
  readonly password: string | Bytes
  /** 1 to 1,024 bytes. */
  readonly salt: Bytes
  /** B, big-endian, with or without leading zeros. */
  readonly serverPublicKey: Bytes
}

/** The session key, where both sides have proved themselves. */
export interface ClientSession {
  /** K. Not enumerable: neither a logger nor `JSON.stringify` writes it, and a spread leaves it behind. */
  readonly sessionKey: Bytes
}

/** The client's message to the server. The client has proved itself with it; now the server must. */
export interface ClientAnswer {
  /** A, in the length of N. */
  readonly clientPublicKey: Bytes
  /** M1, in the length of a digest. */
  readonly clientProof: Bytes
  /**
   * Check the server's proof, M2, once and in constant time. Further fields of the message are ignored.
   *
   * @returns the session key, which the client has from nowhere else
   * @throws SrpError `wrong-proof` if the server does not know the verifier; `invalid-encoding`, `too-large` for a proof
   *   that cannot be one; `used-twice` the second time
   * @throws TypeError unless `serverProof` is a Uint8Array
   */
  confirm(message: { readonly serverProof: Bytes }): ClientSession
}

/** The client's half of a handshake. */
export interface SrpClient<D extends Derived = Bytes> {
  /** A, in the length of N. */
  readonly clientPublicKey: Bytes
  /**
   * Answer the server's message, once.
   *
   * @returns the message for the server; a promise of it if the suite's key derivation is asynchronous
   * @throws SrpError `too-large`, `invalid-public-key`, `invalid-scrambler`, `invalid-encoding` if the server sent
   *   nonsense, and nothing else happens; `used-twice` the second time
   * @throws TypeError, RangeError for an argument that is missing or wrong
   */
  answer(challenge: ClientChallenge): Outcome<D, ClientAnswer>
  /**
   * Write the handshake as bytes, for `resumeClient` after a reload of the page or behind a native bridge. They hold the
   * private key, not the password: keep them where only this user's code reads them, and use them once.
   *
   * @throws SrpError `used-twice` after `answer`
   */
  save(): Bytes
}

/**
 * Begin a handshake as the client: send `clientPublicKey` with the username.
 *
 * @param suite one of `suites`, or one made by `defineSuite`
 * @param options the settings below; each may be left out
 * @param options.engine the arithmetic, which is required
 * @param options.random the source of the private key; `crypto.getRandomValues` if left out
 * @returns the client's half, which answers one challenge
 * @throws TypeError for an argument that is missing or wrong
 * @throws SrpError `no-random`, `bad-random`
 * @example
 * const client = startClient(suites.rfc5054, { engine })
 * const { salt, serverPublicKey } = await send({ username, clientPublicKey: client.clientPublicKey })
 * const { clientPublicKey, clientProof, confirm } = client.answer({ username, password, salt, serverPublicKey })
 * const { sessionKey } = confirm(await send({ clientPublicKey, clientProof }))
 */
export function startClient<D extends Derived>(suite: Suite<D>, options: EngineOptions): SrpClient<D> {
  const arithmetic = arithmeticOf(suite, options)
  return clientOf(suite, randomBytes(PRIVATE_KEY_LENGTH, options), arithmetic)
}

/**
 * Continue a handshake that the client's `save` wrote.
 *
 * @param suite the suite of the handshake
 * @param state the bytes that `save` returned
 * @param options the setting below, which may be left out
 * @param options.engine the arithmetic, which is required
 * @returns the client's half as it was
 * @throws SrpError `invalid-state` if the bytes are damaged, of another version, half or suite
 * @throws TypeError for an argument that is missing or wrong
 * @example
 * const answer = resumeClient(suites.rfc5054, state, { engine }).answer({ username, password, salt, serverPublicKey })
 */
export function resumeClient<D extends Derived>(suite: Suite<D>, state: Bytes, options: EngineOptions): SrpClient<D> {
  const arithmetic = arithmeticOf(suite, options)
  const [name, k, a] = readState('client', copyState(state), 3) as [Bytes, Bytes, Bytes]
  assertSameSuite(suite, name, k)
  if (a.length < 1 || a.length > suite.group.modulus.length) throw invalidStateError()
  return clientOf(suite, a, arithmetic)
}

/** Begin a handshake with a given private key, which is wiped after use. */
export function clientOf<D extends Derived>(suite: Suite<D>, a: Bytes, arithmetic: GroupArithmetic): SrpClient<D> {
  const A = arithmetic.power(a)
  let used = false
  const useOnce = () => {
    if (used) throw new SrpError('used-twice', 'This handshake has been answered already: start another')
  }
  return {
    clientPublicKey: A.slice(),
    answer(challenge) {
      useOnce()
      const fields = readFields(challenge, 'challenge', ['username', 'password', 'salt', 'serverPublicKey'])
      const { username, password } = fields
      const given = copyBytes(fields.serverPublicKey, 'serverPublicKey')
      const s = copySalt(fields.salt)
      const B = checkPublicKey(arithmetic, suite.group, given, 'serverPublicKey')
      const u = scrambler(suite, A, B)
      return withPasswordExponent(suite, { username, password, salt: s }, (x) => {
        // Asked again, for a slow key derivation lets a second answer in.
        useOnce()
        used = true
        const S = arithmetic.clientSecret({ B, k: digest(suite, suite.k, {}), u, x, a })
        wipe(a)
        return clientAnswer(suite, A, agree(suite, { I: utf8(username), s, A, B, S }))
      })
    },
    save() {
      useOnce()
      return writeState('client', [utf8(suite.name), digest(suite, suite.k, {}), a])
    },
  }
}

function clientAnswer(
  suite: Suite<Derived>,
  A: Bytes,
  { K, M1, M2 }: { readonly K: Bytes; readonly M1: Bytes; readonly M2: Bytes },
): ClientAnswer {
  let confirmed = false
  return {
    clientPublicKey: A.slice(),
    clientProof: M1,
    confirm(message) {
      if (confirmed) throw new SrpError('used-twice', 'The server has been checked already')
      const { serverProof } = readFields(message, 'message', ['serverProof'])
      const proof = copyProof(suite, serverProof, 'serverProof')
      confirmed = true
      if (equalBytes(proof, M2)) return withSessionKey({}, K)
      wipe(K)
      throw new SrpError('wrong-proof', 'The server does not know the verifier of this password')
    },
  }
}
