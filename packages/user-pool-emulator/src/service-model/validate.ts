import { invalidParameter } from '../config/errors.js'
import { allConstraints, brokenConstraints, shapeOf } from './constraints.js'
import type { OperationModel, Shape } from './shape.js'
import { checkTypes, own } from './types.js'

// The service checks a request against its model before it looks anything up. Sensitive values are not shown: "Value at
// 'password' failed to satisfy constraint: …", "Value '…' at 'userPoolId' failed…" (amazon-cognito-identity-js #388,
// anomalyco/guide #127, boto/boto3 #2951). Several violations are counted and joined by "; ", those of 'password' before
// those of 'username' (#388), hence in the order of the names.

const lowerFirst = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1)

function show(shape: Shape, value: unknown, hidden: boolean): string {
  if (value === null || value === undefined) return 'Value null'
  if (hidden || shape.sensitive) return 'Value'
  if (!Array.isArray(value)) return `Value '${typeof value === 'object' ? '{…}' : value}'`
  const entry = shapeOf(shape.member)
  if (entry.sensitive || entry.type === 'structure') return 'Value'
  return `Value '[${value.join(', ')}]'`
}

/** One pass over a request: collects the violations, in the service's words. */
class Pass {
  readonly violations: string[] = []

  #report(shape: Shape, value: unknown, path: string, hidden: boolean, constraint: string): void {
    this.violations.push(`${show(shape, value, hidden)} at '${path}' failed to satisfy constraint: ${constraint}`)
  }

  visit(name: string, value: unknown, path: string, hidden: boolean): void {
    const shape = shapeOf(name)
    for (const constraint of brokenConstraints(shape, value)) this.#report(shape, value, path, hidden, constraint)
    const within = hidden || shape.sensitive === true
    if (shape.type === 'structure') this.#members(shape, value as Readonly<Record<string, unknown>>, path, within)
    if (shape.type === 'list') this.#entries(shape, value as readonly unknown[], path, within)
    if (shape.type === 'map') this.#pairs(shape, value as Readonly<Record<string, unknown>>, path, within)
  }

  #members(shape: Shape, value: Readonly<Record<string, unknown>>, path: string, hidden: boolean): void {
    const { members = {}, required = [] } = shape
    for (const name of Object.keys(members).sort()) {
      const member = own(value, name)
      const at = path === '' ? lowerFirst(name) : `${path}.${lowerFirst(name)}`
      if (member !== undefined && member !== null) this.visit(members[name] ?? '', member, at, hidden)
      else if (required.includes(name)) {
        this.#report(shapeOf(members[name]), null, at, hidden, 'Member must not be null')
      }
    }
  }

  #entries(shape: Shape, values: readonly unknown[], path: string, hidden: boolean): void {
    const entry = shapeOf(shape.member)
    const isPlain = entry.type !== 'structure' && entry.type !== 'list' && entry.type !== 'map'
    if (isPlain && values.some((value) => value !== null && brokenConstraints(entry, value).length > 0)) {
      this.#report(shape, values, path, hidden, `Member must satisfy constraint: ${allConstraints(entry)}`)
    }
    for (const [i, value] of values.entries()) {
      const at = `${path}.${i + 1}.member`
      if (value === null) this.#report(entry, null, at, hidden, 'Member must not be null')
      else if (!isPlain) this.visit(shape.member ?? '', value, at, hidden)
    }
  }

  // A null value stands for an absent key: amazon-cognito-identity-js sends `"DEVICE_KEY": null`.
  #pairs(shape: Shape, pairs: Readonly<Record<string, unknown>>, path: string, hidden: boolean): void {
    const key = shapeOf(shape.key)
    const value = shapeOf(shape.value)
    const present = Object.entries(pairs).filter(([, member]) => member !== null)
    if (present.some(([name]) => brokenConstraints(key, name).length > 0)) {
      this.#report(shape, pairs, path, hidden, `Map keys must satisfy constraint: ${allConstraints(key)}`)
    }
    if (value.type === 'structure') {
      for (const [name, member] of present) this.visit(shape.value ?? '', member, `${path}.${name}.member`, hidden)
    } else if (present.some(([, member]) => brokenConstraints(value, member).length > 0)) {
      this.#report(shape, pairs, path, hidden, `Map value must satisfy constraint: ${allConstraints(value)}`)
    }
  }
}

/**
 * Check a request against the service's model: JSON types first, then every constraint.
 *
 * @param operation the operation as the model has it
 * @param fields the members of the request
 * @throws ServiceError SerializationException for a wrong JSON type
 * @throws ServiceError InvalidParameterException that counts and names every violation
 */
export function validateRequest(operation: OperationModel, fields: Readonly<Record<string, unknown>>): void {
  checkTypes(operation.input, fields)
  const pass = new Pass()
  pass.visit(operation.input, fields, '', false)
  const { violations } = pass
  if (violations.length === 0) return
  const count = `${violations.length} validation error${violations.length === 1 ? '' : 's'} detected`
  throw invalidParameter(`${count}: ${violations.join('; ')}`)
}
