// The functions that take an engine, with native BigInt where the caller names none.
import type { Bytes } from './bytes.js'
import { resumeClient as resumeClientOn, type SrpClient, startClient as startClientOn } from './client.js'
import type { Derived, Suite } from './define-suite.js'
import { type Credentials, type EnrollOptions, enroll as enrollOn, type ServerRecord } from './enroll.js'
import type { Outcome } from './handshake.js'
import { type IdentifiedSuite, identifySuite as identifySuiteOn, type RecordedHandshake } from './identify-suite.js'
import { resumeServer as resumeServerOn, type SrpServer, startServer as startServerOn } from './server.js'
import type { SrpOptions } from './suite.js'
import { withDefaultEngine } from './with-default-engine.js'

/**
 * Begin a handshake as the client: send `clientPublicKey` with the username.
 *
 * @param suite one of `suites`, or one made by `defineSuite`
 * @param options the settings below; each may be left out
 * @param options.engine the arithmetic; native BigInt if left out
 * @param options.random the source of the private key; `crypto.getRandomValues` if left out
 * @returns the client's half, which answers one challenge
 * @throws TypeError for an argument that is missing or wrong
 * @throws SrpError `no-random`, `bad-random`
 * @example
 * const client = startClient(suites.rfc5054)
 * const { salt, serverPublicKey } = await send({ username, clientPublicKey: client.clientPublicKey })
 * const { clientPublicKey, clientProof, confirm } = client.answer({ username, password, salt, serverPublicKey })
 * const { sessionKey } = confirm(await send({ clientPublicKey, clientProof }))
 */
export function startClient<D extends Derived>(suite: Suite<D>, options: SrpOptions = {}): SrpClient<D> {
  return startClientOn(suite, withDefaultEngine(options))
}

/**
 * Continue a handshake that the client's `save` wrote.
 *
 * @param suite the suite of the handshake
 * @param state the bytes that `save` returned
 * @param options the setting below, which may be left out
 * @param options.engine the arithmetic; native BigInt if left out
 * @returns the client's half as it was
 * @throws SrpError `invalid-state` if the bytes are damaged, of another version, half or suite
 * @throws TypeError for an argument that is missing or wrong
 * @example
 * const answer = resumeClient(suites.rfc5054, state).answer({ username, password, salt, serverPublicKey })
 */
export function resumeClient<D extends Derived>(suite: Suite<D>, state: Bytes, options: SrpOptions = {}): SrpClient<D> {
  return resumeClientOn(suite, state, withDefaultEngine(options))
}

/**
 * Begin the answer to a client that gave its username: send `salt` and `serverPublicKey`.
 *
 * @param suite one of `suites`, or one made by `defineSuite`
 * @param record the user's, as `enroll` made it; for unknown users, `decoyRecord`'s
 * @param options the settings below; each may be left out
 * @param options.engine the arithmetic; native BigInt if left out
 * @param options.random the source of the private key; `crypto.getRandomValues` if left out
 * @returns the server's half, which verifies one proof
 * @throws SrpError `invalid-encoding`, `too-large`, `invalid-public-key` for a damaged record; `no-random`, `bad-random`
 * @throws TypeError, RangeError for an argument that is missing or wrong
 * @example
 * const { salt, serverPublicKey, verify } = startServer(suites.rfc5054, record)
 * const { clientPublicKey, clientProof } = await exchange({ salt, serverPublicKey })
 * const { username, serverProof } = verify({ clientPublicKey, clientProof })
 * // `username` has signed in: send { serverProof }.
 */
export function startServer(suite: Suite<Derived>, record: ServerRecord, options: SrpOptions = {}): SrpServer {
  return startServerOn(suite, record, withDefaultEngine(options))
}

/**
 * Continue a handshake that `save` wrote, in this or another process.
 *
 * @param suite the suite of the handshake
 * @param state the bytes that `save` returned
 * @param options the setting below, which may be left out
 * @param options.engine the arithmetic; native BigInt if left out
 * @returns the server's half as it was: its `verify` gives the username of the handshake
 * @throws SrpError `invalid-state` if the bytes are damaged, of another version or of another suite
 * @throws TypeError for an argument that is missing or wrong
 * @example
 * const { username, serverProof } = resumeServer(suites.rfc5054, state).verify({ clientPublicKey, clientProof })
 */
export function resumeServer(suite: Suite<Derived>, state: Bytes, options: SrpOptions = {}): SrpServer {
  return resumeServerOn(suite, state, withDefaultEngine(options))
}

/**
 * Make a new user's record, best on the user's own machine, so that the server never sees the password.
 *
 * @param suite one of `suites`, or one made by `defineSuite`
 * @param credentials the new user's name and password
 * @param options the settings below; each may be left out
 * @param options.saltLength bytes of the random salt, 16 if left out
 * @param options.salt a salt of your own instead
 * @param options.engine the arithmetic; native BigInt if left out
 * @param options.random the source of the salt; `crypto.getRandomValues` if left out
 * @returns the record for the server; a promise of it if the suite's key derivation is asynchronous
 * @throws TypeError, RangeError for an argument that is missing or wrong
 * @throws SrpError `no-random`, `bad-random`
 * @example
 * const { username, salt, verifier } = enroll(suites.rfc5054, { username: 'ada', password: 'correct horse' })
 * await users.insert({ username, salt, verifier })
 */
export function enroll<D extends Derived>(
  suite: Suite<D>,
  credentials: Credentials,
  options: EnrollOptions = {},
): Outcome<D, ServerRecord> {
  return enrollOn(suite, credentials, withDefaultEngine(options, ['engine', 'random', 'salt', 'saltLength']))
}

/**
 * Identify the suite of a recorded handshake, among all that this package has, in every group and hash that fit.
 *
 * Record the handshake with an account made for the purpose: the password and a private key go in.
 *
 * @param handshake what is known of it; one of `a`, `b` and `sessionKey` at least
 * @param options the settings below; each may be left out
 * @param options.nearest where no suite explains the client's proof, return those that explain something else
 * @param options.engine the arithmetic; native BigInt if left out
 * @returns the suites that explain the client's proof, those that explain most first; none if no suite does
 * @throws TypeError, RangeError for an argument that is missing or wrong; SrpError for one that no handshake has
 * @example
 * const [best] = await identifySuite({ username, password, salt, clientPublicKey, serverPublicKey, clientProof, a })
 * console.log(best ? `${best.suite.name}: ${best.matches.join(', ')}` : 'no suite explains this handshake')
 */
export async function identifySuite(
  handshake: RecordedHandshake,
  options: SrpOptions & { readonly nearest?: boolean | undefined } = {},
): Promise<IdentifiedSuite[]> {
  return identifySuiteOn(handshake, withDefaultEngine(options, ['engine', 'nearest']))
}
