// A user or a device that signs in, with a password, a salt, and the verifier that the service keeps. Most are plain
// random; in some a leading zero byte was searched for, or the salt is written in an unusual way.
import { createDiffieHellman } from 'node:crypto'
import * as reference from 'srp6a-vectors/generate/reference.js'
import { Draw } from './draw.js'

const { N } = reference

/** Handshakes of one user, one after the other: a verifier is what costs most to make. */
export const SIGN_INS_PER_USER = 8

export interface User {
  readonly kind: 'user' | 'device'
  readonly scope: string
  readonly userId: string
  readonly password: string
  /** SALT as the service would send it: hex of any length and case, sometimes negative. */
  readonly salt: string
  readonly verifier: bigint
}

// Generator 5: some builds of OpenSSL know the group with 2 by name and then refuse bases. It plays no part here.
const openssl = createDiffieHellman(N.toString(16), 'hex', 5)

/** g^exponent by OpenSSL, or plainly for the exponents 0 and 1, which it refuses. */
export function powerOfTwo(exponent: bigint): bigint {
  if (exponent < 3072n) return (1n << exponent) % N
  const hex = exponent.toString(16)
  openssl.setPrivateKey(hex.length % 2 === 1 ? `0${hex}` : hex, 'hex')
  return BigInt(`0x${openssl.computeSecret(Buffer.of(2)).toString('hex')}`)
}

export function leadingZeros(bytes: Uint8Array): number {
  const first = bytes.findIndex((byte) => byte !== 0)
  return first === -1 ? bytes.length : first
}

/** SHA-256 results of an integer, back at their 32 bytes. */
export const digestBytes = (value: bigint): Buffer => Buffer.from(value.toString(16).padStart(64, '0'), 'hex')

/** The number of zero bytes a searched value is to begin with: two once in `rare`, one in 50, else as it comes. */
export function wish(draw: Draw, rare: number): number {
  if (draw.oneIn(rare)) return 2
  return draw.oneIn(50) ? 1 : 0
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'

/** Text as people have it, or any text at all: every plane of Unicode, lone surrogates too. */
function text(draw: Draw, longest: number): string {
  const length = 1 + draw.below(longest)
  const units = Array.from({ length }, () => {
    switch (draw.below(40)) {
      case 0:
        return draw.below(0x10000)
      case 1:
        return 0xd800 + draw.below(0x800)
      case 2:
        return 0x80 + draw.below(0x780)
      default:
        return 0x20 + draw.below(0x5f)
    }
  })
  return String.fromCharCode(...units)
}

const letters = (draw: Draw, length: number): string =>
  Array.from({ length }, () => LETTERS[draw.below(LETTERS.length)]).join('')

function uuid(draw: Draw): string {
  const hex = draw.bytes(16).toString('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}

/** 16 random bytes, as the service has them, or fewer or more, some of them with zeros in front. */
function saltBytes(draw: Draw): Buffer {
  const bytes = draw.bytes(draw.oneIn(5) ? 1 + draw.below(48) : 16)
  if (draw.oneIn(8)) bytes.fill(0, 0, draw.below(bytes.length + 1))
  return bytes
}

/** As BigInteger.toString(16) writes it, or as a dump of bytes; in either case of letters; now and then negative. */
function saltText(draw: Draw, salt: bigint, length: number): string {
  const minimal = salt.toString(16)
  const hex = draw.oneIn(3) ? minimal.padStart(2 * length, '0') : minimal
  return draw.oneIn(2) ? hex.toUpperCase() : hex
}

/** User number `index` of a seed. */
export function makeUser(seed: number, index: number): User {
  const draw = new Draw(`${seed} user ${index}`)
  const kind = draw.oneIn(4) ? 'device' : 'user'
  const device = kind === 'device'
  const scope = device ? `-${letters(draw, 8)}` : letters(draw, draw.oneIn(10) ? 1 + draw.below(55) : 9)
  const userId = device ? `us-east-1_${uuid(draw)}` : draw.oneIn(2) ? uuid(draw) : text(draw, 128)
  const word = device ? draw.bytes(40).toString('base64') : text(draw, draw.oneIn(50) ? 256 : 24)

  // The inner hash is searched by a number after the password; a device's password has the shape it has.
  const innerZeros = device ? 0 : wish(draw, 200)
  let password = word
  let inner = reference.identityHash(scope, userId, password)
  for (let n = 0; leadingZeros(inner) < innerZeros; n++) {
    password = `${word}${n}`
    inner = reference.identityHash(scope, userId, password)
  }

  const bytes = saltBytes(draw)
  const size = bytes.length
  // A device's salt is made by the client, as bytes: it is never negative.
  const sign = !device && draw.oneIn(50) ? -1n : 1n
  let salt = reference.toInteger(bytes)
  let x = reference.computeX(sign * salt, inner)
  const xZeros = size >= 4 ? wish(draw, 200) : 0
  while (leadingZeros(digestBytes(x)) < xZeros) x = reference.computeX(sign * ++salt, inner)

  const written = `${sign < 0n && salt !== 0n ? '-' : ''}${saltText(draw, salt, size)}`
  return { kind, scope, userId, password, salt: written, verifier: powerOfTwo(x) }
}
