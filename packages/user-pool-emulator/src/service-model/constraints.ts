import type { Shape } from './shape.js'
import { shapes } from './table.js'

// Texts of the service, as reports of its replies have them:
// - lengths and patterns: amazon-archives/amazon-cognito-identity-js #388, aws/aws-cdk #14175
// - a list with a wrong entry: "Value '[…]' at 'explicitAuthFlows' failed to satisfy constraint: Member must satisfy
//   constraint: [Member must satisfy enum value set: […]]" (aws-solutions/media-insights-on-aws #199)
// - a map: "Map value must satisfy constraint: [Member must have length less than or equal to 50000, Member must have
//   length greater than or equal to 1]" (aws-amplify/amplify-js #10833, of a sister service)
// - the place of an entry: 'schema.1.member.name' (aws/aws-cdk #14699)

/** Find a shape of the service's model by name. */
export function shapeOf(name: string | undefined): Shape {
  const shape = name === undefined ? undefined : shapes[name]
  if (shape === undefined) throw new Error(`${name}: no such shape in the service's model`)
  return shape
}

/** The white space that `\s` stands for in Java. */
const JAVA_SPACE = '\\t\\n\\v\\f\\r '
const compiled = new Map<string, RegExp>()

function matches(pattern: string, value: string): boolean {
  let expression = compiled.get(pattern)
  if (expression === undefined) {
    const translated = pattern
      .replaceAll('[\\S]', `[^${JAVA_SPACE}]`)
      .replaceAll('\\s', JAVA_SPACE)
      .replace('(?s).*', '[^]*')
    expression = new RegExp(`^(?:${translated})$`, 'u')
    compiled.set(pattern, expression)
  }
  return expression.test(value)
}

// Some patterns take quadratic time or worse where they do not match.
const LONGEST_MATCHED = 512

const least = ({ min, type }: Shape): string =>
  `Member must have ${type === 'integer' || type === 'long' ? 'value' : 'length'} greater than or equal to ${min}`
const most = ({ max, type }: Shape): string =>
  `Member must have ${type === 'integer' || type === 'long' ? 'value' : 'length'} less than or equal to ${max}`
const patternText = ({ pattern }: Shape): string => `Member must satisfy regular expression pattern: ${pattern}`
const enumText = (values: readonly string[]): string => `Member must satisfy enum value set: [${values.join(', ')}]`

const sizeOf = (value: unknown): number => {
  if (typeof value === 'number') return value
  if (typeof value === 'string' || Array.isArray(value)) return value.length
  return Object.keys(value as object).length
}

/** List the constraints that a value of the right type breaks: smallest, largest, pattern, enum. */
export function brokenConstraints(shape: Shape, value: unknown): readonly string[] {
  const broken: string[] = []
  const { min, max, pattern } = shape
  const size = shape.type === 'structure' || shape.type === 'boolean' ? 0 : sizeOf(value)
  if (min !== undefined && size < min) broken.push(least(shape))
  if (max !== undefined && size > max) broken.push(most(shape))
  if (typeof value === 'string') {
    const testable = value.length <= Math.max(LONGEST_MATCHED, max ?? Number.POSITIVE_INFINITY)
    if (pattern !== undefined && testable && !matches(pattern, value)) broken.push(patternText(shape))
    if (shape.enum !== undefined && !shape.enum.includes(value)) broken.push(enumText(shape.enum))
  }
  return broken
}

/** Name every constraint of a shape, in the order in which the service names them for the entries of a list or map. */
export function allConstraints(shape: Shape): string {
  const texts = [
    ...(shape.max === undefined ? [] : [most(shape)]),
    ...(shape.min === undefined ? [] : [least(shape)]),
    ...(shape.pattern === undefined ? [] : [patternText(shape)]),
    ...(shape.enum === undefined ? [] : [enumText(shape.enum)]),
  ]
  return `[${texts.join(', ')}]`
}
