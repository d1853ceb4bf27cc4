// Inputs that have to be refused before any arithmetic, and the code of the refusal. What the published clients do with
// them is written down for information: most of them sign.
import { ask, describe, ORACLES } from './ask.js'
import { draft } from './drafts.js'
import { N } from './reference.js'
import type { Conversation, Rejection, Text } from './types.js'

type Code = Rejection['expected']['code']
type Row = readonly [id: string, condition: string, value: Text, code: Code]

const hex = (value: bigint): string => value.toString(16)

const NOT_HEX: readonly Row[] = [
  ['empty', 'is empty', '', 'invalid-encoding'],
  ['prefix', 'has the prefix 0x', '0xabcdef', 'invalid-encoding'],
  ['space-before', 'has a space in front', ' abcdef', 'invalid-encoding'],
  ['space-after', 'has a space at the end', 'abcdef ', 'invalid-encoding'],
  ['space-inside', 'has a space inside', 'abc def', 'invalid-encoding'],
  ['line-feed', 'ends in a line feed', 'abcdef\n', 'invalid-encoding'],
  ['plus', 'has a plus sign', '+abcdef', 'invalid-encoding'],
  ['letter', 'has a letter beyond f', 'abcdefg', 'invalid-encoding'],
  ['underscore', 'has an underscore', 'ab_cd', 'invalid-encoding'],
  ['point', 'has a decimal point', '1.5', 'invalid-encoding'],
  ['nul', 'has a NUL', 'ab\u0000cd', 'invalid-encoding'],
  ['wide-digits', 'has full-width digits', '\uff11\uff12', 'invalid-encoding'],
  ['arabic-digits', 'has Arabic digits', '\u0661\u0662', 'invalid-encoding'],
  ['minus-alone', 'is a minus sign alone', '-', 'invalid-encoding'],
  [
    'long-non-hex',
    'is megabytes of what is not hex: the length is looked at first',
    { repeat: 'z', count: 4194304 },
    'too-large',
  ],
]

const PUBLIC_KEYS: readonly Row[] = [
  ...NOT_HEX,
  ['negative', 'is negative', '-abcdef', 'invalid-encoding'],
  ['zero', 'is 0', '0', 'invalid-public-key'],
  ['zero-zero', 'is 00', '00', 'invalid-public-key'],
  ['zero-384-bytes', 'is 384 zero bytes', { repeat: '0', count: 768 }, 'invalid-public-key'],
  ['N', 'is N', hex(N), 'invalid-public-key'],
  ['N-upper-case', 'is N in upper-case hex', hex(N).toUpperCase(), 'invalid-public-key'],
  ['2N', 'is 2N: a multiple of N, refused for its 385 bytes', hex(2n * N), 'too-large'],
  ['large-multiple', 'is 2^1024 * N', hex(N << 1024n), 'too-large'],
  ['3073-bits', 'is 2^3072, one bit too long', `1${'0'.repeat(768)}`, 'too-large'],
  ['385-bytes', 'has 385 bytes', `7f${'a5'.repeat(384)}`, 'too-large'],
  ['megabytes', 'is megabytes long', { repeat: 'f', count: 4194304 }, 'too-large'],
]

const SALTS: readonly Row[] = [
  ...NOT_HEX,
  ['two-signs', 'has two minus signs', '--abcdef', 'invalid-encoding'],
  ['megabytes', 'is megabytes long', { repeat: 'f', count: 4194304 }, 'too-large'],
  ['negative-megabytes', 'is negative and megabytes long', { prefix: '-', repeat: 'f', count: 4194304 }, 'too-large'],
]

const SECRET_BLOCKS: readonly Row[] = [
  ['empty', 'is empty', '', 'invalid-encoding'],
  ['one-character', 'is one character: six bits are no byte', 'A', 'invalid-encoding'],
  ['five-characters', 'is five characters: six bits too many', 'AAAAA', 'invalid-encoding'],
  ['only-padding', 'is padding alone', '====', 'invalid-encoding'],
  ['padding-inside', 'has padding in the middle', 'AA==AAAA', 'invalid-encoding'],
  ['padding-missing-one', 'has one = where two belong', 'AA=', 'invalid-encoding'],
  ['padding-excess', 'has a third =', 'AA===', 'invalid-encoding'],
  ['padding-unneeded', 'has padding after a whole group', 'AAAA====', 'invalid-encoding'],
  ['space', 'has a space inside', 'AAAA AAAA', 'invalid-encoding'],
  ['line-feed', 'has a line break, as MIME writes it', 'AAAA\r\nAAAA', 'invalid-encoding'],
  ['foreign', 'has a character of neither alphabet', 'AAA!', 'invalid-encoding'],
  ['non-ascii', 'has a non-ASCII character', 'AAA\u00e9', 'invalid-encoding'],
  ['nul', 'has a NUL', 'AAA\u0000', 'invalid-encoding'],
  ['megabytes', 'is megabytes long', { repeat: 'A', count: 4194304 }, 'too-large'],
]

const TABLES = [
  ['claim', 'srpB', 'SRP_B', 'B', PUBLIC_KEYS],
  ['claim', 'salt', 'SALT', 'salt', SALTS],
  ['claim', 'secretBlock', 'SECRET_BLOCK', 'secret-block', SECRET_BLOCKS],
  ['server', 'srpA', 'SRP_A', 'A', PUBLIC_KEYS],
] as const

export async function mustReject(): Promise<{ base: unknown; rejections: Rejection[] }> {
  const { inputs, expected } = await ask(draft({ id: 'must-reject-base', condition: 'everything is as it should be' }))
  const rejections: Rejection[] = []
  for (const [target, field, name, prefix, rows] of TABLES) {
    for (const [id, words, value, code] of rows) {
      const oracles = target === 'claim' ? await outcomes({ ...inputs, [field]: value } as unknown as Conversation) : []
      const condition = `${name} ${words}`
      rejections.push({
        id: `${prefix}-${id}`,
        condition,
        target,
        inputs: { [field]: value },
        expected: { code },
        oracles,
      })
    }
  }
  return { base: { inputs, expected }, rejections }
}

/** Left out where the value is described rather than written: the clients would compute on megabytes for minutes. */
async function outcomes(conversation: Conversation): Promise<Rejection['oracles']> {
  if (Object.values(conversation).some((value) => typeof value !== 'string')) return []
  const rows: { package: string; outcome: string }[] = []
  for (const oracle of ORACLES) {
    try {
      await oracle.user(conversation)
      rows.push({ package: oracle.package, outcome: 'signs' })
    } catch (error) {
      rows.push({ package: oracle.package, outcome: `throws ${describe(error)}` })
    }
  }
  return rows
}
