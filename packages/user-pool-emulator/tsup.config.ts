import { defineConfig } from 'tsup'
import { library } from '../../tsup.base.js'

// jose is published as ESM only, so the CommonJS build carries it.
export default defineConfig(
  (await library(['index', 'cli'], [/^jose/])).map((options) => ({ ...options, platform: 'node' })),
)
