// The command line is taken apart by parseArgs of node:util, and judged here. A larger parser was tried and left: commander repeats
// what it does not know, so that `--passwort=hunter2`, or a password in the place of a user name, comes back on the screen and in
// the log. No message of ours repeats a value. The help is made from the same tables, to fit a screen, and so is the completion.
import { parseArgs } from 'node:util'
import { COMMANDS, type CommandName, isCommand } from './command-table.js'
import { usage } from './failure.js'
import { OPTIONS, type Option, type OptionName } from './options.js'

/** A command line: the command, and its options by name. */
export interface Arguments {
  readonly command: CommandName
  readonly values: Partial<Record<OptionName, string | boolean | string[]>>
}

const PASSWORD_ADVICE = [
  'Other users of this machine can read command lines, and your shell keeps them. Instead:',
  '  leave it out, and type it when you are asked;',
  '  --password-stdin reads it from standard input: pass show work | … --password-stdin;',
  '  COGNITO_PASSWORD holds it where no one can type.',
]

const CODE_ADVICE = [
  'Pipe it in: … | cognito-srp sign-in --code -. Or give the secret of the app: --totp-secret-stdin, COGNITO_TOTP_SECRET.',
]

const table: Readonly<Record<string, Option>> = OPTIONS

/** The options of a command. No message repeats a value: it may be a password in the wrong place. */
export function readArguments(args: readonly string[]): Arguments {
  const [command = '', ...rest] = args
  if (!isCommand(command)) {
    throw usage('There is no such command.', ...suggest(command, Object.keys(COMMANDS)), 'See: cognito-srp help')
  }
  const known: string[] = COMMANDS[command].groups.flatMap(([, names]) => names)
  const options = Object.fromEntries(
    known.map((name) => {
      const { type, short } = table[name] as Option
      const multiple = multipleIn(command, name)
      return [name, { type, ...(short && { short }), ...(multiple && { multiple }) }]
    }),
  )
  const { tokens } = parseArgs({ args: rest, options, strict: false, tokens: true })
  const values: Record<string, string | boolean | string[]> = {}
  for (const token of tokens) {
    if (token.kind === 'option-terminator') continue
    if (token.kind === 'positional') {
      // `--generate-cli-skeleton input`, as the AWS CLI has it.
      if (values['generate-cli-skeleton'] && token.value === 'input') continue
      if (values.username !== undefined)
        throw usage('One user name is enough: there is another word on the command line.')
      if (!token.value) throw usage('The user name is empty.')
      values.username = token.value
      continue
    }
    const { name, rawName, value, inlineValue } = token
    if (/^pass(word|wd)?$/i.test(name))
      throw usage(`${rawName} is not taken: a command line is no place for a password.`, ...PASSWORD_ADVICE)
    if (/^client-?secret$/i.test(name) && !known.includes(name)) {
      throw usage(
        `${rawName} is not taken: a command line is no place for a secret.`,
        'Instead: COGNITO_CLIENT_SECRET, --client-secret-file FILE, or type it when you are asked.',
      )
    }
    if (!known.includes(name)) throw unknown(rawName, command, known)
    const { type } = table[name] as Option
    const multiple = multipleIn(command, name)
    if (type === 'boolean') {
      if (inlineValue && name !== 'generate-cli-skeleton') throw usage(`${rawName} takes no value.`)
      values[name] = true
      continue
    }
    if (!value) throw usage(`${rawName} needs a value.`)
    if (name === 'code') {
      if (value !== '-') throw usage('--code takes - alone: a command line is no place for a code.', ...CODE_ADVICE)
    } else if (!inlineValue && value.startsWith('-')) {
      throw usage(
        `${rawName} needs a value, and an option follows.`,
        `If the value begins with a dash, write ${rawName}=…`,
      )
    }
    if (!multiple && values[name] !== undefined) throw usage(`--${name} is given twice.`)
    values[name] = multiple ? [...((values[name] as string[] | undefined) ?? []), value] : value
  }
  return { command, values }
}

/** The AWS CLI takes all pairs of --client-metadata in one value; sign-in takes one a value. */
const multipleIn = (command: CommandName, name: string): true | undefined =>
  isOneRequest(command) ? undefined : (table[name] as Option).multiple

/** Tell whether a command sends one request, as the AWS CLI does. */
export const isOneRequest = (command: CommandName): boolean => command === 'initiate' || command === 'respond'

function unknown(rawName: string, command: string, known: readonly string[]) {
  const advice = suggest(
    rawName,
    known.map((name) => `--${name}`),
  )
  return usage(`${command} has no option ${shown(rawName)}.`, ...advice, `See: cognito-srp ${command} --help`)
}

/** Return the text if it looks like a name, so that a secret in the wrong place is not printed. */
const shown = (name: string) => (/^-{1,2}[a-z-]{1,24}$/.test(name) ? name : 'by that name')

/** The nearest name, if it is near: a slip of the finger or two. */
function suggest(typed: string, names: readonly string[]): string[] {
  const [best] = names
    .map((name) => ({ name, distance: distance(typed, name) }))
    .sort((a, b) => a.distance - b.distance)
  return best && best.distance <= Math.max(2, best.name.length / 4) ? [`Did you mean ${best.name}?`] : []
}

/** Levenshtein's distance. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1]
    for (let j = 0; j < b.length; j++) {
      const change = (row[j] ?? 0) + (b[j] === letter ? 0 : 1)
      next.push(Math.min(change, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1))
    }
    row = next
  }
  return row[b.length] ?? 0
}

/** `NAME=VALUE` texts as an object. */
export function pairs(
  texts: string | boolean | readonly string[] | undefined,
  option: OptionName,
): Record<string, string> {
  const list = Array.isArray(texts) ? (texts as readonly string[]) : []
  return Object.fromEntries(
    list.map((text) => {
      const at = text.indexOf('=')
      if (at < 1) throw usage(`--${option} expects NAME=VALUE.`)
      return [text.slice(0, at), text.slice(at + 1)]
    }),
  )
}
