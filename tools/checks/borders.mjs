// Workspaces import each other by name, and only downwards: bench, conformance, examples → tools → packages. Tests and
// fuzz targets of a package may take tools and vectors, too; nothing imports bench.
import { readFileSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'
import ts from 'typescript'
import { globSync } from '../workspace/glob.mjs'
import { root } from '../workspace/run.mjs'

const ROOMS = ['packages/srp', 'packages/cognito-srp-flows', 'packages/cognito-srp-cli', 'packages/user-pool-emulator']
const OTHERS = ['bench', 'conformance', 'examples', 'tools', 'vectors']
/** The root's settings, which every workspace builds on. */
const SETTINGS = /^(tsup\.base\.js|tsconfig\.base\.json)$/

const roomOf = (path) => [...ROOMS, ...OTHERS].find((room) => path.startsWith(`${room}/`)) ?? '.'
const NAMES = { 'srp6a-bench': 'bench', 'srp6a-conformance': 'conformance', 'srp6a-examples': 'examples' }

/** @yields a line for each import of this file that should not be */
function* faults(file) {
  const from = roomOf(file)
  for (const { fileName: name } of ts.preProcessFile(readFileSync(join(root, file), 'utf8'), true, true)
    .importedFiles) {
    if (name.startsWith('.')) {
      const to = posix.normalize(posix.join(dirname(file), name))
      if (roomOf(to) !== from && !SETTINGS.test(to))
        yield `${file}: ${name} leads into ${roomOf(to)}: import it by its name`
      continue
    }
    const room = NAMES[name.split('/')[0]]
    if (room !== undefined && room !== from) yield `${file}: nothing imports ${room}`
    if (/^packages\/[\w-]+\/src\//.test(file) && /^srp6a-(tools|vectors)\//.test(name))
      yield `${file}: a package's source takes nothing from ${name}`
  }
}

const files = [...ROOMS, ...OTHERS]
  .flatMap((room) => globSync(`${room}/**/*`))
  .filter((path) => /\.(ts|tsx|mts|mjs|js)$/.test(path))
const found = files.flatMap((file) => [...faults(file)])
for (const line of found) console.error(line)
console.log(`${files.length} files, ${found.length} imports across a border`)
process.exitCode = found.length > 0 || files.length < 300 ? 1 : 0
