import { defineConfig } from 'tsup'
import { library } from '../../tsup.base.js'

export default defineConfig(library({ index: 'src/index.ts', sdk: 'src/sdk.ts', fetch: 'src/fetch.ts' }))
