// The content of a tarball, file by file.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, dirname, join, relative } from 'node:path'
import { root } from '../workspace/run.mjs'
import { manifestOf } from './pack.mjs'
import { stubsOf } from './stubs.mjs'

const ALLOWED =
  /^(package\.json|README\.md|LICENSE|bin\/[\w-]+\.js|dist\/[\w/-]+\.(js|cjs|d\.ts|d\.cts|js\.map|cjs\.map|wasm|wasm\.d\.c?ts))$/
/** Packages whose entries are also found without `exports`. */
const STUBBED = ['@srp6a/srp', 'cognito-srp-flows']

const LIFECYCLE = /^(pre|post)?(install|prepare|publish|pack|uninstall)$|^prepublishOnly$|^dependencies$/

/** @returns {string[]} what is wrong with an unpacked package */
export function contentProblems(folder, name) {
  const base = join(folder, 'node_modules', name)
  const files = readdirSync(base, { recursive: true })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => statSync(join(base, file)).isFile())
  const manifest = manifestOf(folder, name)
  const stubs = STUBBED.includes(name) ? stubsOf(manifest) : new Map()
  const problems = [...manifestProblems(manifest, files)]
  for (const [file, text] of stubs) {
    if (!files.includes(file)) problems.push(`${file} is missing: add its folder to files`)
    else if (readFileSync(join(base, file), 'utf8') !== text) problems.push(`${file} does not name its entry's files`)
  }
  for (const file of ['LICENSE', 'README.md']) {
    if (!files.includes(file)) problems.push(`${file} is missing`)
  }
  for (const file of files) {
    if (!ALLOWED.test(file) && !stubs.has(file)) problems.push(`${file} does not belong in the tarball`)
    const text = readFileSync(join(base, file), 'utf8')
    if (text.includes(root.replace(/[\\/]$/, ''))) problems.push(`${file} names a path of this machine`)
    if (/\.c?js$/.test(file) && file.startsWith('dist/')) {
      problems.push(...mapProblems(base, file, text), ...importProblems(manifest, file, text))
    }
    if (/\.d\.c?ts$/.test(file)) problems.push(...importProblems(manifest, file, text))
  }
  if (name === '@srp6a/srp') problems.push(...startProblems(base, 'dist/cognito/index.js'))
  return problems.map((problem) => `${name}: ${problem}`)
}

/** Hold the entry that every sign-in imports to two files: Node takes about a millisecond for each. See library() in tsup.base.ts. */
function* startProblems(base, entry) {
  const reached = new Set([entry])
  for (const file of reached) {
    const text = readFileSync(join(base, file), 'utf8')
    for (const [, path] of text.matchAll(/from "(\.[^"]*)"/g))
      reached.add(join(dirname(file), path).replaceAll('\\', '/'))
  }
  if (reached.size !== 2)
    yield `${entry} starts ${reached.size} files, not 2: ${[...reached].join(', ')}; see common.ts`
}

function* manifestProblems(manifest, files) {
  if (manifest.license !== 'MIT') yield 'license is not MIT'
  if (!manifest.engines?.node) yield 'engines.node is missing'
  if (manifest.sideEffects !== false && !Array.isArray(manifest.sideEffects)) yield 'sideEffects is missing'
  if (JSON.stringify(manifest).includes('workspace:')) yield 'package.json still says workspace:'
  for (const table of ['dependencies', 'devDependencies', 'peerDependencies']) {
    const names = Object.keys(manifest[table] ?? {})
    if (names.join() !== names.toSorted().join()) yield `${table} are not in the order of their names: pnpmfile.cjs`
  }
  for (const script of Object.keys(manifest.scripts ?? {})) {
    if (LIFECYCLE.test(script)) yield `package.json has the script ${script}, which runs on someone else's machine`
  }
  for (const [path, conditions] of Object.entries(manifest.exports)) {
    if (typeof conditions === 'string' || path.endsWith('.wasm')) continue // a file, not code: package.json, a .wasm
    for (const kind of ['import', 'require']) {
      const [first] = Object.keys(conditions[kind] ?? {})
      if (first !== 'types') yield `exports["${path}"].${kind} must begin with types`
    }
  }
  const named = JSON.stringify([manifest.exports, manifest.bin, manifest.main, manifest.module])
  for (const [, target] of named.matchAll(/"\.\/((?:dist|bin)\/[^"]+)"/g)) {
    if (!files.includes(target)) yield `package.json names ${target}, which is not there`
  }
}

/** Source maps bring their sources along, for src/ is not published. */
function* mapProblems(base, file, text) {
  const [, map] = text.match(/\/\/# sourceMappingURL=(.+)\s*$/) ?? []
  if (map !== `${basename(file)}.map`) return yield `${file} has no source map`
  const path = join(base, dirname(file), map)
  if (!existsSync(path)) return yield `${map} is missing`
  const { sources, sourcesContent } = JSON.parse(readFileSync(path, 'utf8'))
  for (const [i, source] of sources.entries()) {
    if (/^([/\\]|\w+:)/.test(source)) yield `${file}.map names the absolute path ${source}`
    if (typeof sourcesContent?.[i] !== 'string') yield `${file}.map comes without the source ${source}`
  }
}

/** Everything imported is published with the package, declared by it, or of Node where that is meant. */
function* importProblems(manifest, file, text) {
  // By its own name a package reaches its own entries.
  const declared = [manifest.name, ...Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies })]
  const pattern = /(?:\bfrom\s*|^import\s*|\bimport\(\s*|\brequire\(\s*)(['"])([^'"]+)\1/gm
  for (const [, , target] of text.matchAll(pattern)) {
    if (target.startsWith('.')) {
      const path = relative(join('/p', 'dist'), join('/p', dirname(file), target))
      if (path.startsWith('..')) yield `${file} reaches out of dist/: ${target}`
    } else if (target.startsWith('node:')) {
      if (!NODE_FILES[manifest.name]?.test(file)) yield `${file} imports ${target}`
    } else if (!declared.some((name) => target === name || target.startsWith(`${name}/`))) {
      yield `${file} imports ${target}, which package.json does not declare`
    }
  }
}

/** The place where the modules of Node may be imported. */
const NODE_FILES = {
  '@srp6a/srp': /^dist\/(engine\/)?node\.c?js$/,
  'cognito-srp-cli': /./,
  'cognito-user-pool-emulator': /./,
}
