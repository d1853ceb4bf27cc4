// Completes inputs into a vector draft: every intermediate and the answer, from the plain reference.
import * as reference from './reference.js'
import { findConversation, type Identity, type Target } from './search.js'
import { seededBytes } from './seed.js'
import { shapeOf } from './shape.js'
import type { Draft } from './types.js'

export const USER: Identity = {
  scope: 'AbCdEfGhI',
  userId: '7c4a8d09-ca37-4762-8f61-d0a1b2c3d4e5',
  password: 'Passw0rd!',
}
export const DEVICE: Identity = {
  scope: '-GkVw8hLd',
  userId: 'us-east-1_b7c1a5de-2f36-4c18-9d40-3e5f60718293',
  password: seededBytes('device password', 40).toString('base64'),
}
export const NOW = '2026-02-17T08:09:10.000Z'

export interface Options {
  readonly id: string
  readonly condition: string
  readonly kind?: 'user' | 'device'
  readonly identity?: Partial<Identity>
  readonly target?: Target
  /** Candidates for the private key, all of one length. */
  readonly privateKeys?: (counter: number) => Uint8Array
  /** Replaces what the search found. SRP_B and SALT are hex as the service writes it. */
  readonly salt?: string
  readonly srpB?: string
  readonly secretBlock?: string
  readonly now?: string
  readonly decision?: string
}

const hex = (value: bigint): string => value.toString(16)
/** A private key is bytes, so its hex has whole bytes. */
const evenHex = (value: bigint): string =>
  reference
    .signedBytes(value)
    .toString('hex')
    .replace(/^00(?=..)/, '')

export function draft(options: Options): Draft {
  const { id, condition, kind = 'user', target = {}, now = NOW, privateKeys, decision } = options
  const identity = { ...(kind === 'user' ? USER : DEVICE), ...options.identity }
  const given = {
    salt: options.salt === undefined ? undefined : reference.readHex(options.salt),
    B: options.srpB === undefined ? undefined : reference.readHex(options.srpB),
    a: privateKeys && ((counter: number) => reference.toInteger(privateKeys(counter))),
  }
  const found = findConversation(id, identity, target, given)
  const privateKey = evenHex(found.a).padStart(2 * (privateKeys?.(0).length ?? 0), '0')
  const salt = options.salt ?? hex(found.salt)
  const a = BigInt(`0x${privateKey}`)
  const hash = reference.identityHash(identity.scope, identity.userId, identity.password)
  const x = reference.computeX(reference.readHex(salt), hash)
  const { B } = found
  const A = reference.modpow(reference.g, a, reference.N)
  const u = reference.computeU(A, B)
  const S = reference.computeS(B, reference.modpow(reference.g, x, reference.N), x, a, u)
  const key = reference.computeKey(S, u)
  const timestamp = reference.timestampOf(new Date(now))
  const secretBlock = options.secretBlock ?? seededBytes(`${id} secret block`, 48).toString('base64')
  const signature = reference.computeSignature(key, identity.scope, identity.userId, secretBlock, timestamp)
  return {
    id,
    kind,
    condition,
    inputs: {
      ...identity,
      privateKey,
      salt,
      srpB: options.srpB ?? hex(B),
      ...(found.b === undefined ? {} : { serverPrivateKey: evenHex(found.b) }),
      secretBlock,
      now,
    },
    expected: {
      A: hex(A),
      u: hex(u),
      identityHash: hash.toString('hex'),
      x: hex(x),
      S: hex(S),
      key: key.toString('hex'),
      timestamp,
      signature,
    },
    shapes: {
      A: shapeOf('A', A),
      B: shapeOf('B', B),
      u: shapeOf('u', u),
      x: shapeOf('x', x),
      S: shapeOf('S', S),
      salt: shapeOf('salt', reference.readHex(salt) < 0n ? -reference.readHex(salt) : reference.readHex(salt)),
    },
    ...(decision === undefined ? {} : { decision }),
  }
}
