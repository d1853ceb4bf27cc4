// The packages as they are published: packed, looked through, installed into a folder outside the workspace, imported
// and compiled there as their users would.
import { copyFileSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'
import { node, root } from '../workspace/run.mjs'
import { commandLineProblems } from './command-line.mjs'
import { contentProblems } from './contents.mjs'
import { entriesOf, install, manifestOf, packAll, temporaryFolder } from './pack.mjs'
import { differingRebuilds } from './reproducible.mjs'
import { typeProblems } from './types.mjs'

const SDK = '@aws-sdk/client-cognito-identity-provider'

/** Entries that need an optional peer. */
const OPTIONAL = ['@srp6a/srp/jsbi', 'cognito-srp-flows/sdk']
const PEERS = [
  ['@srp6a/srp', 'jsbi'],
  ['cognito-srp-flows', SDK],
]

const problems = []

async function step(name, run) {
  const began = performance.now()
  const found = await run()
  problems.push(...found)
  const seconds = ((performance.now() - began) / 1000).toFixed(1)
  console.log(`${found.length === 0 ? 'ok  ' : 'FAIL'} ${name} (${seconds} s)`)
  for (const problem of found) console.error(`       ${problem}`)
}

const folder = temporaryFolder('packages')
const plain = join(folder, 'plain')
const withPeers = join(folder, 'with-peers')
for (const path of [plain, withPeers, join(folder, 'tarballs')]) mkdirSync(path)

const packed = await packAll(join(folder, 'tarballs'))
await install(plain, packed, [['', '@types/node']])
await install(withPeers, packed, PEERS)
const names = packed.map(({ name }) => name)
const entries = names.flatMap((name) => entriesOf(manifestOf(plain, name)))

/** Runs the consumer in a folder, with this Node. */
async function use(where, present, absent) {
  const script = join(root, 'tools/packaging/consumer/use.mjs')
  copyFileSync(script, join(where, 'use.mjs'))
  const code = await node(join(where, 'use.mjs'), [present.join(), absent.join()], { cwd: where, stdio: 'inherit' })
  return code === 0
    ? []
    : [`imports fail in ${where === plain ? 'a folder without' : 'a folder with'} the optional peers`]
}

await step(`contents of ${names.length} tarballs`, () => names.flatMap((name) => contentProblems(plain, name)))
await step('publint', async () => {
  const found = []
  for (const name of names) {
    const pkgDir = join(plain, 'node_modules', name)
    const { messages, pkg } = await publint({ pkgDir, strict: true, pack: false })
    found.push(...messages.map((message) => `${name}: ${formatMessage(message, pkg, { color: false })}`))
  }
  return found
})
await step('are the types wrong', async () => {
  const attw = join(root, 'node_modules/@arethetypeswrong/cli/dist/index.js')
  // The result of importing a .wasm depends on the platform.
  const options = ['--format', 'json', '--exclude-entrypoints', 'modular.wasm', 'modular-fma.wasm']
  const run = (tarball) => node(attw, [tarball, ...options], { stdio: ['ignore', 'ignore', 'inherit'] })
  const codes = await Promise.all(packed.map(({ tarball }) => run(tarball)))
  return names.filter((_, i) => codes[i] !== 0).map((name) => `${name}: run attw on its tarball to see`)
})
await step('imports without the optional peers', () => {
  const present = entries.filter((entry) => !OPTIONAL.includes(entry))
  return use(plain, present, OPTIONAL)
})
await step('imports with them', () => use(withPeers, entries, []))
await step('the command line', () => commandLineProblems(plain))
await step('types', () => {
  const { programs, problems: found } = typeProblems(plain)
  console.log(`     ${programs} programs compiled`)
  return found
})
await step('a second build gives the same tarballs', () => differingRebuilds(packed))
process.exitCode = problems.length > 0 ? 1 : 0
