// @srp6a/srp: which suite does a recorded handshake speak?
import * as srp from '@srp6a/srp'
import { bytes, bytesOf, caller, isBytes, isText, OBJECT, optional, type Rule, TEXT } from '../rules.js'
import type { Table } from '../run.js'
import { LENGTH, N, options, PASSWORD, password, right, SALT, salt, size, username } from './handshake-rules.js'

/** A value that was sent, of any honest length. */
const FILLED: Rule = {
  takes: (value) => isBytes(value) && size(value) > 0 && size(value) <= 0xffff,
  refuses: (value) => [!isBytes(value) ? 'TypeError' : size(value) === 0 ? 'invalid-encoding' : 'too-large'],
}
const MODULUS: Rule = optional({
  takes: (value) =>
    FILLED.takes(value) ||
    (isText(value) && /^[0-9a-f\s]*[0-9a-f][0-9a-f\s]*$/i.test(String(value)) && size(value) <= 2048),
  refuses: (value) => (isText(value) ? [size(value) > 2048 ? 'too-large' : 'invalid-encoding'] : FILLED.refuses(value)),
  edges: { 'the hex of N': Buffer.from(N).toString('hex'), 'hex in lines': 'ab\ncd', 'no hex': 'zz' },
})
const HASH: Rule = optional({
  takes: (value) => /^sha(1|256|384|512)$/.test(String(isText(value) ? value : '')),
  refuses: () => ['TypeError'],
  edges: { sha1: 'sha1', sha512: 'sha512', md5: 'md5' },
})

const few = (rules: Record<string, Rule>): Record<string, Rule> =>
  Object.fromEntries(Object.entries(rules).map(([place, rule]) => [place, { ...rule, few: 2 }]))

/** A handshake as it was recorded; the engine that counts would give no other proof. */
const identified = () => ({
  username,
  password,
  salt,
  clientPublicKey: bytesOf(LENGTH),
  serverPublicKey: bytesOf(LENGTH),
  clientProof: bytesOf(32),
  serverProof: bytesOf(32),
  sessionKey: bytesOf(32),
  a: bytesOf(32),
  b: bytesOf(32),
  modulus: N,
  hash: 'sha256',
})

export const IDENTIFY: Table = {
  identifySuite: {
    params: ['handshake', 'options'],
    args: (engine) => [identified(), right(engine)],
    run: srp.identifySuite,
    // A value that is taken is tried on every suite, which takes long.
    rules: few({
      handshake: OBJECT,
      'handshake.username': TEXT,
      'handshake.password': PASSWORD,
      'handshake.salt': SALT,
      'handshake.clientPublicKey': FILLED,
      'handshake.serverPublicKey': FILLED,
      'handshake.clientProof': FILLED,
      'handshake.serverProof': optional(FILLED),
      'handshake.sessionKey': optional(FILLED),
      'handshake.a': optional(bytes(1, 1024)),
      'handshake.b': optional(bytes(1, 1024)),
      'handshake.modulus': MODULUS,
      'handshake.hash': HASH,
      ...options(),
      'options.nearest': optional(caller((value) => typeof value === 'boolean')),
    }),
  },
}
