import type { Shape } from '../../src/service-model/shape.js'
import { shapes } from '../../src/service-model/table.js'

// Requests that break one thing, written from the table. The expected texts are written here a second time, in their
// plainest form: the test is no mirror of the code.

type Fields = Record<string, unknown>

/** One request and what the service answers. */
export interface Violation {
  readonly what: string
  readonly request: Fields
  readonly name: 'InvalidParameterException' | 'SerializationException'
  /** of an InvalidParameterException: the whole message */
  readonly message?: string
}

const shapeOf = (name: string | undefined): Shape => {
  const shape = shapes[name ?? '']
  if (shape === undefined) throw new Error(`no shape ${name}`)
  return shape
}

// Good values for every pattern of the model; the first that fits is taken.
const SAMPLES = [
  'a',
  '1',
  'us-east-1_abc',
  'us-east-1_0a',
  'arn:aws:x:us-east-1:123456789012:y',
  'a@b',
  'code {####}',
  'code {##here##}',
  'import-1',
  'cognito:default',
  '12345678-1234-4123-8123-123456789012',
  'terms-of-use',
  'abc',
  '123456',
]
const full = (pattern: string): RegExp => new RegExp(`^(?:${pattern.replace('(?s)', '')})$`, 'su')
const fits = (shape: Shape, value: string): boolean => shape.pattern === undefined || full(shape.pattern).test(value)
const inLength = ({ min = 0, max = 1e9 }: Shape, value: string): boolean => value.length >= min && value.length <= max

function text(shape: Shape): string {
  if (shape.enum !== undefined) return shape.enum[0] ?? ''
  const samples = [...SAMPLES, ...SAMPLES.map((sample) => sample.padEnd(shape.min ?? 0, sample.at(-1)))]
  const found = samples.find((sample) => inLength(shape, sample) && fits(shape, sample))
  if (found === undefined) throw new Error(`no sample for ${JSON.stringify(shape)}`)
  return found
}

/** The smallest value that the model takes. */
export function sample(name: string | undefined): unknown {
  const shape = shapeOf(name)
  switch (shape.type) {
    case 'string':
      return text(shape)
    case 'blob':
      return 'AAAA'
    case 'boolean':
      return true
    case 'list':
      return Array.from({ length: Math.max(1, shape.min ?? 0) }, () => sample(shape.member))
    case 'map':
      return { [text(shapeOf(shape.key))]: sample(shape.value) }
    case 'structure':
      return Object.fromEntries((shape.required ?? []).map((member) => [member, sample(shape.members?.[member])]))
    default:
      return shape.min ?? 1
  }
}

const unit = ({ type }: Shape): string => (type === 'integer' || type === 'long' ? 'value' : 'length')
const tooSmall = (shape: Shape): string => `Member must have ${unit(shape)} greater than or equal to ${shape.min}`
const tooLarge = (shape: Shape): string => `Member must have ${unit(shape)} less than or equal to ${shape.max}`
const noMatch = (shape: Shape): string => `Member must satisfy regular expression pattern: ${shape.pattern}`
const notInSet = (shape: Shape): string => `Member must satisfy enum value set: [${shape.enum?.join(', ')}]`

/** Values of the right type that break a constraint, each with everything that it breaks. */
function* broken(shape: Shape): Generator<readonly [unknown, readonly string[]]> {
  const { min, max, type, pattern } = shape
  if (type === 'integer' || type === 'long') {
    if (min !== undefined) yield [min - 1, [tooSmall(shape)]]
    if (max !== undefined) yield [max + 1, [tooLarge(shape)]]
  }
  if (type === 'list') {
    if (min !== undefined && min > 0) yield [[], [tooSmall(shape)]]
    if (max !== undefined) yield [Array.from({ length: max + 1 }, () => sample(shape.member)), [tooLarge(shape)]]
  }
  if (type !== 'string') return
  if (shape.enum !== undefined) return void (yield ['NOT_IN_THE_SET', [notInSet(shape)]])
  const matched = (value: string): string[] => (fits(shape, value) ? [] : [noMatch(shape)])
  if (min !== undefined && min > 0) {
    const short = 'a'.repeat(min - 1)
    yield [short, [tooSmall(shape), ...matched(short)]]
  }
  if (max !== undefined && max < 100_000) {
    const long = text(shape).padEnd(max + 1, text(shape).at(-1))
    yield [long, [tooLarge(shape), ...(max < 512 || pattern === undefined ? matched(long) : [])]]
  }
  for (const value of ['a b\u0000', ' a', 'a ', '€*(', '']) {
    if (pattern !== undefined && inLength(shape, value) && !fits(shape, value)) yield [value, [noMatch(shape)]]
  }
}

