// `npm run demo`: sets everything up, then runs examples/demo.ts from the sources; nothing needs to be built.
import { join } from 'node:path'
import { node, root } from './run.mjs'
import { setup } from './setup.mjs'

await setup()
process.exitCode = await node(join(root, 'node_modules/tsx/dist/cli.mjs'), [
  'examples/demo.ts',
  ...process.argv.slice(2),
])
