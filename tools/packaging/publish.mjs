// Publishes the very tarballs that the checks have seen, with provenance; for the workflow of the same name.
// --dry-run packs and asks npm, and publishes nothing.
import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { must, root, run } from '../workspace/run.mjs'
import { PACKAGES, packAll, temporaryFolder } from './pack.mjs'
import { repositoryProblems } from './repository.mjs'

const dryRun = process.argv.includes('--dry-run')
const manifests = Object.values(PACKAGES).map((path) =>
  JSON.parse(readFileSync(join(root, path, 'package.json'), 'utf8')),
)
const problems = repositoryProblems(manifests, process.env.GITHUB_REPOSITORY)
for (const problem of problems) console.error(problem)
if (problems.length > 0 && !dryRun) process.exit(1)

const folder = join(temporaryFolder('publish'), 'tarballs')
mkdirSync(folder)
const packed = await packAll(folder)
// In the order of their dependencies, so that no package is out before what it needs.
for (const name of Object.keys(PACKAGES)) {
  const { tarball } = packed.find((one) => one.name === name)
  const how = dryRun ? ['--dry-run'] : ['--provenance']
  await must(`publishing ${name}`, run('npm', ['publish', tarball, '--access', 'public', ...how]))
}
