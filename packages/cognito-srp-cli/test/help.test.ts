import { describe, expect, it } from 'vitest'
import { COMMANDS, type CommandName } from '../src/command-table.js'
import { briefOf, helpOf, overview } from '../src/help.js'
import { style } from '../src/style.js'

const plain = style(false)
const names = Object.keys(COMMANDS) as CommandName[]
const headings = (text: string) => text.match(/^[A-Z]\w+:/gm)

describe('the help', () => {
  it('is one screen of 24 lines and 80 columns, with every command', () => {
    const lines = overview(plain, '10.20.30').trimEnd().split('\n')
    expect(lines.length).toBeLessThanOrEqual(24)
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80)
    expect(headings(lines.join('\n'))).toEqual(['Usage:', 'Commands:', 'Options:', 'Examples:'])
    for (const name of names) expect(lines.join('\n')).toMatch(new RegExp(`^  ${name} `, 'm'))
  })

  it.each(names)('%s --help is one screen, and help has every option of it', (name) => {
    const lines = briefOf(plain, name).trimEnd().split('\n')
    expect(lines.length).toBeLessThanOrEqual(24)
    expect(headings(lines.join('\n'))).toEqual(['Usage:', 'Options:', 'Examples:'])
    expect(lines.join('\n')).toMatch(/^ .*--\w/m)
    const whole = helpOf(plain, name)
    for (const line of [...lines, ...whole.split('\n')]) expect(line.length, line).toBeLessThanOrEqual(80)
    for (const option of COMMANDS[name].groups.flatMap(([, options]) => options))
      expect(whole).toMatch(new RegExp(`--${option}\\b`))
  })
})
