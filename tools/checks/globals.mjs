// No Node and no DOM global in library code, where types alone would let a name slip through that a test brings along.
// Names that a file takes from `platform`, its own view of globalThis, is declared there and allowed.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { globSync } from '../workspace/glob.mjs'
import { root } from '../workspace/run.mjs'

const GLOBALS =
  /(?<!\bplatform\.)\b(Buffer|process|window|document|navigator|localStorage|TextEncoder|TextDecoder|btoa|atob|require|setImmediate|__dirname)\b\s*[.([]|\bMath\.random\b|\bfrom 'node:/

/** OpenSSL is reached from here and nowhere else. */
const NODE_ONLY = /\/(engine\/)?node\.ts$/

const withoutComments = (source) => source.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '$1')

const files = ['srp', 'cognito-srp-flows'].flatMap((name) => globSync(`packages/${name}/src/**/*.ts`))
const problems = files
  .filter((file) => !NODE_ONLY.test(file))
  .flatMap((file) => {
    const found = withoutComments(readFileSync(join(root, file), 'utf8')).match(GLOBALS)
    return found === null ? [] : [`${file}: uses ${found[0].trim()}`]
  })
for (const problem of problems) console.error(problem)
console.log(`${files.length} files, ${problems.length} with a global of Node or the DOM`)
process.exitCode = problems.length > 0 ? 1 : 0
