// Writes src/service-model/table.ts:
//   tsx packages/user-pool-emulator/model/make.ts FILE DATE
// FILE holds the service's model as JSON: { source, operations: { Name: { input, output, errors, auth } }, shapes }, names
// and constraints as botocore's service-2.json has them. DATE is the day on which it was taken, as 2026-11-28.
import { readFileSync, writeFileSync } from 'node:fs'
import type { OperationModel, Shape } from '../src/service-model/shape.js'
import { readSdk, type SdkModel } from './sdk.js'

interface ModelFile {
  readonly source: string
  readonly operations: Readonly<
    Record<string, { input: string; output: string | null; errors: readonly string[]; auth: string | null }>
  >
  readonly shapes: Readonly<Record<string, Shape & { readonly exception?: boolean }>>
}

type Operations = Record<string, OperationModel>
type Shapes = Record<string, Shape>

/**
 * The place where replies of the service contradict its published model. The text after `Member must satisfy regular expression
 * pattern: ` is `^[\S]+.*[\S]+$` for passwords (four programs that match on it, and reports up to August 2026), and the
 * values of 'clientId' are shown (boto/boto3 #3581, and four more reports), though the model calls them sensitive.
 */
const SEEN: Readonly<Record<string, Partial<Shape>>> = {
  PasswordType: { pattern: '^[\\S]+.*[\\S]+$' },
  ClientIdType: { sensitive: false },
}

/** Calls without SigV4 that the SDK has and the model file has not: those that take an access token. */
const takesToken = (sdk: SdkModel, input: string): boolean => sdk.shapes[input]?.members?.AccessToken !== undefined

/** "Amazon Cognito doesn't evaluate Identity and Access Management (IAM) policies in requests for this API operation." */
const BY_SECRET: ReadonlySet<string> = new Set(['GetClientToken'])

function reachable(operations: Operations, shapes: Shapes): Shapes {
  const found: Shapes = {}
  const visit = (name: string | null | undefined): void => {
    if (name === null || name === undefined || found[name] !== undefined) return
    const shape = shapes[name]
    if (shape === undefined) throw new Error(`${name}: no such shape`)
    found[name] = shape
    for (const next of [shape.member, shape.key, shape.value, ...Object.values(shape.members ?? {})]) visit(next)
  }
  for (const { input, output } of Object.values(operations)) {
    visit(input)
    visit(output)
  }
  return Object.fromEntries(Object.entries(found).sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** A member of an operation that only the SDK has: the shape that the rest of the model gives a member of this name. */
function usualShapes(operations: Operations, shapes: Shapes): ReadonlyMap<string, string> {
  const counts = new Map<string, Map<string, number>>()
  for (const { input } of Object.values(operations)) {
    for (const [member, shape] of Object.entries(shapes[input]?.members ?? {})) {
      const count = counts.get(member) ?? new Map<string, number>()
      counts.set(member, count.set(shape, (count.get(shape) ?? 0) + 1))
    }
  }
  const most = ([, a]: [string, number], [, b]: [string, number]): number => b - a
  return new Map([...counts].map(([member, count]) => [member, [...count].sort(most)[0]?.[0] ?? '']))
}

/** Adds what only the SDK has: operations, their exceptions, and members of structures. */
function addFromSdk(sdk: SdkModel, operations: Operations, shapes: Shapes): void {
  const usual = usualShapes(operations, shapes)
  const PLAIN: Readonly<Record<string, string>> = {
    string: 'StringType',
    integer: 'IntegerType',
    boolean: 'BooleanType',
    timestamp: 'DateType',
    stringMap: 'ClientMetadataType',
  }
  const adopt = (name: string, member?: string): string => {
    if (shapes[name] !== undefined) return name
    const plain = PLAIN[name]
    if (plain !== undefined) {
      const likely = member === undefined ? undefined : usual.get(member)
      const same = likely !== undefined && shapes[likely]?.type === (name === 'stringMap' ? 'map' : name)
      return same ? likely : plain
    }
    const shape = sdk.shapes[name]
    if (shape === undefined) throw new Error(`${name}: the SDK has no such shape`)
    shapes[name] = shape
    const { required: _, ...rest } = shape
    const required = (shape.required ?? []).length > 0 ? { required: shape.required ?? [] } : {}
    const members = Object.entries(shape.members ?? {}).map(([key, value]) => [key, adopt(value, key)])
    shapes[name] = {
      ...rest,
      ...required,
      ...(shape.members === undefined ? {} : { members: Object.fromEntries(members) }),
      ...(shape.member === undefined ? {} : { member: adopt(shape.member) }),
      ...(shape.key === undefined ? {} : { key: adopt(shape.key) }),
      ...(shape.value === undefined ? {} : { value: adopt(shape.value) }),
    }
    return name
  }
  for (const [name, operation] of Object.entries(sdk.operations)) {
    const known = operations[name]
    if (known !== undefined) {
      operations[name] = { ...known, errors: [...new Set([...known.errors, ...operation.errors])] }
    } else {
      operations[name] = {
        ...operation,
        input: adopt(operation.input),
        output: operation.output === null ? null : adopt(operation.output),
        signed: !takesToken(sdk, operation.input) && !BY_SECRET.has(name),
      }
    }
  }
  for (const [name, { members = {} }] of Object.entries(sdk.shapes)) {
    const known = shapes[name]
    if (known?.members === undefined) continue
    const added = Object.entries(members).filter(([member]) => known.members?.[member] === undefined)
    if (added.length === 0) continue
    const more = Object.fromEntries(added.map(([member, shape]) => [member, adopt(shape, member)]))
    shapes[name] = { ...known, members: { ...known.members, ...more } }
  }
}

/** A value on one line of TypeScript. */
function line(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(line).join(', ')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const members = Object.entries(value).map(([key, member]) => `${key}: ${line(member)}`)
  return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`
}

function main([file, date]: readonly string[]): void {
  if (file === undefined || !/^\d{4}-\d\d-\d\d$/.test(date ?? '')) throw new Error('usage: make.ts FILE DATE')
  const model: ModelFile = JSON.parse(readFileSync(file, 'utf8'))
  const sdk = readSdk()
  const operations: Operations = Object.fromEntries(
    Object.entries(model.operations).map(([name, { input, output, errors, auth }]) => [
      name,
      { input, output, errors, signed: auth !== 'none' },
    ]),
  )
  const shapes: Shapes = {}
  for (const [name, { exception, ...shape }] of Object.entries(model.shapes)) {
    if (!exception) shapes[name] = { ...shape, ...SEEN[name] }
  }
  addFromSdk(sdk, operations, shapes)
  const sorted = Object.entries(operations).sort(([a], [b]) => (a < b ? -1 : 1))
  const text = `// Made by model/make.ts: do not edit.
// Source: ${model.source}; taken on ${date}.
// Operations and members that it has not: the schema of @aws-sdk/client-cognito-identity-provider ${sdk.version}.
import type { OperationModel, Shape } from './shape.js'

/** Every operation of the service, by name. */
export const operationModels: Readonly<Record<string, OperationModel>> = {
${sorted.map(([name, operation]) => `  ${name}: ${line(operation)},`).join('\n')}
}

/** Every shape of their requests and replies, by name. */
export const shapes: Readonly<Record<string, Shape>> = {
${Object.entries(reachable(operations, shapes))
  .map(([name, shape]) => `  ${name}: ${line(shape)},`)
  .join('\n')}
}
`
  writeFileSync(new URL('../src/service-model/table.ts', import.meta.url), text)
  console.log(`${sorted.length} operations, ${text.length} bytes`)
}

main(process.argv.slice(2))
