// Builds every package into its dist/, in the order of their dependencies, and skips what has not changed.
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { globSync } from './glob.mjs'
import { must, node, root } from './run.mjs'

const PACKAGES = ['srp', 'cognito-srp-flows', 'cognito-srp-cli', 'user-pool-emulator']

export async function build({ quiet = false } = {}) {
  const hash = createHash('sha256')
  for (const name of PACKAGES) {
    const folder = `packages/${name}`
    const inputs = [
      ...globSync(`${folder}/src/**/*.ts`),
      `${folder}/tsup.config.ts`,
      ...globSync(`${folder}/common.ts`),
      `${folder}/package.json`,
      'tsup.base.ts',
      'pnpm-lock.yaml',
    ]
    for (const file of inputs) hash.update(file).update(readFileSync(join(root, file)))
    const digest = hash.copy().digest('hex')
    const dist = join(root, folder, 'dist')
    // Not in dist/, which is published as it is.
    const stamp = join(root, folder, 'node_modules', '.build-stamp')
    if (existsSync(dist) && existsSync(stamp) && readFileSync(stamp, 'utf8') === digest) continue
    rmSync(dist, { recursive: true, force: true })
    rmSync(stamp, { force: true })
    const tsup = join(root, 'node_modules/tsup/dist/cli-default.js')
    await must(`building ${folder}`, node(tsup, quiet ? ['--silent'] : [], { cwd: join(root, folder) }))
    writeFileSync(stamp, digest)
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await build()
