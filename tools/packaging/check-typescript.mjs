// The packed declarations under the oldest TypeScript that they promise: a consumer of every entry is compiled, also with the
// resolutions that read no `exports`.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { captureNode, root } from '../workspace/run.mjs'
import { installFixture } from './fixtures.mjs'
import { install, packAll, temporaryFolder } from './pack.mjs'

const fixture = await installFixture('typescript-oldest')
if (fixture.missing) {
  console.log(`skipped: the oldest TypeScript: ${fixture.missing}`)
  process.exit(0)
}
const tsc = join(fixture.folder, 'node_modules/typescript/bin/tsc')
const { version } = JSON.parse(readFileSync(join(fixture.folder, 'node_modules/typescript/package.json'), 'utf8'))

const folder = temporaryFolder('typescript')
mkdirSync(join(folder, 'tarballs'))
await install(folder, await packAll(join(folder, 'tarballs')))
writeFileSync(join(folder, 'package.json'), '{ "private": true }')

const consumer = readFileSync(new URL('consumer/libraries.ts', import.meta.url), 'utf8')
/** Without `exports` a file that is no code is not found by its name in them. */
const withoutWasm = consumer
  .replace(/^import \w+ from '[^']+\.wasm'\n/gm, '')
  .replace(/^.*createWasmEngine\(module.*\n/gm, '')
const more = `
import { getUser } from 'cognito-srp-flows/account'
import { createSession, memoryStorage } from 'cognito-srp-flows/session'
export const session = (client: AppClient) => createSession(client, { storage: memoryStorage() })
export const user = (client: AppClient) => getUser(client, { accessToken: 'a' })
`
const SETTINGS = [
  ['node16', 'mts', 'node16', consumer],
  ['node16', 'cts', 'node16', consumer],
  ['bundler', 'mts', 'esnext', consumer],
  ['node10', 'ts', 'commonjs', withoutWasm],
]
let failed = false
for (const [moduleResolution, extension, module, text] of SETTINGS) {
  const file = join(folder, `${moduleResolution}.${extension}`)
  writeFileSync(file, text + more)
  const compilerOptions = { moduleResolution, module, target: 'es2020', lib: ['es2022'], types: [] }
  const strict = { strict: true, exactOptionalPropertyTypes: true, noEmit: true }
  const project = join(folder, `${moduleResolution}.${extension}.json`)
  writeFileSync(project, JSON.stringify({ compilerOptions: { ...compilerOptions, ...strict }, files: [file] }))
  const { code, output } = await captureNode(tsc, ['-p', project], { cwd: folder })
  console.log(`${code === 0 ? '    ' : 'FAIL'} TypeScript ${version}, ${moduleResolution}, .${extension}`)
  if (code !== 0) {
    failed = true
    console.error(output)
  }
}
const document = 'docs/good-to-know.md'
const [major, minor] = version.split('.')
if (!readFileSync(join(root, document), 'utf8').includes(`TypeScript ${major}.${minor}`)) {
  failed = true
  console.error(`${document} does not say TypeScript ${major}.${minor}`)
}
process.exitCode = failed ? 1 : 0
