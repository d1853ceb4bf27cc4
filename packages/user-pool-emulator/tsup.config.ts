import { defineConfig } from 'tsup'
import { library } from '../../tsup.base.js'

export default defineConfig(
  library({ index: 'src/index.ts', cli: 'src/cli.ts' }).map((options) => ({ ...options, platform: 'node' })),
)
