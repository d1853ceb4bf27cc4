// `npm run demo`: sets everything up, then examples/demo.ts.
import { join } from 'node:path'
import { build } from './build.mjs'
import { node, root } from './run.mjs'
import { setup } from './setup.mjs'

await setup()
await build({ declarations: false, quiet: true })
process.exitCode = await node(join(root, 'node_modules/tsx/dist/cli.mjs'), ['examples/demo.ts', ...process.argv.slice(2)])
