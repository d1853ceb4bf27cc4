// Handshake number i of a seed: the same on every run and every machine. The mass is what a pool sees; a share is bent
// so that every rare length occurs. Made with OpenSSL and plain BigInt: nothing of the library is in here.
import * as reference from 'srp6a-vectors/generate/reference.js'
import { Draw } from './draw.js'
import { digestBytes, leadingZeros, makeUser, powerOfTwo, SIGN_INS_PER_USER, type User, wish } from './user.js'

const { N, k } = reference

export interface Handshake extends User {
  readonly index: number
  /** The client's private key, injected: 1 to 384 bytes, leading zeros included. */
  readonly privateKey: Uint8Array
  /** The service's private key; undefined where it sent a B that it made of nothing, so that B has any length. */
  readonly b: bigint | undefined
  readonly B: bigint
  /** SRP_B as sent: hex of any length and case. */
  readonly srpB: string
  /** SECRET_BLOCK as sent: base64, padded or not, of either alphabet. */
  readonly secretBlock: string
  /** Seconds since 1970. */
  readonly time: number
}

const LAST_YEAR = 4_102_444_800
/** 2^a with a below this is a plain shift: A then has any length from 1 byte on. */
const BITS = 3072

/**
 * The number of this handshake among those of one kind, or undefined: every `every`th is bent one way, in a fixed turn,
 * so that no length is left out by chance.
 */
const turn = (index: number, every: number, first: number): number | undefined =>
  index % every === first ? Math.floor(index / every) : undefined

function privateKey(draw: Draw, index: number): Buffer {
  const short = turn(index, 33, 5)
  if (short !== undefined) {
    // 1009 and the like are prime: the turn comes by every value, and by far apart ones first.
    const bytes = Buffer.alloc(2 + draw.below(3))
    bytes.writeUInt16BE(1 + ((short * 1009) % (BITS - 1)), bytes.length - 2)
    return bytes
  }
  const roll = draw.below(1000)
  if (roll < 10) return Buffer.concat([Buffer.alloc(1 + draw.below(31)), draw.bytes(1 + draw.below(32))])
  if (roll < 15) return draw.bytes(128)
  return draw.bytes(32)
}

/**
 * A short key: the service's is not what is tested, and what the client sees of it, B, is as random with 32 bits. Below
 * 3072, g^b is one bit, and so B - k·v has any length; 0 gives S = 1.
 */
function serverKey(draw: Draw, index: number): bigint {
  const short = turn(index, 34, 11)
  if (short !== undefined) return BigInt((short * 1009) % BITS)
  return reference.toInteger(draw.bytes(draw.oneIn(200) ? 32 : 4))
}

function serverSide(draw: Draw, index: number, verifier: bigint): { b: bigint | undefined; B: bigint } {
  const nothing = turn(index, 40, 7)
  if (nothing !== undefined) {
    const bytes = draw.bytes(1 + ((nothing * 101) % 384))
    bytes[0] = (bytes[0] ?? 0) | 1
    return { b: undefined, B: reference.toInteger(bytes) % N }
  }
  const kv = (k * verifier) % N
  const zeros = wish(draw, 2000)
  let b = serverKey(draw, index)
  let power = powerOfTwo(b)
  for (; ; b += 1n, power = (power * 2n) % N) {
    const B = (kv + power) % N
    if (B !== 0n && B < N >> BigInt(8 * zeros)) return { b, B }
  }
}

/** Counts `a` up until u begins with as many zero bytes as wished. */
function searchKey(key: Buffer, B: bigint, zeros: number): Buffer {
  if (zeros === 0 || key.length < 4) return key
  let a = reference.toInteger(key)
  let A = powerOfTwo(a)
  while (leadingZeros(digestBytes(reference.computeU(A, B))) < zeros) {
    a += 1n
    A = (A * 2n) % N
  }
  return Buffer.from(a.toString(16).padStart(2 * key.length, '0'), 'hex')
}

function hexAsSent(draw: Draw, value: bigint): string {
  const hex = value.toString(16)
  const zeros = draw.oneIn(4) ? '0'.repeat(draw.below(Math.max(1, 771 - hex.length))) : ''
  return draw.oneIn(3) ? zeros + hex.toUpperCase() : zeros + hex
}

function base64AsSent(draw: Draw, bytes: Buffer): string {
  const text = bytes.toString('base64')
  if (draw.oneIn(20)) return bytes.toString('base64url')
  return draw.oneIn(20) ? text.replace(/=+$/, '') : text
}

let lastUser: { label: string; user: User } | undefined

function userOf(seed: number, index: number): User {
  const number = Math.floor(index / SIGN_INS_PER_USER)
  const label = `${seed} ${number}`
  if (lastUser?.label !== label) lastUser = { label, user: makeUser(seed, number) }
  return lastUser.user
}

export function makeHandshake(seed: number, index: number): Handshake {
  const user = userOf(seed, index)
  const draw = new Draw(`${seed} handshake ${index}`)
  const key = privateKey(draw, index)
  const { b, B } = serverSide(draw, index, user.verifier)
  const secretBlock = base64AsSent(draw, draw.bytes(draw.oneIn(4) ? 1300 : 1 + draw.below(100)))
  const time = draw.below(LAST_YEAR)
  const srpB = hexAsSent(draw, B)
  return { ...user, index, privateKey: searchKey(key, B, wish(draw, 2000)), b, B, srpB, secretBlock, time }
}
