// Assembles the WebAssembly of the fourth engine, from text to the module of TypeScript that carries its bytes as hex
// (which gzip makes smaller than base64, for repeated code stays repeated): node tools/workspace/build-wasm.mjs [--check]
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import wabt from 'wabt'
import { root } from './run.mjs'

const folder = join(root, 'packages/srp/src/engine/wasm')
const sources = ['columns.wat', 'modular.wat']

const text = sources.map((name) => readFileSync(join(folder, name), 'utf8')).join('\n')
const { parseWat } = await wabt()
const module = parseWat('modular.wat', `(module\n${text})`, { simd: true })
module.validate()
const hex = Buffer.from(module.toBinary({}).buffer).toString('hex')
module.destroy()

const made = `// Made from ${sources.join(' and ')} by tools/workspace/build-wasm.mjs: do not edit.\nexport const CODE: string =\n  '${hex}'\n`
const path = join(folder, 'code.ts')
if (!process.argv.includes('--check')) writeFileSync(path, made)
else if (readFileSync(path, 'utf8') !== made) {
  console.error(`code.ts is not what ${sources.join(' and ')} make: run node tools/workspace/build-wasm.mjs`)
  process.exitCode = 1
}
