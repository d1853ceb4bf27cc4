// npm as the documents use it, without a network: what is installed is linked from this workspace, at the
// version of the lock file. Whatever else it can do is refused, so that a document cannot pass by something untried.
import { existsSync, mkdirSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { globSync } from '../workspace/glob.mjs'
import { root } from '../workspace/run.mjs'

const modules = join(process.cwd(), 'node_modules')
const here = join(process.cwd(), 'package.json')

function refuse(message) {
  console.error(`${message} (tools/docs/npm.mjs)`)
  process.exit(1)
}

export function main([command, ...rest]) {
  if (command === 'init' && rest.join(' ') === '-y') return writeFileSync(here, '{ "private": true }\n')
  if (command === 'pkg' && rest[0] === 'set' && rest.length === 2) {
    const [name, value] = rest[1].split('=')
    const manifest = existsSync(here) ? JSON.parse(readFileSync(here, 'utf8')) : {}
    return writeFileSync(here, `${JSON.stringify({ ...manifest, [name]: value }, null, 2)}\n`)
  }
  if (command === 'install' && rest.length > 0) {
    for (const name of rest) if (name !== '-D' && name !== '--save-dev') link(name)
    return
  }
  refuse(`npm ${command} ${rest.join(' ')} is nothing that is tried here`)
}

/** One package, and its commands. */
function link(name) {
  const source = find(name)
  if (source === undefined) refuse(`${name} is not in the lock file`)
  place(source, join(modules, name))
  const { bin = {} } = JSON.parse(readFileSync(join(source, 'package.json'), 'utf8'))
  const commands = typeof bin === 'string' ? { [name.split('/').at(-1)]: bin } : bin
  for (const [command, file] of Object.entries(commands)) place(join(source, file), join(modules, '.bin', command))
}

function place(source, target) {
  mkdirSync(dirname(target), { recursive: true })
  rmSync(target, { recursive: true, force: true })
  symlinkSync(source, target)
}

function find(name) {
  const own = globSync('packages/*/package.json').find(
    (file) => JSON.parse(readFileSync(join(root, file), 'utf8')).name === name,
  )
  if (own !== undefined) return dirname(join(root, own))
  const packages = globSync('packages/*/package.json').map((file) => dirname(file))
  return ['', 'examples', 'bench', 'conformance', ...packages]
    .map((folder) => join(root, folder, 'node_modules', name))
    .filter((path) => existsSync(path))
    .map((path) => realpathSync(path))[0]
}
