// Publishes the very tarballs that the checks have seen, with provenance; for the workflow of the same name.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { PACKAGES, packAll, temporaryFolder } from './packages/pack.mjs'
import { must, run } from './run.mjs'

const dryRun = process.argv.includes('--dry-run')
const folder = join(temporaryFolder('publish'), 'tarballs')
mkdirSync(folder)
const packed = await packAll(folder)
// In the order of their dependencies, so that no package is out before what it needs.
for (const name of Object.keys(PACKAGES)) {
  const { tarball } = packed.find((one) => one.name === name)
  const how = dryRun ? ['--dry-run'] : ['--provenance']
  await must(`publishing ${name}`, run('npm', ['publish', tarball, '--access', 'public', ...how]))
}
