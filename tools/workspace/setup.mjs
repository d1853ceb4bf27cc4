// Installs what the lock file says, once: a second call with the same manifests does nothing.
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { globSync } from './glob.mjs'
import { must, root, run } from './run.mjs'

// pnpm 11 needs a newer Node than 20; this is the newest that runs on it.
export const PNPM = 'pnpm@10.34.9'

export async function setup() {
  const major = Number(process.versions.node.split('.')[0])
  if (major < 20) {
    console.error(`Node 20 or newer is needed; this is ${process.version}`)
    process.exit(1)
  }
  const manifests = [
    'pnpm-lock.yaml',
    'pnpm-workspace.yaml',
    'package.json',
    ...globSync('*/package.json'),
    ...globSync('packages/*/package.json'),
  ]
  const hash = createHash('sha256')
  for (const file of manifests.sort()) hash.update(file).update(readFileSync(join(root, file)))
  const digest = hash.digest('hex')
  const stamp = join(root, 'node_modules', '.setup-stamp')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === digest) return
  console.error('Installing from pnpm-lock.yaml …')
  const npx = process.platform === 'win32' ? 'npx.cmd' : 'npx'
  await must(
    'pnpm install',
    run(npx, ['--yes', PNPM, 'install', '--frozen-lockfile', '--reporter=append-only', '--loglevel=warn'], {
      env: { ...process.env, CI: 'true' },
      stdio: ['ignore', 2, 2],
    }),
  )
  writeFileSync(stamp, digest)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await setup()
