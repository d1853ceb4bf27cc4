// Packs every package into a folder, numbered in the order in which they must be published, for the workflow `publish`: its
// job that may publish runs no code of ours. usage: node tools/packaging/publish.mjs <folder>
import { mkdirSync, readFileSync, renameSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { root } from '../workspace/run.mjs'
import { PACKAGES, packAll } from './pack.mjs'
import { repositoryProblems } from './repository.mjs'

const [target] = process.argv.slice(2)
if (target === undefined) {
  console.error('usage: node tools/packaging/publish.mjs <folder>')
  process.exit(2)
}
const manifests = Object.values(PACKAGES).map((path) =>
  JSON.parse(readFileSync(join(root, path, 'package.json'), 'utf8')),
)
const problems = repositoryProblems(manifests, process.env.GITHUB_REPOSITORY, PACKAGES)
for (const problem of problems) console.error(problem)
if (problems.length > 0) process.exit(1)

const folder = resolve(target)
mkdirSync(folder, { recursive: true })
const packed = await packAll(folder)
for (const [i, name] of Object.keys(PACKAGES).entries()) {
  const { tarball, sha256 } = packed.find((one) => one.name === name)
  const numbered = join(dirname(tarball), `${i + 1}-${basename(tarball)}`)
  renameSync(tarball, numbered)
  console.log(`${sha256}  ${basename(numbered)}`)
}