const OTHER_TYPES: Readonly<Record<string, readonly unknown[]>> = {
  string: [5, true, {}, []],
  blob: [5, true, {}, []],
  integer: ['5', 1.5, true, {}, []],
  long: ['5', true, {}, []],
  boolean: ['true', 1, {}, []],
  timestamp: ['2026', true, {}, []],
  list: ['a', 5, true, {}],
  map: ['a', 5, true, []],
  structure: ['a', 5, true, []],
}

const lowerFirst = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1)
const shown = (shape: Shape, value: unknown, hidden: boolean): string =>
  hidden || shape.sensitive ? 'Value' : `Value '${Array.isArray(value) ? `[${value.join(', ')}]` : value}'`
const counted = (texts: readonly string[]): string =>
  `${texts.length} validation error${texts.length === 1 ? '' : 's'} detected: ${texts.join('; ')}`

interface Place {
  readonly path: string
  readonly hidden: boolean
  /** a whole request that has this value at the place */
  readonly put: (value: unknown) => Fields
}

/** Everything that can be wrong at a place and below it. */
function* at(name: string | undefined, { path, hidden, put }: Place): Generator<Violation> {
  const shape = shapeOf(name)
  for (const value of OTHER_TYPES[shape.type] ?? []) {
    yield { what: `${path}: ${JSON.stringify(value)}`, request: put(value), name: 'SerializationException' }
  }
  for (const [value, constraints] of broken(shape)) {
    const plain = shape.type !== 'list' || !['structure', 'list', 'map'].includes(shapeOf(shape.member).type)
    const secret = hidden || (shape.type === 'list' && shapeOf(shape.member).sensitive === true) || !plain
    const texts = constraints.map(
      (constraint) => `${shown(shape, value, secret)} at '${path}' failed to satisfy constraint: ${constraint}`,
    )
    const what = `${path}: ${JSON.stringify(value).slice(0, 60)}`
    yield { what, request: put(value), name: 'InvalidParameterException', message: counted(texts) }
  }
  yield* within(shape, { path, hidden: hidden || shape.sensitive === true, put })
}

function* within(shape: Shape, { path, hidden, put }: Place): Generator<Violation> {
  if (shape.type === 'structure') {
    yield* members(shape, { path: `${path}.`, hidden, put }, sample(nameOf(shape)) as Fields)
  }
  if (shape.type !== 'list') return
  const entry = shapeOf(shape.member)
  const fill = Math.max(0, (shape.min ?? 0) - 1)
  const list = (value: unknown): unknown[] => [value, ...Array.from({ length: fill }, () => sample(shape.member))]
  if (entry.type === 'structure') {
    yield* at(shape.member, { path: `${path}.1.member`, hidden, put: (value) => put(list(value)) })
    return
  }
  for (const value of OTHER_TYPES[entry.type] ?? []) {
    yield { what: `${path}[0]: ${JSON.stringify(value)}`, request: put(list(value)), name: 'SerializationException' }
  }
  for (const [value] of broken(entry)) {
    const all = [
      ...(entry.max === undefined ? [] : [tooLarge(entry)]),
      ...(entry.min === undefined ? [] : [tooSmall(entry)]),
      ...(entry.pattern === undefined ? [] : [noMatch(entry)]),
      ...(entry.enum === undefined ? [] : [notInSet(entry)]),
    ]
    const text = `${shown(entry, list(value), hidden)} at '${path}' failed to satisfy constraint: Member must satisfy constraint: [${all.join(', ')}]`
    const what = `${path}[0]: ${JSON.stringify(value).slice(0, 60)}`
    yield { what, request: put(list(value)), name: 'InvalidParameterException', message: counted([text]) }
  }
}

const nameOf = (shape: Shape): string | undefined => Object.keys(shapes).find((name) => shapes[name] === shape)

function* members(shape: Shape, { path, hidden, put }: Place, good: Fields): Generator<Violation> {
  for (const member of shape.required ?? []) {
    const { [member]: _, ...rest } = good
    const text = `Value null at '${path}${lowerFirst(member)}' failed to satisfy constraint: Member must not be null`
    yield {
      what: `${path}${member}: missing`,
      request: put(rest),
      name: 'InvalidParameterException',
      message: counted([text]),
    }
  }
  for (const [member, name] of Object.entries(shape.members ?? {})) {
    const place = { path: `${path}${lowerFirst(member)}`, hidden }
    yield* at(name, { ...place, put: (value) => put({ ...good, [member]: value }) })
  }
}

/** Write every request that breaks one constraint or one type of an operation's input. */
export const violationsOf = (input: string): Violation[] => {
  const good = sample(input) as Fields
  return [...members(shapeOf(input), { path: '', hidden: false, put: (value) => value as Fields }, good)]
}
