import { assertBytes, assertObject, assertText, type Bytes, equalBytes, utf8, wipe } from './bytes.js'
import type { Derived, Suite } from './define-suite.js'
import { padded } from './encode.js'
import { SrpError } from './errors.js'
import { agree, arithmeticOf, checkProof, checkSalt, PRIVATE_KEY_LENGTH } from './handshake.js'
import { randomBytes } from './random.js'
import { damaged, readState, writeState } from './state.js'
import { checkPublicKey, digest, type SrpOptions, scrambler } from './suite.js'

/** What a server keeps of a user: see `enroll`. For unknown users take `decoyRecord`. */
export interface ServerRecord {
  readonly username: string
  readonly salt: Bytes
  readonly verifier: Bytes
}

/** The client has proved itself, and `serverProof` shows it that the server can too. */
export interface ServerProof {
  /** M2, for the client. */
  readonly serverProof: Bytes
  /** K. Not enumerable: neither a logger nor `JSON.stringify` writes it, and a spread leaves it behind. */
  readonly sessionKey: Bytes
}

/** The server's half of a handshake. */
export interface SrpServer {
  /** B, in the length of N: send it with the salt. */
  readonly publicKey: Bytes
  /**
   * Checks M1, once and in constant time. After a wrong proof the client must begin again.
   *
   * @throws SrpError `wrong-proof`; `too-large`, `invalid-public-key`, `invalid-scrambler`, `invalid-encoding` for
   *   nonsense; `used-twice` the second time
   * @throws TypeError unless both are byte arrays
   */
  verify(answer: { readonly clientPublicKey: Bytes; readonly clientProof: Bytes }): ServerProof
  /**
   * The handshake as bytes, for `resumeServer` in another process. They hold the verifier and the private key: whoever
   * reads them can sign in as this user while the handshake lasts. Keep them on the server, or `sealState` them.
   *
   * @throws SrpError `used-twice` after `verify`
   */
  save(): Bytes
}

/**
 * Begins the answer to a client that gave its username.
 *
 * @throws SrpError `invalid-encoding`, `too-large`, `invalid-public-key` for a damaged record; `no-random`, `bad-random`
 * @throws TypeError, RangeError for an argument that is missing or wrong
 */
export function startServer(suite: Suite<Derived>, record: ServerRecord, options: SrpOptions = {}): SrpServer {
  return serverFor(suite, record, randomBytes(PRIVATE_KEY_LENGTH, options), options)
}

/**
 * Goes on with a handshake that `save` wrote, in this or another process.
 *
 * @throws SrpError `invalid-state` if the bytes are damaged, of another version or of another suite
 */
export function resumeServer(suite: Suite<Derived>, state: Bytes, options: SrpOptions = {}): SrpServer {
  assertBytes(state, 'state')
  arithmeticOf(suite, options)
  const [name, k, username, salt, verifier, b] = readState(state, 6) as [Bytes, Bytes, Bytes, Bytes, Bytes, Bytes]
  // Names may be the same where hashes and groups are not: k, which is a digest of the group, tells them apart.
  const mine = equalBytes(name, utf8(suite.name)) && equalBytes(k, digest(suite, suite.k, {}))
  if (!mine || !b.length || b.length > suite.group.modulus.length) throw damaged()
  try {
    return serverOf(suite, { I: username, salt, verifier }, b, options)
  } catch (error) {
    throw error instanceof SrpError ? damaged() : error
  }
}

/** The same with a private key of the caller's. For tests: see testing.ts. */
export function serverFor(suite: Suite<Derived>, record: ServerRecord, b: Bytes, options: SrpOptions): SrpServer {
  assertObject(record, 'record')
  const { username, salt, verifier } = record
  assertText(username, 'username')
  const I = utf8(username)
  if (I.length > 0xffff) throw new RangeError('username is longer than 65,535 bytes')
  return serverOf(suite, { I, salt, verifier }, b, options)
}

/** @param values.I the username in UTF-8 */
function serverOf(
  suite: Suite<Derived>,
  { I, salt, verifier }: { readonly I: Bytes; readonly salt: Bytes; readonly verifier: Bytes },
  b: Bytes,
  options: SrpOptions,
): SrpServer {
  const arithmetic = arithmeticOf(suite, options)
  checkSalt(salt)
  assertBytes(verifier, 'verifier')
  const s = Uint8Array.from(salt)
  const length = suite.group.modulus.length
  const v = padded(checkPublicKey(arithmetic, suite.group, verifier, 'verifier'), length)
  const k = digest(suite, suite.k, {})
  const B = arithmetic.serverPublicKey({ k, v, b })
  let used = false
  const useOnce = () => {
    if (used) throw new SrpError('used-twice', 'This handshake is over: the client must begin again')
  }
  return {
    publicKey: B.slice(),
    verify(answer) {
      useOnce()
      assertObject(answer, 'answer')
      const { clientPublicKey, clientProof } = answer
      assertBytes(clientPublicKey, 'clientPublicKey')
      const proof = checkProof(suite, clientProof, 'clientProof')
      const A = checkPublicKey(arithmetic, suite.group, clientPublicKey, 'clientPublicKey')
      const u = scrambler(suite, A, B)
      used = true
      const S = arithmetic.serverSecret({ A, u, v, b })
      wipe(b)
      const { K, M1, M2 } = agree(suite, { I, s, A, B, S })
      if (equalBytes(proof, M1)) return serverProof(M2, K)
      wipe(K, M2)
      throw new SrpError('wrong-proof', 'The client does not know the password')
    },
    save() {
      useOnce()
      return writeState([utf8(suite.name), k, I, s, v, b])
    },
  }
}

function serverProof(M2: Bytes, K: Bytes): ServerProof {
  return Object.defineProperty({ serverProof: M2, sessionKey: K }, 'sessionKey', { enumerable: false })
}
