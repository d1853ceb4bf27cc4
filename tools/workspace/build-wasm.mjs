// Assembles the WebAssembly kernels, each from its text to the module of TypeScript that carries its bytes as hex (which
// gzip makes smaller than base64, for repeated code stays repeated): node tools/workspace/build-wasm.mjs [--check]
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import wabt from 'wabt'
import { root } from './run.mjs'

const folder = join(root, 'packages/srp/src/engine/wasm')
const { parseWat } = await wabt()

for (const kernel of ['fma', 'extmul']) {
  const source = `${kernel}.wat`
  const text = readFileSync(join(folder, source), 'utf8')
  const module = parseWat(source, `(module\n${text})`, { simd: true, relaxed_simd: kernel === 'fma' })
  module.validate()
  const hex = Buffer.from(module.toBinary({}).buffer).toString('hex')
  module.destroy()

  const constant = `${kernel.toUpperCase()}_CODE`
  const made = `// Made from ${source} by tools/workspace/build-wasm.mjs: do not edit.\nexport const ${constant}: string =\n  '${hex}'\n`
  const path = join(folder, `${kernel}-code.ts`)
  if (!process.argv.includes('--check')) writeFileSync(path, made)
  else if (readFileSync(path, 'utf8') !== made) {
    console.error(`${kernel}-code.ts is not what ${source} makes: run node tools/workspace/build-wasm.mjs`)
    process.exitCode = 1
  }
}
