// What the packages add to an app: minified by esbuild and compressed by gzip, from their tarballs, held to limits by
// size-limit and set beside other libraries. `npm run size` also says, entry by entry, which module the bytes are of.
import { execFile } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { install, packAll, temporaryFolder } from './packages/pack.mjs'
import { root } from './run.mjs'

const entries = JSON.parse(readFileSync(new URL('packages/sizes.json', import.meta.url), 'utf8'))
const folder = temporaryFolder('sizes')
mkdirSync(join(folder, 'tarballs'))
await install(folder, await packAll(join(folder, 'tarballs')))

/** Peers are installed in the workspace; esbuild looks for them from there. */
const nodePaths = (peer) => (peer ? [join(root, peer.startsWith('@') ? 'packages/srp' : peer, 'node_modules')] : [])

for (const [i, { code }] of entries.entries()) writeFileSync(join(folder, `${i}.js`), code)
const measured = entries.filter(({ limit }) => limit)
const config = join(folder, '.size-limit.json')
writeFileSync(
  config,
  JSON.stringify(
    measured.map(({ name, limit }) => ({
      name,
      limit,
      path: `${entries.findIndex((entry) => entry.name === name)}.js`,
      gzip: true,
    })),
  ),
)
const sizeLimit = join(root, 'node_modules/size-limit/bin.js')
const { stdout } = await promisify(execFile)(process.execPath, [sizeLimit, '--json', '--config', config], {
  cwd: root,
}).catch((error) => {
  // Exit code 1 is a limit that does not hold; its report is on the standard output all the same.
  if (error.stdout?.startsWith('[')) return error
  throw error
})
const results = JSON.parse(stdout)

let failed = 0
for (const { name, limit } of measured) {
  const { size, passed } = results.find((result) => result.name === name)
  console.log(`${passed ? 'ok  ' : 'FAIL'} ${String(size).padStart(6)} B of ${limit.padStart(7)}  ${name}`)
  if (!passed) failed++
}
console.log('Others, measured alike:')
for (const { name, peer, code } of entries.filter((entry) => entry.peer)) {
  const { bytes } = await bundle(code, peer)
  console.log(`     ${String(bytes).padStart(6)} B             ${name}`)
}
if (process.argv.includes('--report')) for (const { name, code } of measured) report(name, await bundle(code))
process.exitCode = failed > 0 ? 1 : 0

async function bundle(contents, peer) {
  const { outputFiles, metafile } = await build({
    stdin: { contents, resolveDir: folder },
    nodePaths: nodePaths(peer),
    bundle: true,
    minify: true,
    write: false,
    metafile: true,
    treeShaking: true,
    format: 'esm',
    logLevel: 'error',
  })
  const [output] = Object.values(metafile.outputs)
  return {
    bytes: gzipSync(outputFiles[0].contents, { level: 9 }).length,
    minified: output.bytes,
    inputs: output.inputs,
  }
}

/** Modules by their share before compression, which no longer tells them apart. */
function report(name, { bytes, minified, inputs }) {
  console.log(`\n${name}: ${minified} B minified, ${bytes} B gzip`)
  const modules = Object.entries(inputs)
    .map(([file, { bytesInOutput }]) => [bytesInOutput, file.replace(/^.*node_modules\//, '').replace('/dist/', '/')])
    .filter(([size]) => size > 0)
    .sort(([a], [b]) => b - a)
  for (const [size, file] of modules) {
    console.log(`  ${String(size).padStart(6)} B ${((100 * size) / minified).toFixed(1).padStart(5)} %  ${file}`)
  }
}
