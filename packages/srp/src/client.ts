import { assertBytes, assertObject, type Bytes, equalBytes, utf8, wipe } from './bytes.js'
import type { Derived, Suite } from './define-suite.js'
import { SrpError } from './errors.js'
import {
  agree,
  arithmeticOf,
  checkProof,
  checkSalt,
  type Outcome,
  PRIVATE_KEY_LENGTH,
  withPasswordExponent,
} from './handshake.js'
import { randomBytes } from './random.js'
import { checkPublicKey, digest, type SrpOptions, scrambler } from './suite.js'

/** What the server sent, with the name and password that answer it. */
export interface ServerHello {
  readonly username: string
  /** Text, or bytes that were derived from it elsewhere. */
  readonly password: string | Bytes
  readonly salt: Bytes
  /** B, big-endian, with or without leading zeros. */
  readonly serverPublicKey: Bytes
}

/** The client has proved itself; now the server must. */
export interface ClientProof {
  /** M1, for the server. */
  readonly proof: Bytes
  /**
   * Checks M2, in constant time.
   *
   * @returns the session key, K, which exists nowhere else before the server has proved itself
   * @throws SrpError `wrong-proof` if the server does not know the verifier; `used-twice` the second time
   */
  confirm(serverProof: Bytes): Bytes
}

/** The client's half of a handshake. */
export interface SrpClient<D extends Derived = Bytes> {
  /** A, in the length of N. */
  readonly publicKey: Bytes
  /**
   * Answers the server, once.
   *
   * @returns a promise if the suite's key derivation is asynchronous
   * @throws SrpError `too-large`, `invalid-public-key`, `invalid-scrambler`, `invalid-encoding` if the server sent
   *   nonsense, and nothing else happens; `used-twice` the second time
   * @throws TypeError, RangeError for an argument that is missing or wrong
   */
  answer(hello: ServerHello): Outcome<D, ClientProof>
}

/**
 * Begins a handshake: send `publicKey` with the username.
 *
 * @throws SrpError `no-random`, `bad-random`
 */
export function startClient<D extends Derived>(suite: Suite<D>, options: SrpOptions = {}): SrpClient<D> {
  return clientOf(suite, randomBytes(PRIVATE_KEY_LENGTH, options), options)
}

/** The same with a private key of the caller's, which it wipes after use. For tests: see testing.ts. */
export function clientOf<D extends Derived>(suite: Suite<D>, a: Bytes, options: SrpOptions): SrpClient<D> {
  const arithmetic = arithmeticOf(suite, options)
  const A = arithmetic.power(a)
  let used = false
  return {
    publicKey: A.slice(),
    answer(hello) {
      assertObject(hello, 'hello')
      const { username, password, salt, serverPublicKey } = hello
      if (used) throw new SrpError('used-twice', 'This handshake has been answered already: start another')
      assertBytes(serverPublicKey, 'serverPublicKey')
      checkSalt(salt)
      const B = Uint8Array.from(checkPublicKey(arithmetic, suite.group, serverPublicKey, 'serverPublicKey'))
      const s = Uint8Array.from(salt)
      const u = scrambler(suite, A, B)
      return withPasswordExponent(suite, { username, password, salt: s }, (x) => {
        // Asked again, for a slow key derivation lets a second answer in.
        if (used) throw new SrpError('used-twice', 'This handshake has been answered already: start another')
        used = true
        const S = arithmetic.clientSecret({ B, k: digest(suite, suite.k, {}), u, x, a })
        wipe(a)
        return clientProof(suite, agree(suite, { I: utf8(username), s, A, B, S }))
      })
    },
  }
}

function clientProof(suite: Suite<Derived>, { K, M1, M2 }: { K: Bytes; M1: Bytes; M2: Bytes }): ClientProof {
  let confirmed = false
  return {
    proof: M1,
    confirm(serverProof) {
      if (confirmed) throw new SrpError('used-twice', 'The server has been checked already')
      const proof = checkProof(suite, serverProof, 'serverProof')
      confirmed = true
      if (equalBytes(proof, M2)) return K
      wipe(K)
      throw new SrpError('wrong-proof', 'The server does not know the verifier of this password')
    },
  }
}
