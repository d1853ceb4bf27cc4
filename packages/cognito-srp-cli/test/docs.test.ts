import { readdirSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { COMMANDS, type Command, type CommandName } from '../src/command-table.js'
import { OPTIONS, type Option, type OptionName } from '../src/options.js'
import { filesIn } from './files.js'

const path = (name: string) => fileURLToPath(new URL(name, import.meta.url))
const docs = path('../../../docs/')
const guides = readdirSync(docs)
  .filter((name) => /^cli(-\w+)?\.md$/.test(name))
  .map((name) => `${docs}${name}`)
const folder = path('sessions/')
const recorded = readdirSync(folder).map((file) => basename(file, '.txt'))

/** The commands that take an option; those that do not, where they are fewer. */
function commandsOf(name: OptionName): string[] {
  const takes = ([, { groups }]: [CommandName, Command]) => groups.some(([, options]) => options.includes(name))
  const commands = Object.entries(COMMANDS) as [CommandName, Command][]
  const [those, others] = [commands.filter(takes), commands.filter((one) => !takes(one))].map((list) =>
    list.map(([one]) => one),
  ) as [CommandName[], CommandName[]]
  if (others.length === 0) return ['all']
  return others.length < 5 ? [`all but ${others[0]}`, ...others.slice(1)] : those
}

/** The options as a table: what each is called elsewhere, and where it is taken. */
function optionTable(): string {
  const names = Object.keys(OPTIONS) as OptionName[]
  const rows = names.map((name) => {
    const { short, value, env, key, help }: Option = OPTIONS[name]
    const long = `--${name}${value ? ` ${value}` : ''}`
    return [
      [...(short ? [`-${short}`] : []), long].map((one) => `\`${one}\``).join(', '),
      env ? `\`${env}\`` : '',
      key ? `\`${key}\`` : '',
      help,
      commandsOf(name).join(', '),
    ]
  })
  const head = ['option', 'variable', 'in a file', 'meaning', 'commands']
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |\n`).join('')
}

// `-u` puts new ones in, when they were recorded before.
describe.each(guides.map((guide) => [basename(guide), guide]))('docs/%s', (_, guide) => {
  it('shows the sessions that were recorded, and the options that there are', async () => {
    const shown = readFileSync(guide, 'utf8')
      .replace(
        /(<!-- session: ([\w-]+) -->\n\n```text\n)[\s\S]*?(```)/g,
        (_, before, name, after) => `${before}${readFileSync(`${folder}${name}.txt`, 'utf8')}${after}`,
      )
      .replace(/(<!-- options -->\n\n)(\|.*\n)*\n*/, (_, before) => `${before}${optionTable()}\n`)
    await expect(shown).toMatchFileSnapshot(guide)
  })

  it('is short enough to read, recordings aside', () => {
    const text = readFileSync(guide, 'utf8').replace(/```text[\s\S]*?```/g, '')
    expect(text.split('\n').length).toBeLessThanOrEqual(120)
  })
})

describe('the README of the package', () => {
  it('has every command', async () => {
    const readme = path('../README.md')
    const rows = Object.entries(COMMANDS).map(([name, { summary }]) => `| \`${name}\` | ${summary} |\n`)
    const table = ['| command | what it does |\n', '| --- | --- |\n', ...rows].join('')
    const shown = readFileSync(readme, 'utf8').replace(
      /(<!-- commands -->\n\n)(\|.*\n)*\n*/,
      (_, before) => `${before}${table}\n`,
    )
    await expect(shown).toMatchFileSnapshot(readme)
  })
})

describe('the recorded sessions', () => {
  const shown = guides
    .flatMap((guide) => [...readFileSync(guide, 'utf8').matchAll(/<!-- session: ([\w-]+) -->/g)])
    .map(([, name]) => name)

  it('are shown once each, but for those that look like another', () => {
    const alike = ['choose-first-factor', 'email-code', 'set-up-second-factor', 'totp-code', 'wrong-password']
    expect([...shown, ...alike].sort()).toEqual([...recorded].sort())
  })

  it('are all recorded by some scenario still', () => {
    const scenarios = filesIn(path('scenarios/')).map((file) => readFileSync(file, 'utf8'))
    for (const name of recorded) expect(scenarios.join()).toContain(`'${name}'`)
  })
})
