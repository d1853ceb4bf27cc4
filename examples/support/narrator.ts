// Prints a conversation with the service so that a person can follow it: who says what, and which of it is secret.
import type { CognitoApi } from 'cognito-srp-flows'

const colours = { dim: '2', bold: '1', red: '31', green: '32', yellow: '33', blue: '34', cyan: '36' } as const
const enabled = process.stdout.isTTY === true && !process.env.NO_COLOR

export function paint(colour: keyof typeof colours, text: string): string {
  return enabled ? `\u001b[${colours[colour]}m${text}\u001b[0m` : text
}

/** Shorten a secret or long value: the beginning and the length are enough to follow. */
export function shorten(value: unknown): string {
  if (value instanceof Date) return `${value.toISOString()}`
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return text.length <= 64 ? text : `${text.slice(0, 40)}… (${text.length} characters)`
}

/** One line a field, nested fields indented. */
export function fields(value: object, indent = '     '): string[] {
  return Object.entries(value).flatMap(([name, field]) => {
    if (name === '$metadata' || field === undefined) return []
    if (typeof field === 'object' && field !== null && !Array.isArray(field)) {
      const inner = fields(field, `${indent}  `)
      return inner.length > 0 ? [`${indent}${name}`, ...inner] : []
    }
    return [`${indent}${name.padEnd(28)} ${paint('dim', shorten(field))}`]
  })
}

/** An entry of the conversation, for `--json`. */
export interface Exchange {
  operation: string
  request: Record<string, string>
  reply?: Record<string, string>
  error?: { name: string; message: string }
}

function flat(value: object, prefix = ''): Record<string, string> {
  const entries = Object.entries(value).flatMap(([name, field]): [string, string][] => {
    if (name === '$metadata' || field === undefined) return []
    const path = `${prefix}${name}`
    return typeof field === 'object' && field !== null && !Array.isArray(field)
      ? Object.entries(flat(field, `${path}.`))
      : [[path, shorten(field)]]
  })
  return Object.fromEntries(entries)
}

/** Wrap an API so that every request and reply is told to `say` and kept in `log`. */
export function narrated(api: CognitoApi, say: (line: string) => void, log: Exchange[]): CognitoApi {
  return {
    async call(operation, input, signal) {
      const exchange: Exchange = { operation, request: flat(input) }
      log.push(exchange)
      say(`  ${paint('cyan', '→')} ${paint('bold', operation)}`)
      for (const line of fields(input)) say(line)
      try {
        const reply = (await api.call(operation, input, signal)) as object
        exchange.reply = flat(reply)
        say(
          `  ${paint('green', '←')} ${paint('bold', 'ChallengeName' in reply && reply.ChallengeName ? 'challenge' : 'reply')}`,
        )
        for (const line of fields(reply)) say(line)
        return reply
      } catch (error) {
        const { name, message } = error as Error
        exchange.error = { name, message }
        say(`  ${paint('red', '←')} ${paint('red', name)}: ${message}`)
        throw error
      }
    },
  }
}
