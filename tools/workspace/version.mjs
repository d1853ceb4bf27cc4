// All packages share one version. `node tools/workspace/version.mjs 0.2.0` writes it into each and closes the changelog's
// section Unreleased; `--check v0.2.0` says whether that was done.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { PACKAGES } from '../packaging/pack.mjs'
import { root } from './run.mjs'

const [first = '', second = ''] = process.argv.slice(2)
const check = first === '--check'
const version = (check ? second : first).replace(/^v/, '')
if (!/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version)) {
  console.error('Usage: node tools/workspace/version.mjs 0.2.0, or --check v0.2.0')
  process.exit(2)
}
const changelog = join(root, 'CHANGELOG.md')
const heading = new RegExp(`^## ${version.replaceAll('.', '\\.')} \\(\\d{4}-\\d\\d-\\d\\d\\)$`, 'm')
const manifests = Object.values(PACKAGES).map((path) => join(root, path, 'package.json'))

if (check) {
  const wrong = manifests.filter((file) => JSON.parse(readFileSync(file, 'utf8')).version !== version)
  if (!heading.test(readFileSync(changelog, 'utf8'))) wrong.push(changelog)
  for (const file of wrong) console.error(`${file} is not at ${version}`)
  process.exit(wrong.length > 0 ? 1 : 0)
}
const text = readFileSync(changelog, 'utf8')
if (!/^## Unreleased\n\n\S/m.test(text)) {
  console.error('CHANGELOG.md has nothing under Unreleased')
  process.exit(1)
}
const today = new Date().toISOString().slice(0, 10)
writeFileSync(changelog, text.replace(/^## Unreleased$/m, `## Unreleased\n\n## ${version} (${today})`))
for (const file of manifests) {
  writeFileSync(file, readFileSync(file, 'utf8').replace(/^ {2}"version": ".*"/m, `  "version": "${version}"`))
}
console.log(`Version ${version}. Now: npm test, commit, and tag v${version}.`)
