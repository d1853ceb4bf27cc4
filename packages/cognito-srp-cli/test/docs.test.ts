import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { filesIn } from './files.js'

describe('the sessions of the documents', () => {
  const folder = fileURLToPath(new URL('sessions/', import.meta.url))
  const session = (name: string) => readFileSync(`${folder}${name}.txt`, 'utf8')
  const guide = fileURLToPath(new URL('../../../docs/cli.md', import.meta.url))

  // `-u` puts new ones in, when they were recorded before.
  it('are those that were recorded', async () => {
    const text = readFileSync(guide, 'utf8')
    const block = /(<!-- session: ([\w-]+) -->\n\n```text\n)[\s\S]*?(```)/g
    expect([...text.matchAll(block)]).toHaveLength(11)
    const shown = text.replace(block, (_, before, name, after) => `${before}${session(name)}${after}`)
    await expect(shown).toMatchFileSnapshot(guide)
  })

  it('are all recorded by some scenario still', () => {
    const tests = filesIn(fileURLToPath(new URL('scenarios/', import.meta.url))).map((file) =>
      readFileSync(file, 'utf8'),
    )
    for (const file of readdirSync(folder)) expect(tests.join()).toContain(`'${file.replace('.txt', '')}'`)
  })
})
