import { readFields } from './arguments.js'
import { type Bytes, isBytes } from './bytes.js'
import { SrpError } from './errors.js'

/** A function that returns `length` bytes that are impossible to predict. */
export type RandomSource = (length: number) => Bytes

interface WebCrypto {
  getRandomValues(array: Bytes): Bytes
}

/**
 * Draw from `crypto.getRandomValues`, the only source used unless one is given: engines without it (Hermes, QuickJS) must
 * pass their own, for a weak default would go unnoticed.
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
 * Draw random bytes.
 *
 * @param length how many, in bytes
 * @param options the setting below, which may be left out
 * @param options.random the source; `crypto.getRandomValues` if left out
 * @returns `length` random bytes in an array of its own, safe to wipe
 * @throws TypeError unless `options` is an object, and its `random` a function or left out
 * @throws SrpError `no-random`; `bad-random` if the source gave another length, no bytes, or zeros only
 */
export function randomBytes(length: number, options: { readonly random?: RandomSource | undefined }): Bytes {
  const { random = webCryptoRandom } = readFields(options, 'options', ['random'])
  if (typeof random !== 'function') throw new TypeError('random: expected a function')
  const drawn: unknown = random(length)
  // A copy of what a caller's source may keep or still change; our own is the only one, so that to wipe it is to wipe
  // the key.
  const bytes = isBytes(drawn) && random !== webCryptoRandom ? new Uint8Array(drawn) : drawn
  if (!isBytes(bytes) || bytes.length !== length || bytes.every((byte) => byte === 0)) {
    throw new SrpError('bad-random', `The random source must return ${length} bytes, not all of them zero`)
  }
  return bytes
}
