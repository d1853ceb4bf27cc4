// No hook at the top of a helper module of the tests: the quick files share their modules, and it would be one of the first
// file alone that imports it. tools/testing/closing.ts closes what helpers open.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { globSync } from '../workspace/glob.mjs'
import { root } from '../workspace/run.mjs'

const HOOK = /^(?:after|before)(?:All|Each)\(/m
/** Vitest runs it for each file. */
const SETUP = 'tools/testing/close-after-file.ts'

const helpers = ['packages', 'bench', 'conformance', 'examples', 'tools', 'vectors']
  .flatMap((room) => globSync(`${room}/**/*.ts`))
  .filter((path) => !path.endsWith('.test.ts') && path !== SETUP)
const found = helpers.filter((path) => HOOK.test(readFileSync(join(root, path), 'utf8')))
for (const path of found)
  console.error(`${path}: a hook at the top of a helper module: call it in a function, or use closeAfterFile`)
console.log(`${helpers.length} files, ${found.length} with a hook`)
process.exitCode = found.length > 0 || helpers.length < 300 ? 1 : 0
