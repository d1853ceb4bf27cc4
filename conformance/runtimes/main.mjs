// One suite in every runtime: node conformance/runtimes/main.mjs [--short] [--no-install] [names…]
// --short takes what is installed and starts quickly, and every tenth sign-in vector.
import { readFileSync, writeFileSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { bundler, installPackages } from './build.mjs'
import { locate } from './install.mjs'
import { startPools } from './pools.mjs'
import { RUNTIMES } from './registry.mjs'

/** Milliseconds of arithmetic in one sign-in. */
const LIMIT_MS = { jit: 15, interpreter: 40 }

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { short: { type: 'boolean' }, 'no-install': { type: 'boolean' } },
})
const unknown = positionals.filter((name) => !(name in RUNTIMES))
if (unknown.length > 0) {
  console.error(`Unknown: ${unknown.join(', ')}. There are: ${Object.keys(RUNTIMES).join(', ')}`)
  process.exit(2)
}
const names = positionals.length > 0 ? positionals : values.short ? inShort() : Object.keys(RUNTIMES)

/** List the runtimes that npm brings: this Node, and one runtime of each other kind. */
function inShort() {
  const own = `node-${process.versions.node.split('.')[0]}`
  return [...(own in RUNTIMES ? [own] : []), 'workerd-old', 'vercel-edge', 'bun', 'deno', 'hermes', 'quickjs']
}

/** The long form, or what is worth its time in `npm test`. */
function settingsFor({ jit }) {
  if (!values.short) return { every: 1, everyRejection: 1, batches: 20, without: {} }
  const reason = 'JSBI in an interpreter takes minutes: npm run test:runtimes does it'
  if (jit) return { every: 10, everyRejection: 1, batches: 3, without: {} }
  return { every: 10, everyRejection: 6, batches: 3, without: { jsbi: reason } }
}

const folder = await installPackages()
const bundle = bundler(folder)
const results = []

for (const name of names) {
  const runtime = RUNTIMES[name]
  const found = await locate(name, runtime, !values.short && !values['no-install'])
  const result = { name, ...(runtime.about && { about: runtime.about }), ...(await runIn(runtime, found)) }
  results.push(result)
  // After each, so that a run that is broken off has not been for nothing.
  if (!values.short) writeResults()
  console.log(lineOf(result))
  for (const { name: test, error } of result.failed ?? []) console.error(`     ${test}: ${error}`)
}

async function runIn(runtime, found) {
  if (found.missing) return { missing: found.missing }
  const { pools, close } = await startPools(folder)
  try {
    const context = { ...found, folder, bundle, pools, settings: settingsFor(runtime) }
    const { passed, failed, skipped, signInMs, signInWasmMs } = await runtime.run(context)
    const limit = runtime.jit ? LIMIT_MS.jit : LIMIT_MS.interpreter
    // The short form runs beside other checks, which would be what it measures.
    if (!values.short && !(signInMs < limit)) {
      failed.push({ name: 'time of one sign-in', error: `${signInMs.toFixed(1)} ms, not below ${limit}` })
    }
    // The machine's load meanwhile: without it a time says little.
    const load = tenths(loadavg()[0] ?? 0)
    const times = { signInMs: tenths(signInMs), ...(signInWasmMs && { signInWasmMs: tenths(signInWasmMs) }) }
    return { version: found.version, passed, failed, skipped, ...times, load }
  } catch (error) {
    return { version: found.version, passed: 0, failed: [{ name: 'the suite', error: error.message }], skipped: [] }
  } finally {
    await close()
  }
}

function tenths(value) {
  return Math.round(10 * value) / 10
}

function lineOf({ name, version = '', missing, passed, failed, skipped, signInMs, signInWasmMs }) {
  const title = `${name.padEnd(12)} ${version.padEnd(18)}`
  if (missing) return `---- ${title} missing: ${missing}`
  const counts = [`${passed} passed`, `${failed.length} failed`, `${skipped.length} skipped`]
  const wasm = signInWasmMs === undefined ? '' : `, ${signInWasmMs} ms with wasm`
  return `${failed.length === 0 ? 'ok  ' : 'FAIL'} ${title} ${counts.join(', ')}, one sign-in ${signInMs} ms${wasm}`
}

const reasons = new Map()
for (const { name, skipped = [] } of results) {
  for (const { reason } of skipped) reasons.set(reason, (reasons.get(reason) ?? new Set()).add(name))
}
for (const [reason, where] of reasons) console.log(`skipped: ${reason} (${[...where].join(', ')})`)

process.exitCode = results.some(({ failed }) => failed?.length > 0) ? 1 : 0

/** `{ reason: [names of cases] }` */
function byReason(skipped) {
  const groups = {}
  for (const { name, reason } of skipped) {
    groups[reason] ??= []
    groups[reason].push(name)
  }
  return groups
}

/** Write the results. A runtime that ran replaces its own lines; the others stay as they were measured. */
function writeResults() {
  const file = fileURLToPath(new URL('results.json', import.meta.url))
  let before = []
  try {
    before = JSON.parse(readFileSync(file, 'utf8')).runtimes
  } catch {
    // The first run.
  }
  const machine = { cpu: cpus()[0]?.model.trim() ?? 'unknown', cores: cpus().length, platform: process.platform }
  const runtimes = Object.keys(RUNTIMES).flatMap((name) => {
    const entry = results.find((result) => result.name === name) ?? before.find((result) => result.name === name)
    return entry ? [{ ...entry, ...(Array.isArray(entry.skipped) && { skipped: byReason(entry.skipped) }) }] : []
  })
  // A line for each runtime.
  const rows = runtimes.map((one) => ` ${JSON.stringify(one)}`).join(',\n')
  writeFileSync(file, `{"machine":${JSON.stringify(machine)},"runtimes":[\n${rows}\n]}\n`)
}
