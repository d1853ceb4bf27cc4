import { defineConfig } from 'tsup'
import { library } from '../../tsup.base.js'

export default defineConfig(
  library(['index', 'cognito/index', 'suites/index', 'groups/rfc5054', 'testing', 'jsbi', 'node'], [/^@noble\//]),
)
