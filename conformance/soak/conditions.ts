// Rare shapes of values, counted from the oracle's values, so that a reader sees which ones the run went through.
import type { Handshake } from './handshake.js'
import type { Answer } from './oracle.js'

/** Of one value: how often it began with so many zero bytes, had its top bit set, or an odd number of hex digits. */
export interface Shapes {
  zeros: Record<number, number>
  topBit: number
  oddHex: number
}

export interface Conditions {
  shapes: Record<string, Shapes>
  /** Counts of everything else out of the ordinary. */
  others: Record<string, number>
}

/** The full length of each value in bytes. */
const LENGTHS = {
  A: 384,
  B: 384,
  S: 384,
  k·v: 384,
  'B − k·v': 384,
  'v = g^x': 384,
  u: 32,
  x: 32,
  'inner hash': 32,
  'HKDF key': 16,
  signature: 32,
} as const

export function noConditions(): Conditions {
  return { shapes: {}, others: {} }
}

function countShape(all: Record<string, Shapes>, name: string, hex: string, zeros: number): void {
  all[name] ??= { zeros: {}, topBit: 0, oddHex: 0 }
  const shapes = all[name]
  shapes.zeros[zeros] = (shapes.zeros[zeros] ?? 0) + 1
  const digits = hex.replace(/^0+(?=.)/, '')
  if (digits.length % 2 === 1) shapes.oddHex++
  else if (Number.parseInt(digits.charAt(0), 16) >= 8) shapes.topBit++
}

/** Zero bytes in front of a number in hex that would fill `length` bytes. 0 itself has one significant byte. */
function missingBytes(hex: string, length: number): number {
  return length - Math.ceil(hex.replace(/^0+(?=.)/, '').length / 2)
}

export function count(conditions: Conditions, handshake: Handshake, srpA: string, answer: Answer): void {
  const { shapes, others } = conditions
  const values: Record<keyof typeof LENGTHS, string> = {
    ...{ A: srpA, B: handshake.srpB, S: answer.S, u: answer.u, x: answer.x, signature: answer.M },
    ...{ k·v: answer.kv, 'B − k·v': answer.base, 'v = g^x': answer.v, 'inner hash': answer.inner },
    'HKDF key': answer.key,
  }
  for (const [name, length] of Object.entries(LENGTHS)) {
    const hex = values[name as keyof typeof LENGTHS]
    countShape(shapes, name, hex, missingBytes(hex, length))
  }
  const { salt, srpB, password, userId, secretBlock, privateKey, b } = handshake
  const digits = salt.replace('-', '')
  countShape(shapes, 'salt as sent', digits, Math.floor(digits.length / 2 - digits.replace(/^0+(?=.)/, '').length / 2))
  const add = (name: string, occurs: boolean): void => {
    others[name] = (others[name] ?? 0) + (occurs ? 1 : 0)
  }
  add('a device, not a user', handshake.kind === 'device')
  add('SALT of odd length as sent', digits.length % 2 === 1)
  add('SALT below 16 bytes', digits.length < 31)
  add('SALT negative', salt.startsWith('-'))
  add('SALT zero', /^0+$/.test(digits))
  add('SRP_B of odd length as sent', srpB.length % 2 === 1)
  add('SRP_B in capitals', /[A-F]/.test(srpB))
  add('SRP_B with zeros in front as sent', srpB.startsWith('0'))
  add('B made of nothing, of any length', b === undefined)
  add('S = 1', answer.S === '1')
  add('private key not of 32 bytes', privateKey.length !== 32)
  add('private key with a zero byte in front', privateKey[0] === 0)
  add('password or name outside ASCII', /[^ -~]/.test(password + userId))
  add('a lone surrogate', /\p{Cs}/u.test(password + userId))
  add('SECRET_BLOCK unpadded or base64url', /[-_]/.test(secretBlock) || secretBlock.length % 4 !== 0)
}

export function merge(into: Conditions, from: Conditions): void {
  for (const [name, { zeros, topBit, oddHex }] of Object.entries(from.shapes)) {
    into.shapes[name] ??= { zeros: {}, topBit: 0, oddHex: 0 }
    const shapes = into.shapes[name]
    shapes.topBit += topBit
    shapes.oddHex += oddHex
    for (const [length, n] of Object.entries(zeros)) shapes.zeros[+length] = (shapes.zeros[+length] ?? 0) + n
  }
  for (const [name, n] of Object.entries(from.others)) into.others[name] = (into.others[name] ?? 0) + n
}

const COLUMNS = [0, 1, 2, 3] as const

/** One value in one line of the results: more than three zero bytes are one number, with how many lengths that was. */
export function summarise({ zeros, topBit, oddHex }: Shapes): Record<string, number> {
  const rest = Object.entries(zeros).filter(([length]) => Number(length) > 3)
  return {
    ...Object.fromEntries(COLUMNS.map((length) => [`zeros${length}`, zeros[length] ?? 0])),
    moreZeros: rest.reduce((sum, [, n]) => sum + n, 0),
    lengths: Object.values(zeros).filter((n) => n > 0).length,
    topBit,
    oddHex,
  }
}

export function table({ shapes, others }: Conditions): string {
  const head = ['value', 'no zero byte', '1', '2', '3', 'more', 'lengths seen', 'top bit set', 'odd hex digits']
  const rows = Object.entries(shapes).map(([name, one]) => [name, ...Object.values(summarise(one)).map(String)])
  const widths = head.map((title, i) => Math.max(title.length, ...rows.map((row) => row[i]?.length ?? 0)))
  const line = (cells: string[]): string =>
    cells.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join('  ')
  const more = Object.entries(others).map(([name, n]) => `${String(n).padStart(8)}  ${name}`)
  return [line(head), ...rows.map(line), '', ...more].join('\n')
}
