// `npm run mutate:encoders`: changes each encoder and each term of each preset, one at a time, and prints what noticed.
import { join } from 'node:path'
import { node, root } from '../workspace/run.mjs'
import { setup } from '../workspace/setup.mjs'

await setup()
const tsx = join(root, 'node_modules/tsx/dist/cli.mjs')
process.exitCode = await node(tsx, ['packages/srp/test/suites/print-mutants.ts', ...process.argv.slice(2)])
