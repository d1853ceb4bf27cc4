// Values made of strings alone: timestamps, pool ids, secret hashes, device verifiers.
import { createHmac } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cognitoGroup } from '../../src/cognito/group.js'
import { createDeviceVerifier, formatTimestamp, parseUserPoolId, secretHash } from '../../src/cognito/index.js'
import { createDeviceVerifierWithPassword, startCognitoClientWithKey } from '../../src/testing.js'
import { outcome } from '../support/codes.js'
import { fromBig, power, sha256, toBig } from '../support/reference.js'

describe('formatTimestamp', () => {
  it('is English, in UTC, with the day not padded', () => {
    expect(formatTimestamp(new Date('2026-01-01T00:05:09Z'))).toBe('Thu Jan 1 00:05:09 UTC 2026')
    expect(formatTimestamp(new Date('2025-12-31T23:59:59.999Z'))).toBe('Wed Dec 31 23:59:59 UTC 2025')
    expect(formatTimestamp(new Date('0099-02-28T12:00:00Z'))).toBe('Sat Feb 28 12:00:00 UTC 0099')
  })
  it('agrees with tables of names on every date', () => {
    const DAYS = 'Sun Mon Tue Wed Thu Fri Sat'.split(' ')
    const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ')
    const dates = fc.date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true })
    fc.assert(
      fc.property(dates, (date) => {
        const [year, time] = [date.toISOString().slice(0, 4), date.toISOString().slice(11, 19)]
        const day = `${DAYS[date.getUTCDay()]} ${MONTHS[date.getUTCMonth()]} ${date.getUTCDate()}`
        expect(formatTimestamp(date)).toBe(`${day} ${time} UTC ${year}`)
      }),
    )
  })
  it.each([
    [undefined, 'TypeError'],
    ['2026-01-01', 'TypeError'],
    [Date.now(), 'TypeError'],
    [new Date(Number.NaN), 'RangeError'],
    [new Date(8.64e15), 'RangeError'],
    [new Date(-8.64e15), 'RangeError'],
  ])('refuses %s', (date, code) => expect(outcome(() => formatTimestamp(date as never))).toBe(code))
})

it('the group says what it is', () => {
  expect([cognitoGroup.name, cognitoGroup.legacy]).toEqual(['cognito-3072', false])
})

describe('parseUserPoolId', () => {
  it('splits at the first underscore and keeps the case', () => {
    expect(parseUserPoolId('us-east-1_AbCdEfGhI')).toEqual({ region: 'us-east-1', poolName: 'AbCdEfGhI' })
    expect(parseUserPoolId('local_0a')).toEqual({ region: 'local', poolName: '0a' })
    const longest = { region: 'r'.repeat(40), poolName: 'P'.repeat(55) }
    expect(parseUserPoolId(`${longest.region}_${longest.poolName}`)).toEqual(longest)
  })
  it.each([
    '',
    '_',
    'us-east-1',
    'us-east-1_',
    '_abc',
    'us-east-1_a_b',
    'us-east-1_a b',
    ' us-east-1_a',
    'us-east-1_a\n',
    'us-east-1_é',
    // Lower and upper case are alike to the pattern; these two are letters whose other case is an S and a K.
    'us-east-1_\u017f',
    'us-east-1_\u212a',
    `${'r'.repeat(41)}_a`,
    `r_${'P'.repeat(56)}`,
  ])('refuses %j', (id) => expect(outcome(() => parseUserPoolId(id))).toBe('RangeError'))
  it.each([undefined, null, 7, {}])('refuses %j', (id) => {
    expect(outcome(() => parseUserPoolId(id as never))).toBe('TypeError')
  })
})

