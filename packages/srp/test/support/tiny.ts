// A group of 1024 bits and a user in it: quick, and of no use to anybody.

import { sha256 } from '@noble/hashes/sha2.js'
import { groups, type Suite, suites } from '@srp6a/srp'
import { enrollWithSalt, startClientWithKey, startServerWithKey } from '@srp6a/srp/testing'

export const suite: Suite = suites.rfc5054With(groups.rfc5054_1024, sha256)
export const N: Uint8Array = suite.group.modulus
export const username = 'ada'
export const password = 'correct horse'
export const salt: Uint8Array = Uint8Array.from({ length: 16 }, (_, i) => i + 1)
export const record = enrollWithSalt(suite, { username, password }, salt)

const key = (first: number): Uint8Array => Uint8Array.from({ length: 32 }, (_, i) => (first + 7 * i) & 255)

/** Both sides at the point where the client has the server's answer. */
export function begun() {
  const server = startServerWithKey(suite, record, key(3))
  const client = startClientWithKey(suite, key(11))
  return { server, client, hello: { username, password, salt, serverPublicKey: server.serverPublicKey } }
}

/** Values that are 0 modulo N, N + N among those that fit. */
export const zeros: readonly (readonly [name: string, value: Uint8Array])[] = [
  ['0', Uint8Array.of(0)],
  ['00 … 00', new Uint8Array(N.length)],
  ['N', N],
  ['00 N', Uint8Array.from([0, ...N])],
]
export const tooLong = Uint8Array.from({ length: N.length + 1 }, () => 1)
