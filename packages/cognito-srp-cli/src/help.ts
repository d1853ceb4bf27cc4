import { COMMANDS, type Command, type CommandName, OPTIONS, type Option, type OptionName } from './options.js'
import type { Style } from './style.js'

const EXIT_CODES = [
  ['0', 'done'],
  ['1', 'refused: wrong password or code, expired token, disabled account'],
  ['2', 'wrong option, environment or configuration, or the app client does not allow it'],
  ['3', 'no answer from the service, or none that makes sense'],
  ['4', 'somebody must be asked and there is no terminal, or it takes a browser'],
  ['70', 'a mistake of this program'],
  ['130', 'interrupted'],
] as const

/** The text of `help` and of `--help` without a command. */
export function overview(style: Style, version: string): string {
  const width = Math.max(...Object.keys(COMMANDS).map((name) => name.length))
  const commands = Object.entries(COMMANDS).map(([name, { summary }]) => row(style, name.padEnd(width), summary))
  return [
    `${style.bold('cognito-srp')} ${version}: tokens of an Amazon Cognito user pool, in a terminal`,
    '',
    `${style.bold('Usage:')} cognito-srp COMMAND [options]`,
    '',
    ...commands,
    row(style, 'help'.padEnd(width), 'this text; help COMMAND for one of them'),
    '',
    style.bold('Begin here'),
    '  cognito-srp sign-in ada@example.com -p us-east-1_AbCdEfGhI -c 1example23456789',
    '',
    style.bold('Type less'),
    '  Put what stays the same into ./cognito.json, or into the environment (help sign-in has the names):',
    '',
    '  {',
    '    "userPoolId": "us-east-1_AbCdEfGhI", "clientId": "1example23456789",',
    '    "profiles": { "local": { "userPoolId": "us-east-1_Emulator0", "clientId": "web",',
    '                             "endpoint": "http://127.0.0.1:9229" } }',
    '  }',
    '',
    '  An option counts before a profile named by --profile, that before the environment, that before the file.',
    '',
    style.bold('Exit codes'),
    ...EXIT_CODES.map(([code, meaning]) => row(style, code.padEnd(3), meaning)),
    '',
    'Tokens go to standard output, everything else to standard error.',
    '',
  ].join('\n')
}

/** The text of `help COMMAND` and `COMMAND --help`. */
export function helpOf(style: Style, name: CommandName): string {
  const command: Command = COMMANDS[name]
  const shown = command.groups.flatMap(([, options]) => options)
  const width = Math.max(...shown.map((option) => left(option).length))
  const groups = command.groups.flatMap(([title, options]) => [
    '',
    style.bold(title),
    ...options.flatMap((option) => {
      const { help, env }: Option = OPTIONS[option]
      const text = `  ${style.cyan(left(option).padEnd(width))}  ${command.notes?.[option] ?? help}`
      if (!env) return [text]
      const variable = style.dim(`[${env}]`)
      // Beside it where both fit into the width of a page, else below.
      const fits = width + help.length + env.length < 94
      return fits ? [`${text} ${variable}`] : [text, `  ${' '.repeat(width)}  ${variable}`]
    }),
  ])
  return [
    `${style.bold('Usage:')} cognito-srp ${command.usage}`,
    '',
    command.about,
    ...groups,
    '',
    style.bold('Examples'),
    ...command.examples.map((example) => `  ${example}`),
    '',
  ].join('\n')
}

function left(name: OptionName): string {
  const { short, value }: Option = OPTIONS[name]
  return `${short ? `-${short}, ` : '    '}--${name}${value ? ` ${value}` : ''}`
}

const row = (style: Style, name: string, text: string) => `  ${style.cyan(name)}  ${text}`
