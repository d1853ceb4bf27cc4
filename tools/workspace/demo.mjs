// `npm run demo`: sets everything up, then runs examples/demo.ts from the sources; nothing needs to be built.
import { join } from 'node:path'
import { node, root } from './run.mjs'
import { setup } from './setup.mjs'

await setup()
const tsx = join(root, 'node_modules/tsx/dist/cli.mjs')
process.exitCode = await node(tsx, ['examples/demo.ts', ...process.argv.slice(2)], {
  // The SDK's notice about the Node versions of next year would stand in the middle of the conversation.
  env: { ...process.env, AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
})
