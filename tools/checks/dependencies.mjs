// The supply chain: what comes along with the published packages is what SECURITY.md lists, runs nothing when it is
// installed, may be passed on, and is pinned by hash in the lock file.
import { existsSync, readFileSync, realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { PACKAGES } from '../packaging/pack.mjs'
import { root } from '../workspace/run.mjs'

const LICENSES = ['MIT', 'MIT-0', 'ISC', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0', '0BSD', '(MIT AND Zlib)']
const INSTALL_SCRIPTS = ['preinstall', 'install', 'postinstall']

const read = (path) => readFileSync(join(root, path), 'utf8')
const manifestIn = (folder) => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))

/** Finds a dependency as Node does: in the node_modules of the folder that asks, or of one above it. */
function locate(name, from) {
  for (let folder = from; ; folder = dirname(folder)) {
    const path = join(folder, 'node_modules', name)
    if (existsSync(path)) return realpathSync(path)
    if (folder === dirname(folder)) throw new Error(`${name} is not installed (needed by ${from})`)
  }
}

/** Name to folder of everything that an `npm install` of one package brings along; ours are left out. */
function closure(folder, found = new Map()) {
  const { dependencies = {} } = manifestIn(folder)
  for (const name of Object.keys(dependencies)) {
    const path = locate(name, folder)
    if (name in PACKAGES) closure(path, found)
    else if (!found.has(name)) {
      found.set(name, path)
      closure(path, found)
    }
  }
  return found
}

/** The rows `package | what it brings along | …` of the table in SECURITY.md. */
export function listed(markdown) {
  const rows = new Map()
  for (const [, name, cell] of markdown.matchAll(/^\| `([^`]+)` \| ([^|]*)\|/gm)) {
    rows.set(
      name,
      [...cell.matchAll(/`([^`]+)`/g)].map(([, dependency]) => dependency),
    )
  }
  return rows
}

function* problems() {
  const table = listed(read('SECURITY.md'))
  for (const [name, path] of Object.entries(PACKAGES)) {
    const found = closure(join(root, path))
    const [actual, said] = [[...found.keys()].sort().join(', '), (table.get(name) ?? []).toSorted().join(', ')]
    console.log(`     ${name}: ${actual}`)
    if (actual !== said) yield `${name} brings along ${actual}; SECURITY.md lists ${said || 'nothing'}`
    for (const [dependency, folder] of found) {
      const { scripts = {}, license } = manifestIn(folder)
      const runs = INSTALL_SCRIPTS.filter((script) => script in scripts)
      if (runs.length > 0 || existsSync(join(folder, 'binding.gyp'))) {
        yield `${dependency} runs something when it is installed: ${runs.join(', ') || 'binding.gyp'}`
      }
      if (!LICENSES.includes(license)) yield `${dependency} has the license ${JSON.stringify(license)}`
    }
  }
  yield* lockProblems(read('pnpm-lock.yaml'))
}

/** Every package of the lock file comes from the registry and has a SHA-512. */
export function* lockProblems(lock) {
  const start = lock.indexOf('\npackages:\n')
  const end = lock.indexOf('\nsnapshots:\n')
  if (start < 0 || end < start) return yield 'pnpm-lock.yaml has no packages'
  const entries = lock.slice(start, end).matchAll(/^ {2}'?([^\s'][^':]*(?:@[^':]+)?)'?:\n {4}resolution: \{(.*)\}$/gm)
  let count = 0
  for (const [, name, resolution] of entries) {
    count++
    if (!/^integrity: sha512-[A-Za-z0-9+/]{86}==$/.test(resolution)) yield `${name} is locked to {${resolution}}`
  }
  const resolutions = lock.slice(start, end).match(/^ {4}resolution:/gm)?.length ?? 0
  if (count === 0 || count !== resolutions) yield `pnpm-lock.yaml: only ${count} of ${resolutions} packages can be read`
  else console.log(`     ${count} packages in the lock file, each with its SHA-512`)
}

const found = [...problems()]
for (const problem of found) console.error(problem)
process.exitCode = found.length > 0 ? 1 : 0
