// A glob small enough for `packages/*/src/**/*.ts`: node:fs has one only from Node 22 on.
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './run.mjs'

const SKIP = new Set(['node_modules', 'dist', '.git', 'coverage'])

/** @returns {string[]} paths relative to the repository, with forward slashes, sorted */
export function globSync(pattern) {
  const walk = (folder, parts) => {
    const [part, ...rest] = parts
    const here = join(root, folder)
    if (part === undefined || !existsSync(here)) return []
    const entries = readdirSync(here, { withFileTypes: true }).filter((entry) => !SKIP.has(entry.name))
    const at = (name) => (folder === '' ? name : `${folder}/${name}`)
    if (part === '**') {
      const deeper = entries.filter((entry) => entry.isDirectory()).flatMap((entry) => walk(at(entry.name), parts))
      return [...walk(folder, rest), ...deeper]
    }
    const matcher = new RegExp(`^${part.replaceAll('.', '\\.').replaceAll('*', '.*')}$`)
    return entries
      .filter((entry) => matcher.test(entry.name))
      .flatMap((entry) => {
        if (rest.length > 0) return entry.isDirectory() ? walk(at(entry.name), rest) : []
        return entry.isFile() ? [at(entry.name)] : []
      })
  }
  return walk('', pattern.split('/')).sort()
}
