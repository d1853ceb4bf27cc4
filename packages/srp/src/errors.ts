/**
 * The kind of failure, as a literal that a program can switch on.
 *
 * | code | meaning |
 * | --- | --- |
 * | `invalid-encoding` | a value from the other side is missing, empty, or not the hex or base64 it should be |
 * | `too-large` | a value from the other side is longer than any honest one; refused before any arithmetic |
 * | `invalid-public-key` | `A` or `B` is 0 modulo N, which would let anybody in (RFC 5054, sections 2.5.3 and 2.5.4); or a verifier is one that no password gives |
 * | `invalid-scrambler` | `u` is 0, which would take the password out of the proof (RFC 2945, section 3) |
 * | `wrong-proof` | the other side does not know the password or the verifier |
 * | `wrong-username` | a new record is of another user than the one it must be of |
 * | `used-twice` | a handshake object was used a second time |
 * | `invalid-state` | what was saved or sealed is damaged, of another version, session or suite |
 * | `expired-state` | a sealed handshake is older than its lifetime |
 * | `no-random` | there is no `crypto.getRandomValues` here and no `random` option was given |
 * | `no-webcrypto` | there is no `crypto.subtle` here |
 * | `bad-random` | the random source returned the wrong length, or nothing but zeros |
 * | `no-webassembly` | `wasmEngine` was chosen, and WebAssembly with SIMD cannot be compiled here |
 */
export type SrpErrorCode =
  | 'invalid-encoding'
  | 'too-large'
  | 'invalid-public-key'
  | 'invalid-scrambler'
  | 'wrong-proof'
  | 'wrong-username'
  | 'used-twice'
  | 'invalid-state'
  | 'expired-state'
  | 'no-random'
  | 'no-webcrypto'
  | 'bad-random'
  | 'no-webassembly'

/**
 * The other side, or the environment, did something it must not. A caller's own mistake (a missing argument, a wrong
 * type) is a TypeError or a RangeError instead.
 *
 * The message names the value at fault and never contains it.
 */
export class SrpError extends Error {
  override readonly name = 'SrpError'
  readonly code: SrpErrorCode

  constructor(code: SrpErrorCode, message: string) {
    super(message)
    this.code = code
  }
}
