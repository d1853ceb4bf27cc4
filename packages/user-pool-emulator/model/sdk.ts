import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import * as sdk from '@aws-sdk/client-cognito-identity-provider'
import type { OperationModel, Shape } from '../src/service-model/shape.js'

// The installed SDK's own schema: tuples of numbers and names, with functions where one refers to another. It has
// members, types and which of them are required; enums and the exceptions of an operation are in its declarations only.

type Tuple = readonly unknown[]

const PLAIN: Readonly<Record<number, Shape['type']>> = {
  0: 'string',
  1: 'integer',
  2: 'boolean',
  4: 'timestamp',
  15: 'document',
  21: 'blob',
}
const LIST = 64
const MAP = 128
const SENSITIVE = 8

/** The SDK's operations, and every shape that they lead to. Plain values without a name are called `string`, `integer`… */
export interface SdkModel {
  readonly version: string
  readonly operations: Readonly<Record<string, OperationModel>>
  readonly shapes: Readonly<Record<string, Shape>>
  /** values of each enum */
  readonly enums: Readonly<Record<string, readonly string[]>>
}

const folder = join(dirname(createRequire(import.meta.url).resolve('@aws-sdk/client-cognito-identity-provider')), '..')
const declarations = join(folder, 'dist-types')

/** `Member?: SomeEnum | undefined` of every interface, by `Interface.Member`: the schema calls an enum a string. */
function declaredTypes(): ReadonlyMap<string, string> {
  const types = new Map<string, string>()
  for (const file of readdirSync(join(declarations, 'models'))) {
    const source = readFileSync(join(declarations, 'models', file), 'utf8').replace(/\/\*[\s\S]*?\*\//g, '')
    for (const [, name = '', body = ''] of source.matchAll(/interface (\w+)[^{]*\{([\s\S]*?)\n\}/g)) {
      for (const [, member = '', type = ''] of body.matchAll(/(\w+)\??: (\w+)(?:\[\])? \| undefined/g)) {
        types.set(`${name}.${member}`, type)
      }
    }
  }
  return types
}

function errorsOf(operation: string): readonly string[] {
  const source = readFileSync(join(declarations, 'commands', `${operation}Command.d.ts`), 'utf8')
  const named = [...source.matchAll(/@throws \{@link (\w+Exception)\}/g)].map(([, name = '']) => name)
  return [...new Set(named)].filter((name) => name !== 'CognitoIdentityProviderServiceException')
}

/** Read the installed SDK's model of the service. */
export function readSdk(): SdkModel {
  const shapes: Record<string, Shape> = {}
  const exported: Record<string, unknown> = { ...sdk }
  const types = declaredTypes()
  const enums: Record<string, readonly string[]> = {}
  for (const [name, value] of Object.entries(exported)) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) continue
    const values = Object.values(value)
    if (values.length > 0 && values.every((member) => typeof member === 'string')) enums[name] = values
  }

  /** The name of the shape that a schema stands for; notes the shape. */
  const named = (schema: unknown, declared: string | undefined): string => {
    const resolved = typeof schema === 'function' ? schema() : schema
    if (typeof resolved === 'number') return ofNumber(resolved, declared)
    if (!Array.isArray(resolved)) throw new Error(`schema: unknown form ${String(resolved)}`)
    // [reference, traits] of a member
    if (typeof resolved[0] === 'function') return named(resolved[0], declared)
    return ofTuple(resolved)
  }
  const ofNumber = (code: number, declared: string | undefined): string => {
    if (code >= MAP)
      return note(`${ofNumber(code - MAP, undefined)}Map`, { type: 'map', key: 'string', value: 'string' })
    if (code >= LIST) {
      const member = ofNumber(code - LIST, declared)
      return note(`${member}List`, { type: 'list', member })
    }
    const type = PLAIN[code]
    if (type === undefined) throw new Error(`schema: unknown type ${code}`)
    const values = declared === undefined ? undefined : enums[declared]
    if (type === 'string' && declared !== undefined && values !== undefined)
      return note(declared, { type, enum: values })
    return note(type, { type })
  }
  const note = (name: string, shape: Shape): string => {
    shapes[name] ??= shape
    return name
  }
  const ofTuple = ([kind, , name, traits, first, second, required]: Tuple): string => {
    if (typeof name !== 'string') throw new Error('schema: a shape without a name')
    if (shapes[name] !== undefined) return name
    const sensitive = traits === SENSITIVE ? { sensitive: true } : {}
    if (kind === 0) {
      const type = PLAIN[Number(first)]
      if (type === undefined) throw new Error(`schema: unknown type of ${name}`)
      return note(name, { type, ...sensitive })
    }
    if (kind === 1) {
      shapes[name] = { type: 'list', ...sensitive }
      shapes[name] = { type: 'list', ...sensitive, member: named(first, undefined) }
    } else if (kind === 2) {
      shapes[name] = { type: 'map', ...sensitive, key: named(first, undefined), value: named(second, undefined) }
    } else {
      // Noted before its members: a structure may hold itself.
      shapes[name] = { type: 'structure', ...sensitive }
      const names = first as readonly string[]
      const schemas = second as Tuple
      const members = names.map((member, i) => [member, named(schemas[i], types.get(`${name}.${member}`))])
      shapes[name] = {
        type: 'structure',
        ...sensitive,
        required: names.slice(0, Number(required ?? 0)),
        members: Object.fromEntries(members),
      }
    }
    return name
  }

  const operations: Record<string, OperationModel> = {}
  for (const schema of Object.values(exported)) {
    if (!Array.isArray(schema) || schema[0] !== 9) continue
    const [, , name, , input, output] = schema
    operations[name] = {
      input: named(input, undefined),
      output: typeof output === 'function' && output() === 'unit' ? null : named(output, undefined),
      errors: errorsOf(name),
      signed: true,
    }
  }
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  return { version, operations, shapes, enums }
}
