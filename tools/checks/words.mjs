// Plain English in comments, messages, help texts, documents and pages: none of the words and turns below, which a reader
// whose first language is another one stumbles over.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { globSync } from '../workspace/glob.mjs'
import { root } from '../workspace/run.mjs'

/** Each pattern, with what to write in its place. */
const PATTERNS = [
  [/\bwhoever\b/gi, 'anyone who'],
  [/\b(nobody|somebody)\b/gi, 'no one, someone'],
  [/\banew\b/gi, 'again'],
  [/\bshall\b/gi, 'is to, must'],
  [/\ball the same\b/gi, 'anyway'],
  [/\b(that|which|what) (is|are) none\b|\b(is|are) none of\b/gi, 'invalid, not one of'],
  [/\b[Hh]e (gets|has|may|must|can|does)\b/g, 'the user, they'],
  [/\bwhat became of\b/gi, 'the status of'],
  [
    /(?<=^\s*(\/\/|\/?\*+) )(What|Whether|Where|Who|Whose|How)\b(?=[^\n?]*$)/gm,
    'the thing itself, at the start of a comment',
  ],
]
const KIND = /\.(tsx?|mts|cts|mjs|cjs|js|md|html|css|sh|yml|py|txt)$|\/Dockerfile$/
const FOLDERS = ['packages', 'tools', 'bench', 'conformance', 'examples', 'vectors', 'docs', '.github', '.ci']

/** Results as they were measured, what others wrote or recorded, what is built, and this list. */
const LEFT_OUT =
  /(^|\/)(node_modules|dist|coverage|recorded|results|\.docs|api)\/|^docs\/api\/|^tools\/checks\/words\.mjs$/

/** A name in a program, e.g. of a user that does not exist: the whole of a string, or a part of a longer name. */
const isName = (text, { index, 0: word }) => {
  const [before, after] = [text[index - 1] ?? '', text[index + word.length] ?? '']
  return (/['"`]/.test(before) && before === after) || /[-@.\w]/.test(before) || /[-@\w]/.test(after)
}

const paths = ['*', ...FOLDERS.map((folder) => `${folder}/**/*`)]
  .flatMap((pattern) => globSync(pattern))
  .filter((path) => KIND.test(path) && !LEFT_OUT.test(path))
let count = 0
for (const path of paths) {
  const text = readFileSync(join(root, path), 'utf8')
  for (const [pattern, better] of PATTERNS) {
    for (const match of text.matchAll(pattern)) {
      if (isName(text, match)) continue
      count++
      const line = text.slice(0, match.index).split('\n').length
      console.error(`${path}:${line}: "${match[0].trim()}": write ${better}`)
    }
  }
}
console.log(`${paths.length} files, ${count} words to replace`)
process.exitCode = count > 0 || paths.length < 300 ? 1 : 0
