// Runs the tests of one mutant at a time. Each run evaluates its script again, so that what a module does or keeps when it
// is loaded is mutated as well.
import { readFileSync } from 'node:fs'
import { Script } from 'node:vm'
import { collect, outcome, vitest } from './vitest.mjs'

const [, , folder] = process.argv
const { scripts } = JSON.parse(readFileSync(`${folder}/scripts.json`, 'utf8'))
const { default: outside } = await import(`${folder}/outside.mjs`)
globalThis.__outside = { ...outside, vitest }
const stryker = { activeMutant: undefined, mutantCoverage: { static: {}, perTest: {} } }
globalThis.__stryker__ = stryker

/** Milliseconds: to evaluate a script; and for a test, beside so many times what it took without a mutant. */
const LOADING_MS = 30_000
const LEAST_MS = 5000
const PATIENCE = 20

/** A mutant's promise may be left behind; its test has been judged without it. */
process.on('unhandledRejection', () => undefined)

const compiled = new Map()
function evaluate(index) {
  let script = compiled.get(index)
  if (script === undefined) {
    const { name, text } = scripts[index]
    script = new Script(text, { filename: name })
    compiled.set(index, script)
  }
  return collect(() => script.runInThisContext())
}

/** Every test once, with no mutant: how long it takes, and which mutants it passes by. */
async function rehearse(index) {
  const coverage = { static: {}, perTest: {} }
  Object.assign(stryker, { activeMutant: undefined, mutantCoverage: coverage, currentTestId: undefined })
  const tests = []
  for (const [i, test] of evaluate(index).entries()) {
    stryker.currentTestId = String(i)
    const began = process.cpuUsage()
    const error = await outcome(test)
    const { user, system } = process.cpuUsage(began)
    stryker.currentTestId = undefined
    const hits = coverage.perTest[i] ?? {}
    tests.push({ name: test.name, ms: (user + system) / 1000, hits, failed: error && String(error.stack ?? error) })
  }
  return { tests, static: Object.keys(coverage.static) }
}

/** The first test of the plan that fails with this mutant. */
async function judge({ id, hitLimit, plan }) {
  for (const { index, tests } of plan) {
    process.send({ within: LOADING_MS })
    Object.assign(stryker, { activeMutant: id, hitCount: 0, hitLimit, currentTestId: undefined })
    stryker.mutantCoverage.static = {}
    let all
    try {
      all = evaluate(index)
    } catch (error) {
      return { by: `${scripts[index].name}, when it is loaded`, why: String(error) }
    }
    for (const { i, ms } of tests) {
      // An endless loop says nothing any more.
      process.send({ within: LEAST_MS + PATIENCE * ms })
      // A mutant may declare fewer tests: then its own are all run.
      const error = all[i] === undefined ? new Error('the test is gone') : await outcome(all[i])
      if (error !== undefined)
        return { by: `${scripts[index].name}: ${all[i]?.name}`, why: String(error).slice(0, 200) }
    }
  }
  return {}
}

process.on('message', async (message) => {
  try {
    process.send(message.rehearse === undefined ? await judge(message) : await rehearse(message.rehearse))
  } catch (error) {
    // The runner itself is at fault: better no result than one that says a mutant was noticed.
    console.error(error)
    process.exit(1)
  }
})
process.send('ready')
