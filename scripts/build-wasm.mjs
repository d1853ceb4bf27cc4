// Assembles the WebAssembly of the fourth engine, from text to the module of TypeScript that carries its bytes as hex
// (which gzip makes smaller than base64, for repeated code stays repeated): node scripts/build-wasm.mjs
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import wabt from 'wabt'
import { root } from './run.mjs'

export const folder = join(root, 'packages/srp/src/engine/wasm')
export const sources = ['columns.wat', 'modular.wat']

/** @returns the text of code.ts as the sources make it */
export async function assemble() {
  const text = sources.map((name) => readFileSync(join(folder, name), 'utf8')).join('\n')
  const { parseWat } = await wabt()
  const module = parseWat('modular.wat', `(module\n${text})`, { simd: true })
  module.validate()
  const { buffer } = module.toBinary({})
  module.destroy()
  const hex = Buffer.from(buffer).toString('hex')
  return `// Made from ${sources.join(' and ')} by scripts/build-wasm.mjs: do not edit.\nexport const CODE: string =\n  '${hex}'\n`
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(join(folder, 'code.ts'), await assemble())
