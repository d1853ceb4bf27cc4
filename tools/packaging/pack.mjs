// The packages as they would be published: packed by pnpm, unpacked into a folder of their own, outside the workspace.
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { root } from '../workspace/run.mjs'
import { PNPM } from '../workspace/setup.mjs'

const exec = promisify(execFile)

/** Package name to folder, in the order of their dependencies. */
export const PACKAGES = {
  '@srp6a/srp': 'packages/srp',
  'cognito-srp-flows': 'packages/cognito-srp-flows',
  'cognito-srp-cli': 'packages/cognito-srp-cli',
  'cognito-user-pool-emulator': 'packages/user-pool-emulator',
}

/** @returns a folder that goes away when the process ends */
export function temporaryFolder(name) {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), `srp6a-${name}-`)))
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** Packs what `dist/` holds into `folder`: `{ name, tarball, sha256 }` each. */
export async function packAll(folder, workspace = root) {
  const npx = process.platform === 'win32' ? 'npx.cmd' : 'npx'
  const filters = Object.values(PACKAGES).flatMap((path) => ['--filter', `./${path}`])
  const hooks = `--config.pnpmfile=${join(root, 'tools/packaging/pnpmfile.cjs')}`
  await exec(npx, ['--yes', PNPM, hooks, '-r', ...filters, 'pack', '--pack-destination', folder], {
    cwd: workspace,
    env: { ...process.env, CI: 'true' },
  })
  return readdirSync(folder)
    .filter((file) => file.endsWith('.tgz'))
    .sort()
    .map((file) => {
      const tarball = join(folder, file)
      const sha256 = createHash('sha256').update(readFileSync(tarball)).digest('hex')
      const name = Object.keys(PACKAGES).find((known) =>
        file.startsWith(`${known.replace('@', '').replace('/', '-')}-`),
      )
      return { name, tarball, sha256 }
    })
}

/**
 * Unpacks tarballs into `folder/node_modules`, with their dependencies linked from the workspace, so that no network is
 * needed. Optional peers are absent unless they are among `extras`, `[package whose copy to take, dependency]` each.
 */
export async function install(folder, packed, extras = []) {
  for (const { name, tarball } of packed) {
    const target = join(folder, 'node_modules', name)
    mkdirSync(target, { recursive: true })
    await exec('tar', ['-xzf', tarball, '-C', target, '--strip-components=1'])
    const { dependencies = {} } = JSON.parse(readFileSync(join(target, 'package.json'), 'utf8'))
    for (const dependency of Object.keys(dependencies)) link(folder, name, dependency)
  }
  for (const [owner, dependency] of extras) link(folder, owner, dependency)
}

function link(folder, owner, dependency) {
  if (dependency in PACKAGES) return
  const path = join(folder, 'node_modules', dependency)
  mkdirSync(dirname(path), { recursive: true })
  rmSync(path, { force: true, recursive: true })
  symlinkSync(realpathSync(join(root, PACKAGES[owner] ?? '', 'node_modules', dependency)), path, 'junction')
}

/** The manifest of an unpacked package. */
export function manifestOf(folder, name) {
  return JSON.parse(readFileSync(join(folder, 'node_modules', name, 'package.json'), 'utf8'))
}

/** The import specifiers of a package: `@srp6a/srp`, `@srp6a/srp/cognito`, … */
export function entriesOf(manifest) {
  // A file, not code: package.json, a .wasm.
  return Object.entries(manifest.exports)
    .filter(([path, target]) => typeof target !== 'string' && !path.endsWith('.wasm'))
    .map(([path]) => manifest.name + path.slice(1))
}
