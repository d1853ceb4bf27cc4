// `npm run screenshots`: sets everything up, then photographs the sign-in page in Chromium.
import { setup } from './setup.mjs'

await setup()
const { register } = await import('tsx/esm/api')
register()
// Started, not used: the examples are above the tools.
await import(new URL('../../examples/web/screenshots.ts', import.meta.url).href)
