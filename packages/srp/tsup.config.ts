import { writeFileSync } from 'node:fs'
import { defineConfig } from 'tsup'
import { library } from '../../tsup.base.js'
import { CODE } from './src/engine/wasm/code.js'

const [esm = {}, ...others] = library(
  ['index', 'cognito/index', 'suites/index', 'groups/index', 'testing', 'jsbi', 'node', 'wasm'],
  [/^@noble\//],
)

export default defineConfig([
  // The module as a file too, for platforms that compile while they deploy.
  { ...esm, onSuccess: async () => writeFileSync('dist/modular.wasm', Buffer.from(CODE, 'hex')) },
  ...others,
])
