// The code blocks of a document, with what is said about each of them. A block may have a file name after its language
// (```ts sign-in.ts): that is the file a reader saves it as. HTML comments right above it say how it is tried:
//   <!-- background: TEXT -->     the command goes on running; it is ready once it has printed TEXT
//   <!-- types: TEXT -->          the newest code of the emulator is typed once the command has printed TEXT
//   <!-- fails: N -->             the command ends with exit code N
//   <!-- needs: PACKAGES -->      are installed before, where the reader of such a page has them
//   <!-- given: CODE -->          runs before the block; <!-- calls: CODE --> after it
//   <!-- run by: PATH -->         that test runs it
//   <!-- from: PATH -->           it is an excerpt of that file, which its own test runs
//   <!-- not run: REASON -->      and why not; with `not compiled` a TypeScript block is not type-checked either
// A comment of its own, <!-- then: PATH -->, is a script of ours that does what the text tells a person to do.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { globSync } from '../workspace/glob.mjs'
import { root } from '../workspace/run.mjs'

const MARKS = ['background', 'types', 'fails', 'needs', 'given', 'calls', 'run by', 'from', 'not run', 'not compiled']

/** Every Markdown file of the repository. */
export const documents = [
  ...globSync('*.md'),
  ...globSync('packages/*/*.md'),
  ...['bench', 'conformance', 'conformance/*', 'examples', 'vectors'].flatMap((folder) => globSync(`${folder}/*.md`)),
  ...globSync('docs/**/*.md'),
]

/**
 * @returns `{ place, language, name, text, marks, output }` each, in order; a step of ours is `{ place, then }`. `output`
 * is what a command is to print: the block of `text` right below it.
 */
export function blocksOf(document) {
  const text = readFileSync(join(root, document), 'utf8')
  const blocks = []
  let end = 0
  for (const match of text.matchAll(/^```(\w*)(?: ([\w./-]+))?\n([\s\S]*?)^```$|^<!-- then: (\S+) -->$/gm)) {
    const [all, language, name, code, then] = match
    const line = text.slice(0, match.index).split('\n').length
    const place = `${document}:${line}`
    const between = text.slice(end, match.index)
    end = match.index + all.length
    if (then !== undefined) {
      blocks.push({ place, then })
      continue
    }
    const last = blocks.at(-1)
    if (language === 'text' && last?.language === 'sh' && between.trim() === '') last.output = code
    else blocks.push({ place, language, name, text: code, marks: marksAbove(text.slice(0, match.index), place) })
  }
  return blocks
}

function marksAbove(text, place) {
  const marks = {}
  let rest = text.trimEnd()
  while (rest.endsWith('-->')) {
    const start = rest.lastIndexOf('<!--')
    const [, name, value = ''] = rest.slice(start).match(/^<!-- ([a-z ]+)(?:: ([\s\S]*?))? *-->$/) ?? []
    if (!MARKS.includes(name?.trim())) break
    if (name.startsWith('not ') && value.length < 10) throw new Error(`${place}: "${name}" must say why`)
    marks[name.trim()] = value.trim()
    rest = rest.slice(0, start).trimEnd()
  }
  return marks
}
