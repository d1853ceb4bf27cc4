// Remembered devices: the verifier that ConfirmDevice takes, and the signature of DEVICE_PASSWORD_VERIFIER.
import { DEVICE, draft } from '../drafts.js'
import * as reference from '../reference.js'
import { findDeviceSalt, type Target } from '../search.js'
import { seededBytes } from '../seed.js'
import { type Shape, shapeOf, type ValueName } from '../shape.js'
import type { Draft } from '../types.js'

export function deviceDrafts(): Draft[] {
  const device = (id: string, condition: string, target: Target = {}) =>
    draft({ id: `device-${id}`, condition: `device: ${condition}`, kind: 'device', target })
  return [
    device('plain', 'no value needs or loses a padding byte'),
    device('u-leading-zero-low', 'u has a leading zero byte, next byte below 0x80', {
      value: 'u',
      shape: 'leading-zero-low',
    }),
    device('x-leading-zero-high', 'x has a leading zero byte, next byte 0x80 or above', {
      value: 'x',
      shape: 'leading-zero-high',
    }),
    device('S-leading-zero-high', 'S has a leading zero byte, next byte 0x80 or above', {
      value: 'S',
      shape: 'leading-zero-high',
    }),
    device('B-odd-hex', 'SRP_B has an odd number of hex digits', { value: 'B', shape: 'odd-hex' }),
    device('salt-top-bit', 'SALT has its top bit set', { value: 'salt', shape: 'top-bit' }),
    draft({
      id: 'device-other-group',
      condition: 'device: a group key without a dash, a device key of another region',
      kind: 'device',
      identity: { scope: 'mockDeviceGroupKey', userId: 'eu-central-1_00000000-0000-4000-8000-000000000000' },
    }),
    ...verifierDrafts(),
  ]
}

const WORDS: readonly (readonly [ValueName, Shape, string])[] = [
  ['verifier', 'top-bit', 'top bit set: 00 goes in front'],
  ['verifier', 'odd-hex', 'odd number of hex digits'],
  ['verifier', 'leading-zero-low', 'leading zero byte, next byte below 0x80: 383 bytes'],
  ['verifier', 'leading-zero-high', 'leading zero byte, next byte 0x80 or above: 384 bytes'],
  ['x', 'top-bit', 'top bit set'],
  ['x', 'leading-zero-low', 'leading zero byte'],
]

function verifierDrafts(): Draft[] {
  const drafts = [verifierDraft('plain', 'no value needs or loses a padding byte', {})]
  for (const [value, shape, words] of WORDS) {
    drafts.push(verifierDraft(`${value}-${shape}`, `${value}: ${words}`, { value, shape }))
  }
  drafts.push(verifierDraft('salt-odd-hex', 'salt: first byte below 0x10', { value: 'salt', shape: 'odd-hex' }))
  return drafts
}

function verifierDraft(id: string, condition: string, target: Target): Draft {
  const label = `device-verifier-${id}`
  const devicePassword = seededBytes(`${label} password`, 40).toString('base64')
  const { scope: deviceGroupKey, userId: deviceKey } = DEVICE
  const salt = findDeviceSalt(label, { ...DEVICE, password: devicePassword }, target)
  const hash = reference.identityHash(deviceGroupKey, deviceKey, devicePassword)
  const x = reference.computeX(salt, hash)
  const verifier = reference.modpow(reference.g, x, reference.N)
  return {
    id: label,
    kind: 'device-verifier',
    condition: `device verifier: ${condition}`,
    inputs: { deviceGroupKey, deviceKey, devicePassword, salt: salt.toString(16).padStart(32, '0') },
    expected: {
      identityHash: hash.toString('hex'),
      x: x.toString(16),
      verifier: verifier.toString(16),
      devicePassword,
      salt: reference.signedBytes(salt).toString('base64'),
      passwordVerifier: reference.signedBytes(verifier).toString('base64'),
    },
    shapes: { salt: shapeOf('salt', salt), x: shapeOf('x', x), verifier: shapeOf('verifier', verifier) },
  }
}
