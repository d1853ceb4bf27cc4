// The values typed from RFCs are recomputed here, so that a slip of the finger cannot stay.
import { createHash, createHmac, hkdfSync } from 'node:crypto'
import { modpow } from './reference.js'
import { read } from './write.js'

type Field = string | readonly string[]
interface Typed {
  readonly typed: readonly {
    readonly id: string
    readonly inputs: Readonly<Record<string, Field>>
    readonly expected: Readonly<Record<string, Field>>
  }[]
}

/** Joins the lines of a value and drops the spaces between groups of digits. */
const plain = (field: Field | undefined): string => {
  if (field === undefined) throw new Error('a typed field is missing')
  return (typeof field === 'string' ? field : field.join('')).replaceAll(' ', '').toLowerCase()
}

export function checkTyped(): void {
  check('rfc5054.json', rfc5054)
  check('rfc5869.json', rfc5869)
}

function check(file: string, compute: (inputs: (name: string) => string) => Record<string, string>): void {
  for (const { id, inputs, expected } of read<Typed>(file).typed) {
    const computed = compute((name) => plain(inputs[name]))
    for (const [name, field] of Object.entries(expected)) {
      if (computed[name] !== plain(field)) throw new Error(`${file}, ${id}: ${name} is mistyped`)
    }
  }
}

/** RFC 5054, sections 2.5.3 to 2.6: k = H(N, PAD(g)), u = H(PAD(A), PAD(B)), x = H(s, H(I, ":", P)). */
function rfc5054(input: (name: string) => string): Record<string, string> {
  const hash = (...parts: Buffer[]): string => createHash('sha1').update(Buffer.concat(parts)).digest('hex')
  const bytes = (hex: string): Buffer => Buffer.from(hex, 'hex')
  const width = input('N').length
  const pad = (value: bigint): string => value.toString(16).padStart(width, '0')
  const number = (name: string): bigint => BigInt(`0x${input(name)}`)
  const [N, g, a, b] = [number('N'), number('g'), number('a'), number('b')]
  const k = hash(bytes(pad(N)), bytes(pad(g)))
  const x = hash(bytes(input('s')), bytes(hash(Buffer.from(`${input('I')}:${input('P')}`))))
  const v = modpow(g, BigInt(`0x${x}`), N)
  const A = modpow(g, a, N)
  const B = (BigInt(`0x${k}`) * v + modpow(g, b, N)) % N
  const u = hash(bytes(pad(A)), bytes(pad(B)))
  const U = BigInt(`0x${u}`)
  const S = modpow(B - BigInt(`0x${k}`) * v, a + U * BigInt(`0x${x}`), N)
  if (S !== modpow(A * modpow(v, U, N), b, N)) throw new Error('the two sides of RFC 5054 do not meet')
  return { k, x, u, v: pad(v), A: pad(A), B: pad(B), S: pad(S) }
}

function rfc5869(input: (name: string) => string): Record<string, string> {
  const [ikm, salt, info] = [input('ikm'), input('salt'), input('info')].map((hex) => Buffer.from(hex, 'hex'))
  if (ikm === undefined || salt === undefined || info === undefined) throw new Error('not reached')
  const prk = createHmac('sha256', salt.length > 0 ? salt : Buffer.alloc(32))
    .update(ikm)
    .digest('hex')
  const okm = Buffer.from(hkdfSync('sha256', ikm, salt, info, Number(input('length')))).toString('hex')
  return { prk, okm }
}
