import { describe, expect, it } from 'vitest'
import { OPTIONS } from '../../src/options.js'
import { tableOfOptions } from './table.js'

// That no option of the real `aws` is missing is for aws-cli.slow.test.ts, which asks it.

describe('the table of the options of admin-initiate-auth', () => {
  const rows = tableOfOptions()
  const isOurs = (option: string) => Object.hasOwn(OPTIONS, option.slice(2))

  it('names each option once', () => {
    const all = rows.flatMap(({ options }) => options)
    expect(all.length).toBeGreaterThan(25)
    expect(new Set(all).size).toBe(all.length)
  })

  it.each(rows.map(({ options, ours }) => [options.join(' '), ours, options] as const))(
    'is right on %s: %s',
    (_, ours, options) => {
      // --version is the program's, not of a command.
      const same = /^the same/.test(ours) ? options.filter((one) => one !== '--version') : []
      const named = (ours.match(/--[a-z-]+/g) ?? []).filter((one) => !options.includes(one))
      for (const option of [...same, ...named]) expect(isOurs(option), option).toBe(true)
      if (/^not ours/.test(ours)) for (const option of options) expect(isOurs(option), option).toBe(false)
    },
  )
})
