// `npm run screenshots`: sets everything up, then photographs the sign-in page in Chromium.
import { setup } from './setup.mjs'

await setup()
const { register } = await import('tsx/esm/api')
register()
await import('../../examples/web/screenshots.ts')
