// The bytes that the packages add to an app: minified by esbuild and compressed by gzip, from their tarballs, held to
// limits by size-limit and to bench/results/sizes.json, which the README quotes. `npm run size` writes that file, with
// other libraries measured alike, and says entry by entry which module the bytes are of.
import { execFile } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { root } from '../workspace/run.mjs'
import { holdBeyond, sourcesFolder } from './beyond-sizes.mjs'
import { weigh, weighWithVite } from './bundle-size.mjs'
import { install, packAll, temporaryFolder } from './pack.mjs'

/** The distance of what was written from what is measured, from which on someone must write it again. */
const TOLERANCE = 0.01

/** The bytes that a package may weigh beyond its sources, module by module: names are shorter or longer by chance. */
const FLAT_TOLERANCE = 0.02

const entries = JSON.parse(readFileSync(new URL('sizes.json', import.meta.url), 'utf8'))
const file = join(root, 'bench/results/sizes.json')
const writes = process.argv.includes('--report')
const folder = temporaryFolder('sizes')
mkdirSync(join(folder, 'tarballs'))
await install(folder, await packAll(join(folder, 'tarballs')))

const ours = await limited(entries.filter(({ limit, beyond }) => limit && !beyond))
let failed = 0
for (const { name, limit, bytes, passed } of ours) {
  console.log(`${passed ? 'ok  ' : 'FAIL'} ${String(bytes).padStart(6)} B of ${limit.padStart(8)}  ${name}`)
  if (!passed) failed++
}
failed += await holdBeyond(entries, folder)
failed += await unshaken()
if (writes) await write()
else failed += stale()
process.exitCode = failed > 0 ? 1 : 0

/** size-limit's own verdict. */
async function limited(held) {
  for (const [i, { code }] of held.entries()) writeFileSync(join(folder, `${i}.js`), code)
  const config = join(folder, '.size-limit.json')
  const checks = held.map(({ name, limit }, i) => ({ name, limit, path: `${i}.js`, gzip: true }))
  writeFileSync(config, JSON.stringify(checks))
  const sizeLimit = join(root, 'node_modules/size-limit/bin.js')
  const { stdout } = await promisify(execFile)(process.execPath, [sizeLimit, '--json', '--config', config], {
    cwd: root,
  }).catch((error) => {
    // Exit code 1 is a limit that does not hold; its report is on the standard output anyway.
    if (error.stdout?.startsWith('[')) return error
    throw error
  })
  const results = new Map(JSON.parse(stdout).map((result) => [result.name, result]))
  return held.map((entry) => ({
    ...entry,
    bytes: results.get(entry.name).size,
    passed: results.get(entry.name).passed,
  }))
}

/**
 * Packages are published as a few files. What an app does not use must be dropped from those as it is from the modules
 * they were made of: a call or a spread at the top of a module, not marked as pure, goes unnoticed until then.
 */
async function unshaken() {
  let kept = 0
  for (const { name, code } of ours) {
    const published = await weigh(code, { resolveDir: folder, nodePaths: [] })
    const sources = await weigh(code, { resolveDir: sourcesFolder, nodePaths: [] })
    if (published.gzip <= (1 + FLAT_TOLERANCE) * sources.gzip) continue
    kept++
    console.error(`FAIL ${name}: ${published.gzip} B as published, ${sources.gzip} B of the modules alone`)
  }
  return kept
}

async function write() {
  const results = []
  for (const { name, covers, bytes, code } of ours) {
    const { brotli } = await weigh(code, { resolveDir: folder, nodePaths: [] })
    results.push({ name, covers, bytes, brotli, vite: await weighWithVite(code, folder) })
  }
  console.log('Others, measured alike:')
  for (const { name, covers, peer, package: dependency, code } of entries.filter((entry) => entry.peer)) {
    // They are installed in the workspace; esbuild looks for them from there.
    const modules = join(root, peer, 'node_modules')
    const { gzip, brotli } = await weigh(code, { resolveDir: folder, nodePaths: [modules] })
    const { version } = JSON.parse(readFileSync(join(modules, dependency, 'package.json'), 'utf8'))
    const byVite = await weighWithVite(code, join(modules, '.sizes'))
    results.push({ name, version, covers, bytes: gzip, brotli, vite: byVite })
    console.log(`     ${String(gzip).padStart(6)} B              ${name} (${version})`)
  }
  const rows = results.map((one) => `  ${JSON.stringify(one)}`).join(',\n')
  writeFileSync(file, `{\n "schema": 1,\n "sizes": [\n${rows}\n ]\n}\n`)
  console.log(`Written to bench/results/sizes.json; then: tsx bench/src/readme.ts`)
  for (const { name, code } of ours) report(name, await weigh(code, { resolveDir: folder, nodePaths: [] }))
}

/** Largest first; the last line is what several modules have in common. */
function report(name, { minified, gzip, modules }) {
  console.log(`\n${name}\n   gzip  minified`)
  const line = (a, b, what) => console.log(`${String(a).padStart(5)} B ${String(b).padStart(7)} B  ${what}`)
  const sum = (key) => modules.reduce((total, module) => total + module[key], 0)
  for (const module of [...modules].sort((a, b) => b.gzip - a.gzip)) line(module.gzip, module.minified, module.file)
  line(gzip - sum('gzip'), minified - sum('minified'), 'shared')
  line(gzip, minified, 'in all')
}

function stale() {
  const written = new Map(JSON.parse(readFileSync(file, 'utf8')).sizes.map(({ name, bytes }) => [name, bytes]))
  const wrong = ours.filter(({ name, bytes }) => !(Math.abs((written.get(name) ?? 0) / bytes - 1) <= TOLERANCE))
  for (const { name, bytes } of wrong) {
    console.error(`FAIL bench/results/sizes.json has ${written.get(name)} B for ${name}, now ${bytes} B: npm run size`)
  }
  return wrong.length
}
