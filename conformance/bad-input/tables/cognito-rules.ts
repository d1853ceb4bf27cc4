// The rules for the integers, the names and the times of a challenge of Cognito's.
import * as cognito from '@srp6a/srp/cognito'
import { N as modulus } from 'srp6a-vectors/generate/reference.js'
import { base64, bytesOf, caller, hex, isText, OBJECT, optional, peer, type Rule, TEXT } from '../rules.js'

/** The modulus in hex. */
const N = modulus.toString(16)
/** Bytes of N. */
export const LENGTH = 384

const significant = (value: unknown): string => String(value).toLowerCase().replace(/^0+/, '')
/** A or B: not longer than N, and not 0 modulo it. One byte more is read, for some write `00` in front. */
export const PUBLIC: Rule = {
  ...hex(LENGTH + 1),
  takes: (value) =>
    hex(LENGTH + 1).takes(value) &&
    significant(value) !== '' &&
    significant(value) !== N &&
    significant(value).length <= 2 * LENGTH,
  refuses: (value) => {
    const [code = ''] = hex(LENGTH + 1).refuses(value)
    if (!hex(LENGTH + 1).takes(value)) return [code]
    return [significant(value).length > 2 * LENGTH ? 'too-large' : 'invalid-public-key']
  },
  edges: {
    ...hex(LENGTH + 1).edges,
    0: '0',
    'N - 1': `${N.slice(0, -1)}e`,
    N,
    'N in upper case': N.toUpperCase(),
    '00 N': `00${N}`,
    'N + 1': `1${'0'.repeat(767)}`,
    '2N': `1${N.slice(1, -1)}e`,
    'a digit less than N': N.slice(1),
    'a digit more than N': `${N}0`,
  },
  named: true,
}

/** Hex, negative too. */
export const SALT: Rule = {
  ...hex(1024),
  takes: (value) => hex(1024).takes(isText(value) ? String(value).replace(/^-/, '') : value),
  refuses: (value) => hex(1024).refuses(isText(value) ? String(value).replace(/^-/, '') : value),
  edges: {
    ...hex(1024).edges,
    'a minus alone': '-',
    'a negative salt': '-ab',
    'two minus signs': '--ab',
    'a plus': '+ab',
  },
}
export const BLOCK = base64(65_536)
const NOW: Rule = optional(
  caller(
    (value) => value instanceof Date,
    (value) => (value as Date).getTime() >= Date.UTC(1, 0, 1) || (value as Date).getTime() === 0,
    { 'the year 10000': new Date('+010000-01-01T00:00:00Z'), 'the last second': new Date('9999-12-31T23:59:59Z') },
  ),
)
// The message is about the date, whatever its name at the call is.
export const DATE: Rule = {
  ...NOW,
  takes: (value) => value instanceof Date && Math.abs(value.getUTCFullYear() - 5000) < 5000,
  named: false,
}

const scope = 'AbCdEfGhI'
const userId = 'a-user'
export const credentials = { scope, userId, password: 'p', salt: 'ab12' }
export const record = { scope, userId, salt: 'ab12', verifier: cognito.cognitoVerifier(credentials) }
export const right = (engine: cognito.Engine): cognito.SrpOptions => ({ engine, random: (length) => bytesOf(length) })

export function begun(engine: cognito.Engine) {
  const client = cognito.startCognitoClient(right(engine))
  const server = cognito.startCognitoServer(record, right(engine))
  const { SALT, SRP_B } = server
  const challenge = { SALT, SRP_B, SECRET_BLOCK: 'QUJD', USER_ID_FOR_SRP: userId }
  const user = { userPoolId: `us-east-1_${scope}`, password: 'p', challenge, now: () => new Date(0) }
  return { client, server, user }
}
export type Begun = ReturnType<typeof begun>

export const whose = (place: string): Record<string, Rule> => ({
  [place]: OBJECT,
  [`${place}.scope`]: TEXT,
  [`${place}.userId`]: TEXT,
})
export const device = { deviceGroupKey: 'group', deviceKey: 'us-east-1_key' }
/** The table's `missing` reads as undefined, which for a date means the present. */
const CLOCK: Rule = {
  ...DATE,
  takes: (value) => value === undefined || DATE.takes(value),
  refuses: (value) => [value instanceof Date ? 'RangeError' : 'TypeError'],
}
export const PARAMETERS: Record<string, Rule> = {
  // Any object will do: what it lacks is the service's fault.
  'values.challenge': {
    takes: () => false,
    refuses: (value) => [Object(value) === value ? 'invalid-encoding' : 'TypeError'],
    named: false,
  },
  'values.challenge.SALT': SALT,
  'values.challenge.SRP_B': PUBLIC,
  'values.challenge.SECRET_BLOCK': BLOCK,
  'values.now': CLOCK,
  'values.now()': { ...CLOCK, takes: DATE.takes },
}
/** A name that the service sends. */
export const USER_ID = peer(
  (value) => isText(value) && value !== '' && String(value).length <= 65_536,
  (value) => [isText(value) && value !== '' ? 'too-large' : 'invalid-encoding'],
)
export const POOL_ID = caller(isText, (value) => /^[a-z0-9-]{1,40}_[a-z0-9]{1,55}$/i.test(String(value)), {
  'no region': '_AbC',
  'no name': 'us-east-1_',
  'a line end': 'us-east-1_AbC\n',
  'two underscores': 'us-east-1_AbC_d',
  'a region of 40': `${'a'.repeat(40)}_b`,
  'a region of 41': `${'a'.repeat(41)}_b`,
  'a name of 55': `a_${'b'.repeat(55)}`,
  'a name of 56': `a_${'b'.repeat(56)}`,
})
