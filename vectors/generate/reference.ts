// Cognito SRP written plainly, straight from the formulas, sharing nothing with the library under test.
// It exists to search for rare inputs and to say what the published clients should answer. Not constant time: never
// use it for real secrets.
import { createHash, createHmac, hkdfSync } from 'node:crypto'

/** RFC 3526 group 15 (the prime of RFC 5054's 3072-bit group), with Cognito's g = 2. */
export const N = BigInt(
  `0x${[
    'FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74020BBEA63B139B22514A08798E3404DD',
    'EF9519B3CD3A431B302B0A6DF25F14374FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406B7ED',
    'EE386BFB5A899FA5AE9F24117C4B1FE649286651ECE45B3DC2007CB8A163BF0598DA48361C55D39A69163FA8FD24CF5F',
    '83655D23DCA3AD961C62F356208552BB9ED529077096966D670C354E4ABC9804F1746C08CA18217C32905E462E36CE3B',
    'E39E772C180E86039B2783A2EC07A28FB5C55DF06F4C52C9DE2BCBF6955817183995497CEA956AE515D2261898FA0510',
    '15728E5A8AAAC42DAD33170D04507A33A85521ABDF1CBA64ECFB850458DBEF0A8AEA71575D060C7DB3970F85A6E1E4C7',
    'ABF5AE8CDB0933D71E8C94E04A25619DCEE3D2261AD2EE6BF12FFA06D98A0864D87602733EC86A64521F2B18177B200C',
    'BBE117577A615D6C770988C0BAD946E208E24FA074E5AB3143DB5BFCE0FD108E4B82D120A93AD2CAFFFFFFFFFFFFFFFF',
  ].join('')}`,
)
export const g = 2n

export function modpow(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let square = ((base % modulus) + modulus) % modulus
  let result = 1n
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * square) % modulus
    square = (square * square) % modulus
  }
  return result
}

export const sha256 = (...parts: Uint8Array[]): Buffer => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest()
}

export const toInteger = (bytes: Uint8Array): bigint => BigInt(`0x${Buffer.from(bytes).toString('hex') || '0'}`)

export const bitLength = (value: bigint): number => {
  const hex = value.toString(16)
  return hex.length * 4 - (Math.clz32(Number.parseInt(hex.charAt(0), 16)) - 28)
}

/** Java's `BigInteger.toByteArray()`: minimal big-endian two's complement; zero is one zero byte. */
export function signedBytes(value: bigint): Buffer {
  const length = Math.floor(bitLength(value < 0n ? ~value : value) / 8) + 1
  const unsigned = BigInt.asUintN(length * 8, value)
  return Buffer.from(unsigned.toString(16).padStart(length * 2, '0'), 'hex')
}

/** Hex as `BigInteger.toString(16)` writes it, read back: any length and case, and a leading `-`. */
export const readHex = (hex: string): bigint =>
  hex.startsWith('-') ? -BigInt(`0x${hex.slice(1)}`) : BigInt(`0x${hex}`)

/** TextEncoder replaces a lone surrogate by U+FFFD. */
export const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)

export const k = toInteger(sha256(signedBytes(N), signedBytes(g)))

export const identityHash = (scope: string, userId: string, password: string): Buffer =>
  sha256(utf8(`${scope}${userId}:${password}`))

export const computeX = (salt: bigint, identity: Uint8Array): bigint => toInteger(sha256(signedBytes(salt), identity))

export const computeU = (A: bigint, B: bigint): bigint => toInteger(sha256(signedBytes(A), signedBytes(B)))

/** S = (B - k * v)^(a + u * x) mod N, where v = g^x mod N */
export const computeS = (B: bigint, v: bigint, x: bigint, a: bigint, u: bigint): bigint =>
  modpow(B - k * v, a + u * x, N)

export const computeKey = (S: bigint, u: bigint): Buffer =>
  Buffer.from(hkdfSync('sha256', signedBytes(S), signedBytes(u), 'Caldera Derived Key', 16))

export const base64Bytes = (text: string): Buffer => Buffer.from(text, 'base64')

export const computeSignature = (
  key: Uint8Array,
  scope: string,
  userId: string,
  secretBlock: string,
  timestamp: string,
): string =>
  createHmac('sha256', key)
    .update(utf8(`${scope}${userId}`))
    .update(base64Bytes(secretBlock))
    .update(utf8(timestamp))
    .digest('base64')

const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** `EEE MMM d HH:mm:ss UTC yyyy`, from the ISO form of the same instant. */
export function timestampOf(now: Date): string {
  const iso = now.toISOString()
  const month = MONTHS[now.getUTCMonth()]
  return `${WEEKDAYS[now.getUTCDay()]} ${month} ${Number(iso.slice(8, 10))} ${iso.slice(11, 19)} UTC ${iso.slice(0, 4)}`
}

export const secretHashOf = (username: string, clientId: string, clientSecret: string): string =>
  createHmac('sha256', utf8(clientSecret))
    .update(utf8(`${username}${clientId}`))
    .digest('base64')
