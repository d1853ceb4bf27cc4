// One value out of the ordinary at a time, all the others plain.
import { draft } from '../drafts.js'
import { N } from '../reference.js'
import { seededBytes } from '../seed.js'
import type { Shape, ValueName } from '../shape.js'
import type { Draft } from '../types.js'

const VALUES: readonly ValueName[] = ['A', 'B', 'u', 'x', 'S', 'salt']
const WORDS: Partial<Record<Shape, string>> = {
  'top-bit': 'has its top bit set',
  'odd-hex': 'has an odd number of hex digits',
  'leading-zero-low': 'has a leading zero byte, next byte below 0x80',
  'leading-zero-high': 'has a leading zero byte, next byte 0x80 or above',
}

export function paddingDrafts(): Draft[] {
  const drafts = [draft({ id: 'plain', condition: 'no value needs or loses a padding byte' })]
  for (const value of VALUES) {
    for (const [shape, words] of Object.entries(WORDS)) {
      drafts.push(
        draft({ id: `${value}-${shape}`, condition: `${value} ${words}`, target: { value, shape: shape as Shape } }),
      )
    }
  }
  for (const value of ['A', 'B', 'x', 'salt'] as const) {
    const target = { value, shape: 'short' } as const
    drafts.push(draft({ id: `${value}-short`, condition: `${value} has two leading zero bytes`, target }))
  }
  drafts.push(...keyDrafts(), ...serverKeyDrafts(), ...saltDrafts(), ...privateKeyDrafts())
  return drafts
}

function keyDrafts(): Draft[] {
  return [
    draft({
      id: 'key-leading-zero',
      condition: 'the HKDF key starts with a zero byte (it is 16 bytes, never an integer)',
      target: { key: ([first]) => first === 0 },
    }),
  ]
}

function serverKeyDrafts(): Draft[] {
  const plainB = draft({ id: 'plain', condition: '' }).inputs.srpB ?? ''
  const target = { value: 'B', shape: 'leading-zero-high' } as const
  const shortB = draft({ id: 'B-leading-zero-high', condition: '', target }).inputs.srpB ?? ''
  const hex = (value: bigint): string => value.toString(16)
  const small = BigInt(`0x${seededBytes('small B', 48).toString('hex')}`)
  return [
    draft({ id: 'B-upper-case', condition: 'SRP_B in upper-case hex', srpB: plainB.toUpperCase() }),
    draft({ id: 'B-zeros-in-front', condition: 'SRP_B written with its leading zero byte', srpB: `00${shortB}` }),
    draft({ id: 'B-unreduced-one', condition: 'B = N + 1: hashed as it came, reduced for S', srpB: hex(N + 1n) }),
    draft({ id: 'B-unreduced', condition: 'N < B < 2^3072: hashed as it came, reduced for S', srpB: hex(N + small) }),
    draft({
      id: 'B-unreduced-largest',
      condition: 'B = 2^3072 - 1: hashed as it came, reduced for S',
      srpB: 'f'.repeat(768),
    }),
    draft({ id: 'B-largest-reduced', condition: 'B = N - 1', srpB: hex(N - 1n) }),
    draft({ id: 'B-one', condition: 'B = 1', srpB: '1' }),
    draft({ id: 'B-16-bytes', condition: 'B is 16 bytes, top bit set', srpB: 'b6ef01c6dde9fe503da333b1acc758ba' }),
  ]
}

function saltDrafts(): Draft[] {
  const salt = seededBytes('salts', 16).toString('hex')
  const odd = seededBytes('negative salts', 16).toString('hex')
  return [
    draft({ id: 'salt-upper-case', condition: 'SALT in upper-case hex', salt: salt.toUpperCase() }),
    draft({
      id: 'salt-zeros-in-front',
      condition: 'SALT with zero digits in front: the number counts',
      salt: `000${salt}`,
    }),
    draft({ id: 'salt-one-digit', condition: 'SALT is one hex digit', salt: '7' }),
    draft({ id: 'salt-one-byte-top-bit', condition: 'SALT is one byte, top bit set', salt: '80' }),
    draft({ id: 'salt-zero', condition: 'SALT is zero: it is hashed as one zero byte', salt: '0' }),
    draft({
      id: 'salt-32-bytes',
      condition: 'SALT is 32 bytes',
      salt: `7${seededBytes('long salt', 32).toString('hex').slice(1)}`,
    }),
    draft({
      id: 'salt-negative',
      condition: "SALT is negative: hashed as two's complement, top bit clear",
      salt: `-c${odd.slice(1)}`,
    }),
    draft({
      id: 'salt-negative-top-bit',
      condition: "SALT is negative: hashed as two's complement, top bit set",
      salt: `-3${odd.slice(1)}`,
    }),
    draft({
      id: 'salt-negative-odd',
      condition: 'SALT is negative with an odd number of digits',
      salt: `-${odd.slice(1)}`,
    }),
    draft({ id: 'salt-negative-zero', condition: 'SALT is -0: hashed as one zero byte', salt: '-0' }),
    draft({ id: 'salt-negative-one', condition: 'SALT is -1: hashed as ff', salt: '-1' }),
    draft({
      id: 'salt-negative-power',
      condition: 'SALT is -8000: hashed as 80 00, without ff in front',
      salt: '-8000',
    }),
  ]
}

function privateKeyDrafts(): Draft[] {
  const bytes = (length: number) => (counter: number) => seededBytes(`a ${length} ${counter}`, length)
  const after = (first: readonly number[], length: number) => (counter: number) =>
    Buffer.concat([Uint8Array.from(first), bytes(length)(counter)])
  return [
    draft({ id: 'a-one', condition: 'a = 1, one byte', privateKeys: () => Uint8Array.of(1) }),
    draft({ id: 'a-leading-zeros', condition: 'a has leading zero bytes', privateKeys: after([0, 0, 0, 0], 28) }),
    draft({ id: 'a-1024-bits', condition: 'a has 1024 bits, as most clients draw it', privateKeys: bytes(128) }),
    draft({ id: 'a-3071-bits', condition: 'a is as long as N', privateKeys: after([0x7f], 383) }),
  ]
}
