// Runs a script in QuickJS: node quickjs-process.mjs <node_modules> <script>
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'

const [modules, script] = process.argv.slice(2)
const { getQuickJS } = createRequire(join(modules, 'package.json'))('quickjs-emscripten')
const context = (await getQuickJS()).newContext()
const print = context.newFunction('print', (line) => {
  console.log(context.getString(line))
})
context.setProp(context.global, 'print', print)
let result = context.evalCode(readFileSync(script, 'utf8'), 'suite.js')
// The jobs that the script waits for, until none is left.
if (!result.error) result = context.runtime.executePendingJobs()
if (result.error) {
  console.error(context.dump(result.error))
  process.exitCode = 1
}
