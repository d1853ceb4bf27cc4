// The state of packages/srp/src that a measurement is of: the commit that last changed it, and a hash of its files,
// which also holds in a clone without history.
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { globSync } from '../workspace/glob.mjs'
import { root } from '../workspace/run.mjs'

const CORE = 'packages/srp/src'

/** Run git in the repository and return what it prints. It throws where there is no git, or no repository. */
export const git = (...args) =>
  execFileSync('git', args, { cwd: root, encoding: 'utf8', maxBuffer: 2 ** 26, stdio: ['ignore', 'pipe', 'ignore'] })

/** Hash files, given as pairs of path and text, in the order of their paths. */
function hashOf(files) {
  const hash = createHash('sha256')
  for (const [path, text] of files.toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    hash.update(`${path}\n${text.length}\n`).update(text)
  }
  return hash.digest('hex')
}

/** Return the hash of the core's files as they are now. */
export function sourcesNow() {
  const paths = globSync(`${CORE}/**/*.ts`).map((path) => path.replaceAll('\\', '/'))
  return hashOf(paths.map((path) => [path, readFileSync(join(root, path), 'utf8')]))
}

/** Return the hash that the core's files had at a commit. */
export function sourcesAt(commit) {
  const paths = git('ls-tree', '-r', '--name-only', commit, '--', CORE).split('\n')
  return hashOf(paths.filter((path) => path.endsWith('.ts')).map((path) => [path, git('show', `${commit}:${path}`)]))
}

/**
 * Describe the core as it is now, for the file that a measurement writes.
 *
 * @returns {{ commit: string | null, sources: string }} `commit` is null for code that is not committed, or without git
 */
export function describeCore() {
  const sources = sourcesNow()
  try {
    const commit = git('log', '-1', '--format=%H', '--', CORE).trim()
    return { commit: sourcesAt(commit) === sources ? commit : null, sources }
  } catch {
    return { commit: null, sources }
  }
}
