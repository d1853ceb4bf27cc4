// Runs before a package is packed. Stops `npm pack` and `npm publish` where npm would leave `workspace:` in the manifest,
// which cannot be installed; and writes a folder for each entry, see stubs.mjs.
import { readFileSync } from 'node:fs'
import { writeStubs } from './stubs.mjs'

const byPnpm = process.env.npm_config_user_agent?.startsWith('pnpm/')
if (!byPnpm && readFileSync('package.json', 'utf8').includes('"workspace:')) {
  console.error(
    'npm leaves "workspace:" ranges in the tarball, which cannot be installed. Pack with: npx pnpm@10.34.9 pack',
  )
  process.exit(1)
}
writeStubs(process.cwd())
