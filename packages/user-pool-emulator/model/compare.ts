import type { OperationModel, Shape } from '../src/service-model/shape.js'
import type { SdkModel } from './sdk.js'

/** The table of the service's model. */
export interface Table {
  readonly operations: Readonly<Record<string, OperationModel>>
  readonly shapes: Readonly<Record<string, Shape>>
}

const NUMBERS = ['integer', 'long']

/** The way that a member's type shows in both: the SDK knows no long, and calls every enum a string. */
function typeOf(shapes: Readonly<Record<string, Shape>>, name: string): string {
  const shape = shapes[name]
  if (shape === undefined) return 'nothing'
  if (NUMBERS.includes(shape.type)) return 'number'
  // The model writes a JSON document as a structure without members.
  if (name === 'Document') return 'document'
  if (shape.type === 'list') return `list of ${typeOf(shapes, shape.member ?? '')}`
  if (shape.type === 'map') return `map of ${typeOf(shapes, shape.value ?? '')}`
  return shape.type
}

function structures(table: Table, sdk: SdkModel, name: string): string[] {
  const ours = table.shapes[name]
  const theirs = sdk.shapes[name]
  if (ours?.type !== 'structure' || theirs?.type !== 'structure') return []
  const members = new Set([...Object.keys(ours.members ?? {}), ...Object.keys(theirs.members ?? {})])
  return [...members].flatMap((member) => {
    const path = `${name}.${member}`
    const [mine, other] = [ours.members?.[member], theirs.members?.[member]]
    if (mine === undefined) return [`${path}: only in the SDK`]
    if (other === undefined) return [`${path}: only in the table`]
    const [type, otherType] = [typeOf(table.shapes, mine), typeOf(sdk.shapes, other)]
    if (type !== otherType) return [`${path}: ${type} in the table, ${otherType} in the SDK`]
    const [needed, otherNeeded] = [ours, theirs].map((shape) => (shape.required ?? []).includes(member))
    return needed === otherNeeded ? [] : [`${path}: required in ${needed ? 'the table' : 'the SDK'} only`]
  })
}

function enums(table: Table, sdk: SdkModel): string[] {
  return Object.entries(sdk.enums).flatMap(([name, theirs]) => {
    const ours = table.shapes[name]?.enum
    if (ours === undefined) return []
    return [
      ...theirs.filter((value) => !ours.includes(value)).map((value) => `${name}: ${value} only in the SDK`),
      ...ours.filter((value) => !theirs.includes(value)).map((value) => `${name}: ${value} only in the table`),
    ]
  })
}

function exceptions(table: Table, sdk: SdkModel, name: string): string[] {
  const [ours, theirs] = [table.operations[name], sdk.operations[name]]
  if (ours === undefined) return [`${name}: operation only in the SDK`]
  if (theirs === undefined) return [`${name}: operation only in the table`]
  return theirs.errors
    .filter((error) => !ours.errors.includes(error))
    .map((error) => `${name}: ${error} only in the SDK`)
}

/**
 * Compare the table with an SDK: operations, exceptions, members, types, required members, enums.
 *
 * @param table the table of the service's model
 * @param sdk what `readSdk` found
 * @returns one line for each difference; none when they agree
 */
export function compareModels(table: Table, sdk: SdkModel): string[] {
  const operations = new Set([...Object.keys(table.operations), ...Object.keys(sdk.operations)])
  return [
    ...[...operations].flatMap((name) => exceptions(table, sdk, name)),
    ...Object.keys(table.shapes).flatMap((name) => structures(table, sdk, name)),
    ...enums(table, sdk),
  ]
}
