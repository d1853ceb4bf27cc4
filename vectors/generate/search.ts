// Finds inputs in which one value has a rare shape and every other value is plain. The walk is incremental: the next
// A is the last one times g, so a try costs one doubling and one hash, and the costly S comes last.
import * as reference from './reference.js'
import { seededBytes, seededKey } from './seed.js'
import { hasShape, type Shape, type ValueName } from './shape.js'

const { N, k, modpow } = reference

export interface Target {
  readonly value?: ValueName
  readonly shape?: Shape
  /** A further wish for the HKDF key. */
  readonly key?: (key: Uint8Array) => boolean
}
export interface Identity {
  readonly scope: string
  readonly userId: string
  readonly password: string
}
/** Values that stay as they are; the others are still searched around them. */
export interface Given {
  readonly salt?: bigint | undefined
  readonly B?: bigint | undefined
  /** Candidates for a, to be taken as they are; the server's key is searched instead. */
  readonly a?: ((counter: number) => bigint) | undefined
}
export interface Found {
  readonly a: bigint
  readonly b: bigint | undefined
  readonly salt: bigint
  readonly B: bigint
}

const want = (target: Target, value: ValueName): Shape =>
  target.value === value && target.shape !== undefined ? target.shape : 'plain'

/** A 16-byte salt such that salt and x have the wanted shapes. */
export function findSalt(label: string, identity: Identity, target: Target): { salt: bigint; x: bigint } {
  const hash = reference.identityHash(identity.scope, identity.userId, identity.password)
  for (let counter = 0; ; counter++) {
    const salt = reference.toInteger(seededBytes(`${label} salt ${counter}`, 16))
    if (!hasShape('salt', salt, want(target, 'salt'))) continue
    const x = reference.computeX(salt, hash)
    if (hasShape('x', x, want(target, 'x'))) return { salt, x }
  }
}

/** A whole conversation, with an honest server whose private key is b unless B is given. */
export function findConversation(label: string, identity: Identity, target: Target, given: Given = {}): Found {
  const { salt, x } = given.salt === undefined ? findSalt(label, identity, target) : saltOf(given.salt, identity)
  const v = modpow(reference.g, x, N)
  if (given.a !== undefined) return { salt, ...findServerKey(label, x, v, given.a) }
  const { b, B } = given.B === undefined ? findB(label, v, target) : { b: undefined, B: given.B }
  let a = seededKey(`${label} a`)
  for (let A = modpow(2n, a, N); ; a += 1n, A = A * 2n < N ? A * 2n : A * 2n - N) {
    if (!hasShape('A', A, want(target, 'A'))) continue
    const u = reference.computeU(A, B)
    if (!hasShape('u', u, want(target, 'u'))) continue
    const S = reference.computeS(B, v, x, a, u)
    if (!hasShape('S', S, want(target, 'S'))) continue
    if (target.key === undefined || target.key(reference.computeKey(S, u))) return { a, b, salt, B }
  }
}

function saltOf(salt: bigint, { scope, userId, password }: Identity): { salt: bigint; x: bigint } {
  return { salt, x: reference.computeX(salt, reference.identityHash(scope, userId, password)) }
}

/** A conversation in which a is one of the candidates and everything is plain, except A where a is one byte. */
function findServerKey(
  label: string,
  x: bigint,
  v: bigint,
  candidates: (counter: number) => bigint,
): Omit<Found, 'salt'> {
  for (let counter = 0; ; counter++) {
    const a = candidates(counter)
    const A = modpow(reference.g, a, N)
    if (a > 255n && !hasShape('A', A, 'plain')) continue
    const { b, B } = findB(`${label} ${counter}`, v, {})
    const u = reference.computeU(A, B)
    if (hasShape('u', u, 'plain') && hasShape('S', reference.computeS(B, v, x, a, u), 'plain')) return { a, b, B }
  }
}

/** B = k * v + g^b mod N */
function findB(label: string, v: bigint, target: Target): { b: bigint; B: bigint } {
  const kv = (k * v) % N
  let b = seededKey(`${label} b`)
  for (let power = modpow(2n, b, N); ; b += 1n, power = (power * 2n) % N) {
    const B = (kv + power) % N
    if (hasShape('B', B, want(target, 'B'))) return { b, B }
  }
}

/** A device salt such that salt, x and the verifier g^x have the wanted shapes. */
export function findDeviceSalt(label: string, identity: Identity, target: Target): bigint {
  for (let counter = 0; ; counter++) {
    const { salt, x } = findSalt(`${label} ${counter}`, identity, target)
    if (hasShape('verifier', modpow(2n, x, N), want(target, 'verifier'))) return salt
  }
}
