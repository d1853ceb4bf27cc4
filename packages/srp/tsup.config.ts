import { defineConfig } from 'tsup'
import { library } from '../../tsup.base.js'

export default defineConfig(
  library(
    {
      index: 'src/index.ts',
      cognito: 'src/cognito/index.ts',
      testing: 'src/testing.ts',
      jsbi: 'src/jsbi.ts',
      node: 'src/node.ts',
    },
    [/^@noble\//],
  ),
)
