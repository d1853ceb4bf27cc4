// docs/emulator-evidence.md: each line names a test that there is, and each test of this folder stands in a line.
import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8')
const page = read('../../../../docs/emulator-evidence.md')
const lines = [...page.matchAll(/^\| .+ \| .+ \| \[(.+)\]\(\.\.\/(.+)\) \|$/gm)].map(([, title = '', file = '']) => ({
  title,
  file,
}))
const titlesIn = (text: string): string[] =>
  [...text.matchAll(/^ *(?:it|describe)(?:\.each\([\s\S]*?\n?\]( as const)?\))?\(\s*(['"`])(.+?)\2,/gm)].map(
    ([, , , title = '']) => title,
  )

it('each line names a test that there is', () => {
  expect(lines.length).toBeGreaterThan(40)
  for (const { title, file } of lines) {
    const titles = titlesIn(read(`../../../../${file}`))
    expect(
      titles.some((found) => found.includes(title)),
      `${file}: ${title}`,
    ).toBe(true)
  }
})

it('each test of this folder stands in a line', () => {
  const files = readdirSync(new URL('.', import.meta.url)).filter((name) => name !== 'complete.test.ts')
  for (const name of files) {
    const text = read(name)
    const named = lines.filter(({ file }) => file.endsWith(`evidence/${name}`)).map(({ title }) => title)
    const groups = [...text.matchAll(/^describe\((['"`])(.+?)\1,[\s\S]*?^}\)$/gm)].map(([whole, , title = '']) => ({
      whole,
      title,
    }))
    for (const title of titlesIn(text)) {
      const group = groups.find(({ whole }) => whole.includes(title))
      // A group that a line names stands for its tests; one whose tests are named needs no line of its own.
      const known = [title, group?.title ?? ''].some((found) => named.some((line) => found.includes(line)))
      expect(known || groups.some((found) => found.title === title), `${name}: ${title}`).toBe(true)
    }
  }
})
