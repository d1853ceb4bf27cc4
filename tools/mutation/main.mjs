// npm run mutate: changes packages/srp/src in one place at a time, by Stryker's mutators, and runs the tests that pass by
// that place until one fails. Stryker's own runner starts vitest for every mutant, which takes seconds; this takes
// milliseconds. A survivor must be justified in survivors.json, or the command fails.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join, relative } from 'node:path'
import { parseArgs } from 'node:util'
import { globSync } from '../workspace/glob.mjs'
import { root } from '../workspace/run.mjs'
import { setup } from '../workspace/setup.mjs'

const HELP = `npm run mutate -- [options]

  --only text     mutants of the files whose path contains it (default: all of packages/srp/src)
  --line n        mutants of that line only
  --tests regex   only the test files whose path matches
  --continue      leave out the mutants that an earlier run noticed, in files that are the same now: after adding a test
  --longest ms    tests that take more CPU time than this are left out (default 2500)
  --workers n     processes side by side (default: as many as cores)
  --list          run nothing: write survivors.md again, after reasons were given in survivors.json
  --verbose       also print what killed each mutant
`
const { values } = parseArgs({
  options: {
    only: { type: 'string', default: '' },
    line: { type: 'string' },
    tests: { type: 'string', default: '' },
    continue: { type: 'boolean', default: false },
    longest: { type: 'string', default: '2500' },
    workers: { type: 'string', default: String(availableParallelism()) },
    verbose: { type: 'boolean', default: false },
    list: { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  },
})

/** Tests of other programs and of test data, of the packages as built, and of the emulator: slow, and not of the core alone. */
const LEFT_OUT = /\.slow\.test|suites\/(peers|pysrp|mutants)|examples|vectors-published/
/** A program wrote it: the WebAssembly module as text. */
const WRITTEN = /engine\/wasm\/code\.ts$/
/** No more tests than take this long, for a mutant that none of them notices. */
const PLAN_MS = 15_000
/** An endless loop ends after so many times the hits it has without the mutant; one that has no hits, by the clock (worker.mjs). */
const HITS = 100
const TIMEOUT_MS = 120_000
const REHEARSAL_MS = 1_800_000

/** `src/engine/comb.ts` is mirrored by `test/engine/comb.test.ts`. */
function mirrors(test, source) {
  const bare = (path) =>
    relative(join(root, 'packages/srp'), path)
      .replace(/^(src|test)\//, '')
      .replace(/(\.test)?\.ts$/, '')
  return bare(test) === bare(source)
}

/**
 * The tests that pass by the mutant, those of its own file and then the quickest first, as far as the time goes; after
 * them the others of the same scripts: what the first one made with the mutant inside may be kept for them.
 */
function planOf(mutant, rehearsals, scripts) {
  const passing = rehearsals.flatMap(({ tests, static: loaded }, index) => {
    const all = loaded.includes(mutant.id)
    if (!all && tests.every(({ hits }) => hits[mutant.id] === undefined)) return []
    const own = mirrors(join(root, scripts[index].name), mutant.fileName)
    return tests.flatMap(({ hits, ms }, i) => {
      const rank = !all && hits[mutant.id] === undefined ? 2 : own ? 0 : 1
      return ms <= Number(values.longest) ? [{ index, i, ms, rank }] : []
    })
  })
  passing.sort((a, b) => a.rank - b.rank || a.ms - b.ms)
  let left = PLAN_MS
  const byScript = new Map()
  for (const { index, i, ms } of passing) {
    left -= ms
    if (left < 0) break
    byScript.set(index, [...(byScript.get(index) ?? []), { i, ms }])
  }
  return [...byScript].map(([index, tests]) => ({ index, tests }))
}

const hitsOf = (mutant, rehearsals) =>
  Math.max(0, ...rehearsals.flatMap(({ tests }) => tests.map(({ hits }) => hits[mutant.id] ?? 0)))

/** A name for a mutant that holds as long as its file is the same. */
function namesIn(sources) {
  const hashes = new Map(sources.map((path) => [path, createHash('sha256').update(readFileSync(path)).digest('hex')]))
  return ({ fileName, replacement, location: { start, end } }) =>
    [hashes.get(fileName), start.line, start.column, end.line, end.column, replacement].join(':')
}

/** Record the code that each test passes by, once for each script as it is: it takes longer than many mutants do. */
async function rehearseAll(child, scripts, folder) {
  const rehearsals = []
  for (const [index, { name, text }] of scripts.entries()) {
    const file = join(folder, `${createHash('sha256').update(text).digest('hex')}.json`)
    if (!existsSync(file)) {
      const rehearsal = await child.ask({ rehearse: index }, REHEARSAL_MS)
      if (rehearsal === undefined) throw new Error(`${name}: the tests did not end`)
      const failed = rehearsal.tests.find((test) => test.failed)
      if (failed !== undefined) throw new Error(`${name}: ${failed.name} fails without a mutant: ${failed.failed}`)
      writeFileSync(file, JSON.stringify(rehearsal))
    }
    const rehearsal = JSON.parse(readFileSync(file, 'utf8'))
    for (const test of rehearsal.tests.filter(({ ms }) => ms > Number(values.longest)))
      console.log(`left out, ${Math.round(test.ms)} ms: ${name}: ${test.name}`)
    rehearsals.push(rehearsal)
  }
  return rehearsals
}

async function main() {
  await setup()
  const { instrument, bundle } = await import('./bundle.mjs')
  const { Child } = await import('./pool.mjs')
  const { report } = await import('./report.mjs')
  const began = Date.now()
  const sources = globSync('packages/srp/src/**/*.ts')
    .filter((path) => !WRITTEN.test(path))
    .map((path) => join(root, path))
  const tests = globSync('packages/srp/test/**/*.test.ts').filter(
    (path) => !LEFT_OUT.test(path) && new RegExp(values.tests).test(path),
  )
  const instrumented = await instrument(sources)
  const { scripts, outside } = await bundle(
    tests.map((path) => join(root, path)),
    instrumented.sources,
  )
  // There, so that the packages are found that the tests find.
  const folder = join(root, 'packages/srp/node_modules/.mutate')
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'scripts.json'), JSON.stringify({ scripts }))
  const loads = outside
    .filter((name) => name !== 'vitest')
    .map((name) => `${JSON.stringify(name)}: await import(${JSON.stringify(name)}).then((m) => m.default ?? m),`)
  writeFileSync(join(folder, 'outside.mjs'), `export default {\n${loads.join('\n')}\n}\n`)

  const child = new Child(folder)
  const rehearsals = await rehearseAll(child, scripts, folder)
  const count = rehearsals.reduce((sum, one) => sum + one.tests.length, 0)
  const wanted = instrumented.mutants.filter(
    ({ fileName, location }) =>
      relative(root, fileName).includes(values.only) &&
      (values.line === undefined || location.start.line + 1 === Number(values.line)),
  )
  console.log(`${wanted.length} mutants, ${count} tests in ${scripts.length} files`)

  const memory = join(folder, 'noticed.json')
  const nameOf = namesIn(sources)
  const noticed = (values.continue && existsSync(memory) && JSON.parse(readFileSync(memory, 'utf8'))) || {}
  const remember = () => writeFileSync(memory, JSON.stringify(noticed))

  const results = []
  async function judge(child, mutant) {
    const name = nameOf(mutant)
    if (noticed[name] !== undefined) return results.push({ mutant, ...noticed[name] })
    const plan = planOf(mutant, rehearsals, scripts)
    const hitLimit = HITS * (1 + hitsOf(mutant, rehearsals))
    const answer = plan.length === 0 ? {} : await child.ask({ id: mutant.id, hitLimit, plan }, TIMEOUT_MS)
    const status =
      answer === undefined ? 'timeout' : answer.by ? 'killed' : plan.length === 0 ? 'uncovered' : 'survived'
    const result = { status, by: answer?.by }
    results.push({ mutant, ...result })
    if (status === 'killed' || status === 'timeout') noticed[name] = result
    if (values.verbose || status === 'survived' || status === 'uncovered') {
      const place = `${relative(root, mutant.fileName)}:${mutant.location.start.line + 1}`
      console.log(`${status} ${place} ${mutant.mutatorName} → ${mutant.replacement} ${answer?.by ?? ''}`)
    }
    if (results.length % 50 === 0) {
      remember()
      console.error(`mutate: ${results.length} of ${wanted.length}, ${Math.round((Date.now() - began) / 1000)} s`)
    }
  }
  const queue = wanted.values()
  const work = async (child) => {
    // One iterator for all workers: each takes the next that no one has.
    for (const mutant of queue) await judge(child, mutant)
    child.end()
  }
  const others = Array.from({ length: Number(values.workers) - 1 }, () => new Child(folder))
  await Promise.all([child, ...others].map(work))
  remember()
  return report(results, {
    whole: wanted.length === instrumented.mutants.length && values.tests === '',
    text: (path) => readFileSync(path, 'utf8'),
  })
}

if (values.help) console.log(HELP)
else if (values.list) process.exitCode = await import('./report.mjs').then(({ list }) => list())
else process.exitCode = await main()
