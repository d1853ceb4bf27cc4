import { copyFileSync, writeFileSync } from 'node:fs'
import { defineConfig } from 'tsup'
import { library } from '../../tsup.base.js'
import { EXTMUL_CODE } from './src/engine/wasm/extmul-code.js'
import { FMA_CODE } from './src/engine/wasm/fma-code.js'

const [esm = {}, ...others] = await library(
  [
    'index',
    'bring-engine',
    'cognito/index',
    'cognito/bring-engine',
    'suites/index',
    'groups/index',
    'testing',
    'jsbi',
    'node',
    'wasm',
    'auto',
  ],
  [/^@noble\//],
)

/** A module as a file, for platforms that compile while they deploy, and what TypeScript is to make of importing it. */
function writeModule(name: string, code: string): void {
  writeFileSync(`dist/${name}`, Buffer.from(code, 'hex'))
  for (const kind of ['ts', 'cts']) copyFileSync('wasm-module.d.ts', `dist/${name}.d.${kind}`)
}

export default defineConfig([
  {
    ...esm,
    onSuccess: async () => {
      writeModule('modular.wasm', EXTMUL_CODE)
      writeModule('modular-fma.wasm', FMA_CODE)
    },
  },
  ...others,
])
