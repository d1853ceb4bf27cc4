import { assertObject, type Bytes, isBytes } from './bytes.js'
import { SrpError } from './errors.js'

/** Gives `length` bytes that nobody can predict. */
export type RandomSource = (length: number) => Bytes

interface WebCrypto {
  getRandomValues(array: Bytes): Bytes
}

/**
 * `crypto.getRandomValues`, the only source used unless one is given: engines without it (Hermes, QuickJS) must pass
 * their own, for a weak default would be found by nobody.
 *
 * @throws SrpError `no-random`
 */
const webCryptoRandom: RandomSource = (length) => {
  const { crypto } = globalThis as { crypto?: WebCrypto }
  if (typeof crypto?.getRandomValues !== 'function') {
    throw new SrpError('no-random', 'There is no crypto.getRandomValues here: pass the option random')
  }
  return crypto.getRandomValues(new Uint8Array(length))
}

/**
 * @returns `length` random bytes in an array of its own, safe to wipe
 * @throws TypeError unless `options` is an object, and its `random` a function or left out
 * @throws SrpError `no-random`; `bad-random` if the source gave another length, no bytes, or zeros only
 */
export function randomBytes(length: number, options: { readonly random?: RandomSource | undefined }): Bytes {
  assertObject(options, 'options')
  const { random = webCryptoRandom } = options
  if (typeof random !== 'function') throw new TypeError('random must be a function')
  const bytes: unknown = random(length)
  if (!isBytes(bytes) || bytes.length !== length || bytes.every((byte) => byte === 0)) {
    throw new SrpError('bad-random', `The random source must return ${length} bytes, not all of them zero`)
  }
  // A copy of what a caller's source may keep; our own is the only one, so that to wipe it is to wipe the key.
  return random === webCryptoRandom ? bytes : Uint8Array.from(bytes)
}
