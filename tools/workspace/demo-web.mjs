// `npm run demo:web`: sets everything up, then serves the sign-in page of examples/web from the sources, in this process.
import { setup } from './setup.mjs'

await setup()
const { register } = await import('tsx/esm/api')
register()
// Started, not used: the examples are above the tools.
await import(new URL('../../examples/web/server/main.ts', import.meta.url).href)