describe('secretHash', () => {
  it('is the HMAC of username and client id under the secret', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string({ minLength: 1 }), (username, clientId, clientSecret) => {
        const expected = createHmac('sha256', clientSecret)
          .update(username + clientId)
          .digest('base64')
        expect(secretHash({ username, clientId, clientSecret })).toBe(expected)
      }),
    )
  })
  it.each([
    [{ username: undefined }, 'TypeError'],
    [{ clientId: 1 }, 'TypeError'],
    [{ clientSecret: null }, 'TypeError'],
    [{ clientSecret: '' }, 'RangeError'],
  ])('refuses %j', (bad, code) => {
    const values = { username: 'a', clientId: 'b', clientSecret: 'c', ...bad }
    expect(outcome(() => secretHash(values as never))).toBe(code)
  })
})

describe('createDeviceVerifier', () => {
  const device = { deviceGroupKey: '-AbCdEfGh', deviceKey: 'us-east-1_0a' }

  it('makes a verifier of its password and salt, encoded as ConfirmDevice reads it', () => {
    const modulus = (1n << 3072n) - (1n << 3008n) - 1n + ((BigInt(`0x${pi2942}`) + 1690314n) << 64n)
    for (let i = 0; i < 20; i++) {
      const { devicePassword, Salt, PasswordVerifier } = createDeviceVerifier(device)
      expect(Buffer.from(devicePassword, 'base64')).toHaveLength(40)
      const saltBytes = Buffer.from(Salt, 'base64')
      expect(saltBytes).toHaveLength(16)
      expect(saltBytes[0]).toBeGreaterThan(0)
      const verifier = Buffer.from(PasswordVerifier, 'base64')
      // Positive in two's complement, for both are read so.
      for (const bytes of [saltBytes, verifier]) expect(bytes[0]).toBeLessThan(0x80)
      const inner = sha256(Buffer.from(`${device.deviceGroupKey}${device.deviceKey}:${devicePassword}`))
      const x = toBig(sha256(saltBytes, inner))
      expect(toBig(verifier)).toBe(power(2n, x, modulus))
    }
  })

  it('clears the top bit of the salt, and gives it a first byte where there is none', () => {
    for (const [first, expected] of [
      [0x00, 0x01],
      [0x80, 0x01],
      [0xff, 0x7f],
      [0x7f, 0x7f],
      [0xb5, 0x35],
      [0x35, 0x35],
    ]) {
      const random = (length: number) => Uint8Array.from({ length }, (_, i) => (i === 0 ? Number(first) : 9))
      const bytes = Buffer.from(createDeviceVerifier(device, { random }).Salt, 'base64')
      expect([...bytes]).toEqual([expected, ...Array(15).fill(9)])
    }
  })

  it.each([
    [{ deviceGroupKey: undefined }, 'TypeError'],
    [{ deviceKey: 3 }, 'TypeError'],
    [{ devicePassword: undefined }, 'TypeError'],
    [{ salt: 'AAAA' }, 'TypeError'],
  ])('refuses %j', (bad, code) => {
    const values = { ...device, devicePassword: 'p', salt: fromBig(5n, 16), ...bad }
    expect(outcome(() => createDeviceVerifierWithPassword(values as never))).toBe(code)
  })

  it('refuses private keys of no length, or longer than N', () => {
    expect(outcome(() => startCognitoClientWithKey(new Uint8Array()))).toBe('RangeError')
    expect(outcome(() => startCognitoClientWithKey(new Uint8Array(385)))).toBe('RangeError')
    expect(outcome(() => startCognitoClientWithKey('00' as never))).toBe('TypeError')
  })
})

// RFC 3526, section 4: the prime is 2^3072 - 2^3008 - 1 + 2^64 · (floor(2^2942 · π) + 1690314). π by Machin's formula.
const pi2942 = (() => {
  const one = 1n << 3200n
  const arctan = (inverse: bigint) => {
    let sum = 0n
    for (let term = one / inverse, i = 1n, sign = 1n; term > 0n; term /= inverse * inverse, i += 2n, sign = -sign) {
      sum += (sign * term) / i
    }
    return sum
  }
  return ((4n * (4n * arctan(5n) - arctan(239n))) >> 258n).toString(16)
})()
