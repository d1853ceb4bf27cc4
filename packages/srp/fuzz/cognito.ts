import { formatTimestamp, parseUserPoolId, SrpError, startCognitoClient } from '@srp6a/srp/cognito'
import { nodeEngine } from '@srp6a/srp/node'
import { attempt, isMistake, listOf, must, type Target, textOf } from 'srp6a-tools/fuzz/target.js'
import { utf8 } from '../src/bytes.js'
import { parseBase64, parseHex, toBase64, toHex } from '../src/codec.js'
import { asDevice } from '../test/support/claims.js'

const random = (length: number) => new Uint8Array(length).fill(7)
const isEncoding = (error: unknown): boolean =>
  error instanceof SrpError && /^(invalid-encoding|too-large)$/.test(error.code)
const isNonsense = (error: unknown): boolean =>
  isMistake(error) ||
  (error instanceof SrpError && /^(invalid-encoding|too-large|invalid-public-key)$/.test(error.code))

const poolId: Target = {
  name: 'pool-id',
  files: ['packages/srp/src/cognito/user-pool-id.ts'],
  seeds: ['us-east-1_AbCdEfGhI', 'eu-central-2_1', '["us-east-1_AbCdEfGhI"]'],
  dictionary: ['us-gov-west-1_', '_'],
  limit: 10,
  run(input) {
    const text = textOf(input)
    for (const value of [text, ...listOf(input)]) {
      const id = attempt(() => parseUserPoolId(value as string), isMistake)
      if (!id) continue
      must(`${id.region}_${id.poolName}` === value, 'the halves do not make the whole')
      must(id.region !== '' && /^[a-z0-9]+$/i.test(id.poolName), 'half an id was taken')
    }
  },
}

/** Against what Node has of the same: two independent implementations. */
const encodings: Target = {
  name: 'encodings',
  files: ['packages/srp/src/bytes.ts', 'packages/srp/src/codec.ts'],
  seeds: ['00ff1', 'ABCDEF', 'AAAA', 'AA==', 'A-_=', 'é€😀', Uint8Array.from([0xff, 0, 0x80])],
  dictionary: ['=', '==', '+/', '-_', '\n'],
  limit: 50,
  run(input) {
    const text = textOf(input)
    const same = (ours: Uint8Array, theirs: Uint8Array, what: string) => must(Buffer.from(ours).equals(theirs), what)
    const hex = attempt(() => parseHex(text, 'text', 1024), isEncoding)
    must((hex !== undefined) === (/^[0-9a-f]+$/i.test(text) && text.length <= 2048), 'hex was misjudged')
    if (hex) same(hex, Buffer.from(text.length % 2 ? `0${text}` : text, 'hex'), 'hex was misread')
    const base64 = attempt(() => parseBase64(text, 'text', 1024), isEncoding)
    if (base64) same(base64, Buffer.from(text, 'base64'), 'base64 was misread')
    if (base64) must(text.length % 4 !== 1 && /^[\w+/-]+={0,2}$/.test(text), 'what is no base64 was taken')
    must(toHex(input) === Buffer.from(input).toString('hex'), 'hex was miswritten')
    must(toBase64(input) === Buffer.from(input).toString('base64'), 'base64 was miswritten')
    if (input.length > 0 && input.length <= 1024) {
      same(parseBase64(toBase64(input), 'text', 1024), input, 'base64 there and back is something else')
    }
    same(utf8(text), new TextEncoder().encode(text), 'UTF-8 was miswritten')
    // Every UTF-16 unit, and so lone surrogates too.
    const units = String.fromCharCode(...new Uint16Array(input.slice(0, input.length & ~1).buffer))
    same(utf8(units), new TextEncoder().encode(units), 'a surrogate was miswritten')
  },
}

const timestamps: Target = {
  name: 'timestamp-writer',
  files: ['packages/srp/src/cognito/timestamp.ts'],
  seeds: ['[0]', '[1767225909000, -62135596800000]', '[253402300799999, null, "x"]', '[1e308]'],
  limit: 10,
  run(input) {
    for (const value of listOf(input)) {
      const written = attempt(() => formatTimestamp(new Date(value as number)), isMistake)
      if (written === undefined) continue
      const seconds = Math.floor(new Date(value as number).getTime() / 1000)
      const [, month, day, time, , year] = written.split(' ')
      const iso = `${month} ${day} ${time} UTC`
      // Years below 100 would be read as 19xx: taken in the same place of another cycle of 400 years.
      const shifted = Date.parse(`${iso} ${Number(year) + 2000}`) / 1000
      must(shifted - seconds === 5 * 400 * 365.2425 * 86_400, `${written} is another time`)
    }
    attempt(() => formatTimestamp(listOf(input)[0] as Date), isMistake)
  },
}

/** The three values that the service sends, and what the caller adds. */
const challenge: Target = {
  name: 'challenge',
  files: ['packages/srp/src/cognito/client.ts', 'packages/srp/src/cognito/suite.ts', 'packages/srp/src/encode.ts'],
  seeds: [
    JSON.stringify(['a1b2c3', 'c0ffee', 'AAAA', 'AbCdEfGhI', 'ada', 'p']),
    JSON.stringify(['-a1b2c3', `00${'f'.repeat(767)}`, 'A-_=', 'g', 'é', '\ud800']),
  ],
  dictionary: ['-', '0', 'f'.repeat(768), '='],
  limit: 150,
  run(input) {
    const [salt, srpB, secretBlock, scope, userId, password] = listOf(input) as string[]
    const srp = startCognitoClient({ engine: nodeEngine, random })
    const now = new Date(0)
    const given = { salt, srpB, secretBlock, scope, userId, password, now } as Parameters<typeof asDevice>[0]
    const claim = attempt(() => srp.answerDevice(asDevice(given)), isNonsense)
    if (!claim) return
    must(/^[A-Za-z0-9+/]{43}=$/.test(claim.PASSWORD_CLAIM_SIGNATURE), 'the signature is not base64 of 32 bytes')
    must(claim.PASSWORD_CLAIM_SECRET_BLOCK === secretBlock, 'the secret block was changed')
    must(claim.TIMESTAMP === 'Thu Jan 1 00:00:00 UTC 1970', 'the timestamp is another')
    const again = attempt(
      () => srp.answerDevice(asDevice(given)),
      (error) => error instanceof SrpError && error.code === 'used-twice',
    )
    must(again === undefined, 'it signed twice')
  },
}

export const cognitoTargets: readonly Target[] = [poolId, encodings, timestamps, challenge]
