// Rules for arguments: the values that are taken, and the error for the others. `TypeError` and `RangeError` for the
// caller, a code for a peer.

/** `TypeError`, `RangeError`, or the code of an SrpError or FlowError. */
export type Answer = string

export interface Rule {
  /** True if the value will do. */
  readonly takes: (value: unknown) => boolean
  /** The errors that any other value may bring. */
  readonly refuses: (value: unknown) => readonly Answer[]
  /** Values at the edges, beside those that everything gets. */
  readonly edges?: Readonly<Record<string, unknown>>
  /** True if the message has to name the place; the code says enough of what came from a peer in one piece. */
  readonly named?: boolean
  /** It may be left out, though it may not be undefined. */
  readonly absent?: boolean
  /** The number of right values that are tried, where each takes long; all if left out. */
  readonly few?: number
}

type Test = (value: unknown) => boolean

export const isText: Test = (value) => typeof value === 'string'
export const isBytes: Test = (value) =>
  ArrayBuffer.isView(value) && Object.prototype.toString.call(value) === '[object Uint8Array]'
export const isWhole: Test = (value) => Number.isInteger(value)
export const isObject: Test = (value) => typeof value === 'object' && value !== null
export const isFunction: Test = (value) => typeof value === 'function'
const size = (value: unknown): number => (value as { length: number }).length
const text = (value: unknown): string => value as string

/** A caller's argument: a wrong type is a TypeError, a wrong value a RangeError. */
export const caller = (typed: Test, takes: Test = typed, edges: Rule['edges'] = {}): Rule => ({
  takes: (value) => typed(value) && takes(value),
  refuses: (value) => [typed(value) ? 'RangeError' : 'TypeError'],
  edges,
})

/** Make a rule that also takes undefined: the argument may be left out. */
export const optional = (rule: Rule): Rule => ({ ...rule, takes: (value) => value === undefined || rule.takes(value) })

/** Widen a rule: values that pass `takes` will do too; the rest is refused as before. */
export const orText = (rule: Rule, takes: Test): Rule => ({
  ...rule,
  takes: (value) => takes(value) || rule.takes(value),
})

/** The longest text that @srp6a/srp takes as a name or a password. */
export const MAX_TEXT = 65_536
const textEdges = { 'text of the limit': 'a'.repeat(MAX_TEXT), 'text over the limit': 'a'.repeat(MAX_TEXT + 1) }

/** A name or a password of any length up to the limit. */
export const TEXT: Rule = caller(isText, (value) => size(value) <= MAX_TEXT, textEdges)
/** A name or a password of one character up to the limit. */
export const SOME_TEXT: Rule = caller(isText, (value) => size(value) > 0 && size(value) <= MAX_TEXT, textEdges)

export const wholeNumber = (least: number, most: number): Rule => ({
  takes: (value) => isWhole(value) && Number(value) >= least && Number(value) <= most,
  refuses: (value) => (typeof value === 'number' ? ['RangeError'] : ['RangeError', 'TypeError']),
  edges: { least, most, 'below the least': least - 1, 'above the most': most + 1 },
})

export const bytesOf = (length: number): Uint8Array => Uint8Array.from({ length }, (_, i) => 1 + (i % 250))

/** Bytes of a caller's, from `least` to `most` of them. */
export const bytes = (least: number, most: number, takes: Test = () => true): Rule =>
  caller(isBytes, (value) => size(value) >= least && size(value) <= most && takes(value), {
    ...(least > 0 && { 'a byte less': bytesOf(least - 1) }),
    least: bytesOf(least),
    ...(most < 1e6 && { most: bytesOf(most), 'a byte more': bytesOf(most + 1) }),
  })

/** A value of a peer's, which has codes of its own. */
export const peer = (takes: Test, codes: (value: unknown) => readonly Answer[], edges: Rule['edges'] = {}): Rule => ({
  takes,
  refuses: codes,
  edges,
})

/** Hex as the service sends it, up to `most` bytes. */
export const hex = (most: number, takes: Test = () => true, otherwise: readonly Answer[] = [], edges = {}): Rule => {
  const isHex: Test = (value) => isText(value) && size(value) <= 2 * most && /^[0-9a-f]+$/i.test(text(value))
  return peer(
    (value) => isHex(value) && takes(value),
    (value) =>
      isText(value) && size(value) > 2 * most ? ['too-large'] : isHex(value) ? otherwise : ['invalid-encoding'],
    {
      'hex of odd length': 'abc',
      'upper-case hex': 'ABCDEF',
      'hex with 0x': '0xab',
      'no hex': 'zz',
      'hex and a line end': 'ab\n',
      'the longest hex': 'a'.repeat(2 * most),
      'hex that is too long': 'a'.repeat(2 * most + 1),
      ...edges,
    },
  )
}

export const base64 = (most: number): Rule => {
  const longest = 4 * Math.ceil(most / 3)
  const isBase64: Test = (value) =>
    isText(value) && /^[\w+/-]+={0,2}$/.test(text(value)) && ![1].includes(text(value).replace(/=/g, '').length % 4)
  return peer(
    (value) => isBase64(value) && size(value) <= longest && (size(value) % 4 === 0 || !text(value).includes('=')),
    (value) => (isText(value) && size(value) > longest ? ['too-large'] : ['invalid-encoding']),
    {
      base64url: 'ab-_',
      'unpadded base64': 'QUI',
      'base64 of one digit': 'QUJDR',
      'base64 with a gap': 'QU I=',
      'padding in the middle': 'QQ==QQ==',
      'padding alone': '====',
      'the longest base64': 'A'.repeat(longest),
      'base64 that is too long': 'A'.repeat(longest + 4),
    },
  )
}

/** An object that has to be there: one that is empty lacks a field, and the message names that. */
export const OBJECT: Rule = { takes: () => false, refuses: () => ['TypeError'], named: false }
/** Anything: no one looks at it, or it is passed on as it is. */
export const ANYTHING: Rule = peer(
  () => true,
  () => [],
)
