import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { AuthFlowType, ChallengeNameType } from '@aws-sdk/client-cognito-identity-provider'
import { describe, expect, it } from 'vitest'

const folder = fileURLToPath(new URL('..', import.meta.url))
const readme = readFileSync(`${folder}/README.md`, 'utf8')
const table = readme.slice(readme.indexOf('## Which test plays what'))
const rows = table.split('\n').filter((line) => /^\| (?!flow or|---)/.test(line))

describe('the table of tests in the README', () => {
  it.each(rows)('%s', (row) => {
    const [, what = '', by = ''] = row.split('|')
    const files = [...by.matchAll(/\]\(([^)]+)\)/g)].map(([, file = '']) => file)
    expect(files).not.toEqual([])
    for (const file of files) expect(existsSync(`${folder}/${file}`), file).toBe(true)
    // A name of the service in the left column must occur in a test named in the right one, or in what runs it.
    const sources = [...files, 'test/transports.ts'].map((file) => readFileSync(`${folder}/${file}`, 'utf8')).join('\n')
    for (const [name] of what.matchAll(/\b[A-Z]+(?:_[A-Z]+)+\b/g)) {
      expect(sources, `${name} in ${files.join(', ')}`).toContain(name)
    }
  })

  it.each([...Object.values(AuthFlowType), ...Object.values(ChallengeNameType)])('names %s', (name) => {
    if (name === 'REFRESH_TOKEN') return expect(table).toContain('REFRESH_TOKEN_AUTH')
    return expect(table).toMatch(new RegExp(`\\b${name}\\b`))
  })
})
