import { usage } from '../failure.js'
import type { Io } from '../io.js'
import type { Settings } from '../settings.js'
import { guarded, printableJson } from '../style.js'

const FORMATS = ['json', 'text', 'yaml', 'off'] as const

/** Print a reply as the AWS CLI does: the part that --query picks, in the format that --output names. */
export async function printReply(io: Io, settings: Settings, reply: unknown): Promise<void> {
  const format = settings.option('output') ?? 'json'
  if (!FORMATS.some((one) => one === format))
    throw usage(`There is no output ${format}.`, `Outputs: ${FORMATS.join(', ')}`)
  const query = settings.option('query')
  const value = query === undefined ? reply : await pick(query, reply)
  if (format === 'off') return
  if (format === 'text') return void io.stdout.write(guarded(textOf(value)))
  if (format === 'yaml') return void io.stdout.write(guarded(`${yamlOf(value, '')}\n`))
  io.stdout.write(`${printableJson(value ?? null)}\n`)
}

async function pick(query: string, reply: unknown): Promise<unknown> {
  const { search } = await import('@aws-lambda-powertools/jmespath')
  try {
    return search(query, JSON.parse(JSON.stringify(reply)))
  } catch (error) {
    throw usage(
      `--query: ${error instanceof Error ? error.message : 'not an expression'}`,
      'The language is JMESPath: https://jmespath.org',
    )
  }
}

const isScalar = (value: unknown) => typeof value !== 'object' || value === null
const scalar = (value: unknown) =>
  value === null || value === undefined ? 'None' : value === true ? 'True' : value === false ? 'False' : String(value)

/** As `aws --output text`: scalars between tabs, in the order of their names; structures below under their name. */
function textOf(value: unknown, name?: string): string {
  const label = name ? [name.toUpperCase()] : []
  if (isScalar(value)) return `${[...label, scalar(value)].join('\t')}\n`
  if (Array.isArray(value)) {
    if (value.every(isScalar)) return value.length ? `${[...label, ...value.map(scalar)].join('\t')}\n` : ''
    return value.map((one) => textOf(one, name)).join('')
  }
  const entries = Object.entries(value as object).sort(([a], [b]) => (a < b ? -1 : 1))
  const scalars = entries.filter(([, one]) => isScalar(one)).map(([, one]) => scalar(one))
  const line = scalars.length || label.length ? `${[...label, ...scalars].join('\t')}\n` : ''
  return (
    line +
    entries
      .filter(([, one]) => !isScalar(one))
      .map(([inner, one]) => textOf(one, inner))
      .join('')
  )
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
