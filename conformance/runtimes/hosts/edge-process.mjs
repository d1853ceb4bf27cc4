// Runs the suite in Vercel's edge VM: node edge-process.mjs <node_modules> <script> <host>
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'

const [modules, script, host] = process.argv.slice(2)
const { EdgeVM } = createRequire(join(modules, 'package.json'))('@edge-runtime/vm')
const vm = new EdgeVM()
vm.evaluate(readFileSync(script, 'utf8'))
const outcome = await vm.evaluate(`runSuite(${host})`)
console.log(`REPORT ${JSON.stringify(outcome)}`)
