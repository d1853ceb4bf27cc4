import { usage } from '../failure.js'
import type { Io } from '../io.js'
import type { Settings } from '../settings.js'
import { guarded, printableJson } from '../style.js'

const FORMATS = ['json', 'text', 'yaml', 'off'] as const

/** Check --output and --query before a request is sent: a reply that cannot be printed is lost, and its session with it. */
export async function checkOutput(settings: Settings): Promise<void> {
  const format = settings.option('output') ?? 'json'
  if (!FORMATS.some((one) => one === format))
    throw usage(`There is no output ${format}.`, `Outputs: ${FORMATS.join(', ')}`)
  const query = settings.option('query')
  // Of no reply yet: that a function finds nothing of its type says nothing.
  if (query !== undefined) await pick(query, {}, /^JMESPathTypeError$/)
}

/** Print a reply as the AWS CLI does: the part that --query picks, in the format that --output names. */
export async function printReply(io: Io, settings: Settings, reply: unknown): Promise<void> {
  const format = settings.option('output') ?? 'json'
  const query = settings.option('query')
  const value = query === undefined ? reply : await pick(query, reply)
  if (format === 'off') return
  if (format === 'text') return void io.stdout.write(guarded(textOf(value)))
  if (format === 'yaml') return void io.stdout.write(guarded(`${yamlOf(value, '')}\n`))
  io.stdout.write(`${printableJson(value ?? null)}\n`)
}

async function pick(query: string, reply: unknown, passedOver?: RegExp): Promise<unknown> {
  const { search } = await import('@aws-lambda-powertools/jmespath')
  try {
    return search(query, JSON.parse(JSON.stringify(reply)))
  } catch (error) {
    if (error instanceof Error && passedOver?.test(error.name)) return undefined
    throw usage(
      `--query: ${error instanceof Error ? error.message : 'not an expression'}`,
      'The language is JMESPath: https://jmespath.org',
    )
  }
}

const isScalar = (value: unknown) => typeof value !== 'object' || value === null
const scalar = (value: unknown) =>
  value === null || value === undefined ? 'None' : value === true ? 'True' : value === false ? 'False' : String(value)

const line = (cells: readonly string[]) => `${cells.join('\t')}\n`

/** As `aws --output text`: scalars between tabs, in the order of their names; structures below under their name. */
function textOf(value: unknown, name?: string): string {
  if (isScalar(value)) return line([scalar(value)])
  return Array.isArray(value) ? textOfList(value, name) : textOfStructure(value as object, name)
}

function textOfList(list: readonly unknown[], name: string | undefined): string {
  const structures = list.filter((one) => !isScalar(one) && !Array.isArray(one)) as object[]
  if (structures.length > 0) {
    // The same columns for all of them, empty where one lacks the member.
    const scalars = structures.flatMap((one) => Object.entries(one).filter(([, inner]) => isScalar(inner)))
    const columns = [...new Set(scalars.map(([column]) => column))].sort()
    return list
      .map((one) => (structures.includes(one as object) ? textOfStructure(one as object, name, columns) : textOf(one)))
      .join('')
  }
  const scalars = list.filter(isScalar).map(scalar)
  const lines = name === undefined ? [scalars] : scalars.map((one) => [name.toUpperCase(), one])
  const rest = list.filter((one) => !isScalar(one)).map((one) => textOf(one, name))
  return (scalars.length > 0 ? lines : []).map(line).concat(rest).join('')
}

function textOfStructure(structure: object, name: string | undefined, columns?: readonly string[]): string {
  const entries = Object.entries(structure).sort(([a], [b]) => (a < b ? -1 : 1))
  const scalars = new Map(entries.filter(([, one]) => isScalar(one)).map(([key, one]) => [key, scalar(one)]))
  const cells = [...(columns ?? scalars.keys())].map((key) => scalars.get(key) ?? '')
  const below = entries.filter(([, one]) => !isScalar(one)).map(([key, one]) => textOf(one, key))
  return (cells.length > 0 ? line(name === undefined ? cells : [name.toUpperCase(), ...cells]) : '') + below.join('')
}

function yamlOf(value: unknown, indent: string): string {
  // Every JSON text is YAML: quoted texts need no rules of their own.
  if (isScalar(value)) return JSON.stringify(value ?? null)
  const entries = Array.isArray(value) ? value.map((one) => ['-', one] as const) : Object.entries(value as object)
  if (entries.length === 0) return Array.isArray(value) ? '[]' : '{}'
  return entries
    .map(([name, one]) => {
      const key = name === '-' && Array.isArray(value) ? '-' : `${/^[\w-]+$/.test(name) ? name : JSON.stringify(name)}:`
      const empty = !isScalar(one) && Object.keys(one as object).length === 0
      return isScalar(one) || empty
        ? `${indent}${key} ${yamlOf(one, '')}`
        : `${indent}${key}\n${yamlOf(one, `${indent}  `)}`
    })
    .join('\n')
}
