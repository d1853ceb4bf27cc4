// Every measurement that documents quote says which state of the core it is of, truthfully; where the core has changed since,
// this says so. Without history (a tarball, a shallow clone) only the hash of the files is compared.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { git, sourcesAt, sourcesNow } from '../measure/core.mjs'
import { root } from '../workspace/run.mjs'

/**
 * Results files, each with the command that measures it again. The soak may be broken off and go on with another core.
 */
const RESULTS = {
  'packages/srp/test/mutation/summary.json': 'npm run mutate',
  'bench/results/timing.json': 'npm run bench:timing',
  'bench/results/bench.json': 'npm run bench',
}

/** Return why commits cannot be looked up here, if they cannot. */
function withoutHistory() {
  try {
    return git('rev-parse', '--is-shallow-repository').trim() === 'true' ? 'a shallow clone' : undefined
  } catch {
    return 'no git repository'
  }
}

/** A history that was rewritten, as by squashing, does not hold it; the hash of the files still counts. */
function known(commit) {
  try {
    git('cat-file', '-e', `${commit}^{commit}`)
    return true
  } catch {
    console.log(`note: commit ${commit.slice(0, 12)} is not in this history`)
    return false
  }
}

/** @returns what is wrong with what a measurement says of itself */
function* problems({ commit, sources } = {}, history) {
  if (!/^[0-9a-f]{64}$/.test(sources ?? '')) return yield 'it does not say which sources it is of'
  if (commit === null) return yield 'it is of code that was not committed'
  if (!/^[0-9a-f]{40}$/.test(commit ?? '')) return yield 'it does not say which commit it is of'
  if (!history) return
  if (known(commit) && sourcesAt(commit) !== sources) yield `the sources of commit ${commit.slice(0, 12)} are others`
}

const now = sourcesNow()
const missing = withoutHistory()
if (missing) console.log(`skipped: the commits of measurements cannot be looked up in ${missing}; their hashes are`)
for (const [path, command] of Object.entries(RESULTS)) {
  const { core, date } = JSON.parse(readFileSync(join(root, path), 'utf8'))
  const found = [...problems(core, !missing)]
  for (const problem of found) {
    console.error(`${path}: ${problem}: ${command}`)
    process.exitCode = 1
  }
  if (found.length > 0) continue
  const of = `${path}: ${date.slice(0, 10)}, commit ${core.commit.slice(0, 12)}`
  console.log(
    core.sources === now ? `${of}: the core is the same` : `note: ${of}: the core has changed since; ${command}`,
  )
}
