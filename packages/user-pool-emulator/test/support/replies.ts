import { expect, onTestFinished } from 'vitest'
import type { Shape } from '../../src/service-model/shape.js'
import { operationModels, shapes } from '../../src/service-model/table.js'

/** Exceptions that the service's protocol has for every operation, whatever its model lists. */
const ANYWHERE = [
  'SerializationException',
  'UnknownOperationException',
  'UnsupportedOperationException',
  'MissingAuthenticationTokenException',
  'RequestEntityTooLargeException',
  'TooManyRequestsException',
  'InternalErrorException',
]

const JSON_TYPES: Readonly<Record<string, string>> = {
  string: 'string',
  blob: 'string',
  integer: 'number',
  long: 'number',
  timestamp: 'number',
  boolean: 'boolean',
}

function differences(name: string, value: unknown, path: string): string[] {
  const shape: Shape | undefined = shapes[name]
  if (shape === undefined) return [`${path}: no shape ${name}`]
  // Document is any JSON; the model writes it as a structure without members.
  if (name === 'Document') return []
  if (shape.type === 'list') {
    if (!Array.isArray(value)) return [`${path}: not a list`]
    return value.flatMap((entry, i) => differences(shape.member ?? '', entry, `${path}[${i}]`))
  }
  if (shape.type === 'structure' || shape.type === 'map') {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return [`${path}: not an object`]
    const missing = (shape.required ?? []).filter((member) => !(member in value))
    return [
      ...missing.map((member) => `${path}.${member}: missing`),
      ...Object.entries(value).flatMap(([key, member]) => {
        const next = shape.type === 'map' ? shape.value : shape.members?.[key]
        return next === undefined ? [`${path}.${key}: not in the model`] : differences(next, member, `${path}.${key}`)
      }),
    ]
  }
  if (typeof value !== JSON_TYPES[shape.type]) return [`${path}: ${JSON.stringify(value)} is no ${shape.type}`]
  if (shape.type === 'integer' && !Number.isInteger(value)) return [`${path}: ${String(value)} is no integer`]
  if (shape.enum !== undefined && !shape.enum.includes(String(value)))
    return [`${path}: ${String(value)} not in the enum`]
  return []
}

/** Compare a reply with the service's model: shape, required members, types, enums, names of exceptions. */
export function compareReply(operation: string, status: number, body: unknown): string[] {
  const model = Object.hasOwn(operationModels, operation) ? operationModels[operation] : undefined
  if (status !== 200) {
    const name = String((body as { readonly __type?: unknown })?.__type)
    const known = [...ANYWHERE, ...(model?.errors ?? [])]
    return known.includes(name) ? [] : [`${operation}: ${name} is not among its exceptions`]
  }
  if (model === undefined) return [`${operation}: no such operation`]
  if (model.output === null) {
    return Object.keys(body as object).length === 0 ? [] : [`${operation}: the reply is not empty`]
  }
  return differences(model.output, body, operation)
}

interface Handler {
  handle(request: Request): Promise<Response>
}

/** The pool, with every reply compared; a test whose replies differ fails at its end. */
export function withComparedReplies(pool: Handler): Handler {
  return {
    async handle(request) {
      const response = await pool.handle(request)
      const target = request.headers.get('x-amz-target') ?? ''
      if (request.method === 'POST' && target !== '') {
        const body: unknown = await response.clone().json()
        const found = compareReply(target.slice(target.indexOf('.') + 1), response.status, body)
        // A hook of this module would be one of the first file alone, where files share their modules.
        if (found.length > 0)
          onTestFinished(() => expect(found, 'a reply that differs from the service’s model').toEqual([]))
      }
      return response
    },
  }
}
