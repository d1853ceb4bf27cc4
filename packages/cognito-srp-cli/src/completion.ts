// biome-ignore-all lint/suspicious/noTemplateCurlyInString: those are expansions of the shell
import { COMMANDS, type Command } from './command-table.js'
import { OPTIONS, type Option, type OptionName } from './options.js'
import { FLOWS, KINDS } from './settings.js'

export const SHELLS = ['bash', 'zsh', 'fish'] as const
export type Shell = (typeof SHELLS)[number]
export const isShell = (name: string): name is Shell => (SHELLS as readonly string[]).includes(name)

/** List what may follow an option, where it is one of few words. */
const VALUES: Partial<Record<OptionName, readonly string[]>> = {
  flow: Object.keys(FLOWS),
  'auth-flow': [...new Set(Object.values(FLOWS)), 'ADMIN_USER_PASSWORD_AUTH', 'ADMIN_NO_SRP_AUTH'],
  'first-factor': ['PASSWORD_SRP', 'PASSWORD', 'EMAIL_OTP', 'SMS_OTP'],
  output: ['json', 'yaml', 'text', 'off'],
  token: KINDS,
}

const commands: readonly (readonly [name: string, command: Command])[] = Object.entries(COMMANDS)
const optionsOf = ({ groups }: Command): readonly OptionName[] => groups.flatMap(([, names]) => names)
const option = (name: OptionName): Option => OPTIONS[name]
const takesFile = (name: OptionName) => option(name).value === 'FILE'
/** `--flow|-f`, as a pattern of `case`. */
const pattern = (name: OptionName) => [`--${name}`, ...(option(name).short ? [`-${option(name).short}`] : [])].join('|')
const all = Object.keys(OPTIONS) as OptionName[]
/** Options that take a value of any kind: nothing is offered for it. */
const free = all.filter((name) => option(name).type === 'string' && !VALUES[name] && !takesFile(name))
const choices = Object.entries(VALUES) as [OptionName, readonly string[]][]

/** Return the script that completes commands, options and their values in a shell. */
export function completionScript(shell: Shell): string {
  return `${{ bash, zsh, fish }[shell]().join('\n')}\n`
}

function bash(): string[] {
  return [
    '# bash completion for cognito-srp',
    '_cognito_srp() {',
    '  local current="${COMP_WORDS[COMP_CWORD]}" previous="${COMP_WORDS[COMP_CWORD-1]}" words=""',
    '  COMPREPLY=()',
    '  case "$previous" in',
    ...choices.map(([name, values]) => `    ${pattern(name)}) words="${values.join(' ')}" ;;`),
    `    ${all.filter(takesFile).map(pattern).join('|')}) COMPREPLY=($(compgen -f -- "$current")); return ;;`,
    `    ${free.map(pattern).join('|')}) return ;;`,
    '  esac',
    '  if [ -z "$words" ]; then',
    '    if [ "$COMP_CWORD" -eq 1 ]; then',
    `      words="${[...commands.map(([name]) => name), 'help'].join(' ')} --help --version"`,
    '    else',
    '      case "${COMP_WORDS[1]}" in',
    `        help) words="${commands.map(([name]) => name).join(' ')} settings exit-codes" ;;`,
    ...commands.map(([name, command]) => `        ${name}) words="${words(name, command).join(' ')}" ;;`),
    '      esac',
    '    fi',
    '  fi',
    '  COMPREPLY=($(compgen -W "$words" -- "$current"))',
    '}',
    'complete -F _cognito_srp cognito-srp',
  ]
}

const words = (name: string, command: Command) => [
  ...(name === 'completion' ? SHELLS : []),
  ...optionsOf(command).map((one) => `--${one}`),
]

const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`

function zsh(): string[] {
  const described = (names: readonly (readonly [string, string])[]) =>
    names.map(([name, text]) => quoted(`${name}:${text}`)).join(' ')
  return [
    '#compdef cognito-srp',
    '_cognito_srp() {',
    '  local -a found',
    '  case "${words[CURRENT-1]}" in',
    ...choices.map(([name, values]) => `    ${pattern(name)}) compadd -- ${values.join(' ')}; return ;;`),
    `    ${all.filter(takesFile).map(pattern).join('|')}) _files; return ;;`,
    `    ${free.map(pattern).join('|')}) return ;;`,
    '  esac',
    '  if (( CURRENT == 2 )); then',
    `    found=(${described([...commands.map(([name, { summary }]) => [name, summary] as const), ['help', 'help']])})`,
    '    _describe command found; return',
    '  fi',
    '  case "${words[2]}" in',
    `    help) compadd -- ${commands.map(([name]) => name).join(' ')} settings exit-codes; return ;;`,
    `    completion) compadd -- ${SHELLS.join(' ')}; return ;;`,
    ...commands.map(
      ([name, command]) =>
        `    ${name}) found=(${described(optionsOf(command).map((one) => [`--${one}`, command.notes?.[one] ?? option(one).help]))}) ;;`,
    ),
    '  esac',
    '  _describe option found',
    '}',
    // Loaded by the name of the file from fpath, or by `source`.
    'if [ "$funcstack[1]" = _cognito_srp ]; then _cognito_srp "$@"; else compdef _cognito_srp cognito-srp; fi',
  ]
}

function fish(): string[] {
  const escaped = (text: string) => `'${text.replace(/[\\']/g, '\\$&')}'`
  const begin = 'complete -c cognito-srp'
  const lines = commands.flatMap(([name, command]) => [
    `${begin} -n __fish_use_subcommand -a ${name} -d ${escaped(command.summary)}`,
    ...optionsOf(command).map((one) => {
      const { short, type } = option(one)
      const values = VALUES[one] ? ` -a ${escaped(VALUES[one].join(' '))}` : ''
      const takes = type === 'boolean' ? '' : takesFile(one) ? ' -r -F' : ` -x${values}`
      const help = escaped(command.notes?.[one] ?? option(one).help)
      return `${begin} -n '__fish_seen_subcommand_from ${name}' -l ${one}${short ? ` -s ${short}` : ''}${takes} -d ${help}`
    }),
  ])
  return [
    '# fish completion for cognito-srp',
    `${begin} -f`,
    `${begin} -n __fish_use_subcommand -a help`,
    `${begin} -n '__fish_seen_subcommand_from help' -a '${commands.map(([name]) => name).join(' ')} settings exit-codes'`,
    `${begin} -n '__fish_seen_subcommand_from completion' -a '${SHELLS.join(' ')}'`,
    ...lines,
  ]
}
