// The same sources built again, in another folder, give the same tarballs to the byte.
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { node, root } from '../workspace/run.mjs'
import { PACKAGES, packAll, temporaryFolder } from './pack.mjs'

const SHARED = [
  'package.json',
  'pnpm-workspace.yaml',
  'tsconfig.base.json',
  'tsup.base.ts',
  'LICENSE',
  'tools/packaging/prepack.mjs',
  'tools/packaging/postpack.mjs',
  'tools/packaging/stubs.mjs',
]
const LEFT_OUT = new Set(['dist', 'node_modules', 'test'])

/** Modules inside the CommonJS builds: their place relative to the sources goes into the chunks' names. */
const BUNDLED = /^(@noble\+hashes|jose)@/

/**
 * Builds a copy of each package, unless that was done before for these very tarballs.
 *
 * @returns {Promise<string[]>} the packages whose tarballs differ
 */
export async function differingRebuilds(packed) {
  const seen = join(root, 'node_modules/.cache/srp6a/reproducible')
  const all = packed.map(({ name, sha256 }) => `${name} ${sha256}\n`).join('')
  if (existsSync(seen) && readFileSync(seen, 'utf8') === all) return []

  const copy = temporaryFolder('rebuild')
  for (const name of SHARED) cpSync(join(root, name), join(copy, name))
  for (const path of Object.values(PACKAGES)) {
    cpSync(join(root, path), join(copy, path), { recursive: true, filter: (file) => !LEFT_OUT.has(basename(file)) })
  }
  copyLinks(copy)
  const tsup = join(root, 'node_modules/tsup/dist/cli-default.js')
  // One after the other: the declarations of one need those of the one before.
  for (const path of Object.values(PACKAGES)) {
    if ((await node(tsup, ['--silent'], { cwd: join(copy, path) })) !== 0) return [`the second build of ${path} failed`]
  }
  const tarballs = join(copy, 'tarballs')
  mkdirSync(tarballs)
  const again = await packAll(tarballs, copy)
  const different = packed
    .filter(({ name, sha256 }) => sha256 !== again.find((other) => other.name === name)?.sha256)
    .map(({ name }) => `${name}: a second build gives another tarball`)
  if (different.length === 0) {
    mkdirSync(dirname(seen), { recursive: true })
    writeFileSync(seen, all)
  }
  return different
}

/** Copy the node_modules folders, as links to the same packages; bundled modules are copied whole. */
function copyLinks(copy) {
  const store = 'node_modules/.pnpm'
  mkdirSync(join(copy, store), { recursive: true })
  for (const name of readdirSync(join(root, store))) {
    const [from, to] = [join(root, store, name), join(copy, store, name)]
    if (BUNDLED.test(name)) cpSync(from, to, { recursive: true, verbatimSymlinks: true })
    else symlinkSync(from, to, 'junction')
  }
  for (const folder of ['.', ...Object.values(PACKAGES)]) {
    const modules = join(root, folder, 'node_modules')
    for (const name of readdirSync(modules).filter((entry) => !entry.startsWith('.'))) {
      cpSync(join(modules, name), join(copy, folder, 'node_modules', name), { recursive: true, verbatimSymlinks: true })
    }
  }
}
