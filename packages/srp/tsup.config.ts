import { defineConfig } from 'tsup'
import { library } from '../../tsup.base.js'

export default defineConfig(library(['index', 'cognito/index', 'testing', 'jsbi', 'node'], [/^@noble\//]))
