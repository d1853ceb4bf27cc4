import { COMMANDS, type Command, type CommandName } from './command-table.js'
import { OPTIONS, type Option, type OptionName } from './options.js'
import type { Style } from './style.js'

/** The lines and columns of a terminal as it opens. */
export const SCREEN = { lines: 24, columns: 80 }

const EXIT_CODES = [
  ['0', 'done'],
  ['1', 'refused: wrong password or code, expired token, disabled account'],
  ['2', 'wrong option or setting, or the app client does not allow it'],
  ['3', 'no answer from the service, or none that makes sense'],
  ['4', 'a question without a terminal to ask it at, or it takes a browser'],
  ['70', 'a mistake of this program'],
  ['130', 'interrupted'],
] as const

/** Return the text of `help` and of `--help` without a command: one screen. */
export function overview(style: Style, version: string): string {
  const names = Object.keys(COMMANDS)
  const width = Math.max(...names.map((name) => name.length))
  return text([
    `${style.bold('Usage:')} cognito-srp COMMAND [USERNAME] [options]       (version ${version})`,
    '',
    style.bold('Commands:'),
    ...Object.entries(COMMANDS).map(([name, { summary }]) => row(style, name.padEnd(width), summary)),
    '',
    style.bold('Options:'),
    row(style, 'COMMAND --help'.padEnd(15), 'the options that a command is mostly used with'),
    row(style, 'help COMMAND'.padEnd(15), 'all of them; also: help settings, help exit-codes'),
    '',
    style.bold('Examples:'),
    '  cognito-srp sign-in ada -p us-east-1_AbCdEfGhI -c 1example23456789',
    '  cognito-srp configure && curl -H "$(cognito-srp token --header)" URL',
  ])
}

const TOPICS = {
  settings: (style: Style) => [
    style.bold('Settings'),
    '  Put what stays the same into ./cognito.json, or into the environment',
    '  (help sign-in has the names), or let configure write a profile.',
    '',
    '  {',
    '    "userPoolId": "us-east-1_AbCdEfGhI", "clientId": "1example23456789",',
    '    "profiles": {',
    '      "other": { "userPoolId": "us-east-1_OtherPool", "clientId": "web" }',
    '    }',
    '  }',
    '',
    '  An option counts before a profile named by --profile, that before the',
    '  environment, that before the file.',
    '',
    '  Tokens go to standard output, everything else to standard error.',
  ],
  'exit-codes': (style: Style) => [
    style.bold('Exit codes'),
    ...EXIT_CODES.map(([code, meaning]) => row(style, code.padEnd(3), meaning)),
  ],
} as const
export type Topic = keyof typeof TOPICS
export const isTopic = (name: string): name is Topic => Object.hasOwn(TOPICS, name)

/** Return the text of `help settings` and `help exit-codes`. */
export const topic = (style: Style, name: Topic): string => text(TOPICS[name](style))

/** Options that a command is seldom used with: they come last where a screen is too small for all. */
const SELDOM: ReadonlySet<OptionName> = new Set([
  ...(['username', 'region', 'client-secret-file', 'endpoint-url', 'allow-http', 'config', 'auth-flow'] as const),
  ...(['analytics-metadata', 'context-data', 'issuer', 'attribute', 'client-metadata', 'no-color', 'trace'] as const),
  'help',
])

/** Return the text of `COMMAND --help`: one screen, with the options that fit on it. */
export function briefOf(style: Style, name: CommandName): string {
  const command: Command = COMMANDS[name]
  const head = [...usageOf(style, command), '', style.bold('Options:')]
  const tail = ['', ...examplesOf(style, command, 2)]
  const listed = command.groups.flatMap(([, options]) => options)
  const ordered = [...listed.filter((one) => !SELDOM.has(one)), ...listed.filter((one) => SELDOM.has(one))]
  const width = widthOf(listed)
  // The last line is for what leads to the rest.
  let room = SCREEN.lines - head.length - tail.length - 1
  const shown = new Set<OptionName>()
  for (const option of ordered) {
    const { length } = optionLines(style, command, option, width, false)
    if (length > room) continue
    room -= length
    shown.add(option)
  }
  const options = listed
    .filter((one) => shown.has(one))
    .flatMap((one) => optionLines(style, command, one, width, false))
  const more = shown.size < listed.length ? [`  ${style.dim(`All options: cognito-srp help ${name}`)}`] : []
  return text([...head, ...options, ...more, ...tail])
}

/** Return the text of `help COMMAND`: every option, with its environment variable. */
export function helpOf(style: Style, name: CommandName): string {
  const command: Command = COMMANDS[name]
  const width = widthOf(command.groups.flatMap(([, options]) => options))
  const groups = command.groups.flatMap(([title, options]) => [
    '',
    style.bold(`Options: ${title.charAt(0).toLowerCase()}${title.slice(1)}`),
    ...options.flatMap((option) => optionLines(style, command, option, width, true)),
  ])
  return text([...usageOf(style, command), ...groups, '', ...examplesOf(style, command, command.examples.length)])
}

const usageOf = (style: Style, { usage, about }: Command): string[] => [
  `${style.bold('Usage:')} cognito-srp ${usage}`,
  '',
  ...wrapped(about.replaceAll('\n', ' '), SCREEN.columns),
]

const examplesOf = (style: Style, { examples }: Command, most: number): string[] => [
  style.bold('Examples:'),
  ...examples.slice(0, most).flatMap((example) => {
    if (example.length + 2 <= SCREEN.columns) return [`  ${example}`]
    const at = Math.max(
      example.lastIndexOf(' && ', SCREEN.columns - 4) + 3,
      example.lastIndexOf(' -', SCREEN.columns - 4),
    )
    return [`  ${example.slice(0, at)} \\`, `    ${example.slice(at).trimStart()}`]
  }),
]

const widthOf = (options: readonly OptionName[]) => Math.max(...options.map((option) => left(option).length))

function optionLines(style: Style, command: Command, name: OptionName, width: number, withVariable: boolean): string[] {
  const { help, env }: Option = OPTIONS[name]
  const lines = wrapped(command.notes?.[name] ?? help, SCREEN.columns - width - 4)
  const variable = withVariable && env ? [style.dim(`[${env}]`)] : []
  const [first = '', ...rest] = [...lines, ...variable]
  const indent = ' '.repeat(width + 4)
  return [`  ${style.cyan(left(name).padEnd(width))}  ${first}`, ...rest.map((line) => `${indent}${line}`)]
}

/** Break a text at blanks, so that no line is longer than `columns`. */
function wrapped(long: string, columns: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of long.split(' ')) {
    if (line && line.length + 1 + word.length > columns) {
      lines.push(line)
      line = word
    } else line = line ? `${line} ${word}` : word
  }
  return [...lines, line]
}

function left(name: OptionName): string {
  const { short, value }: Option = OPTIONS[name]
  return `${short ? `-${short}, ` : '    '}--${name}${value ? ` ${value}` : ''}`
}

const row = (style: Style, name: string, meaning: string) => `  ${style.cyan(name)}  ${meaning}`
const text = (lines: readonly string[]) => `${lines.join('\n')}\n`
