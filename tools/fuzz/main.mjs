// `npm run fuzz -- --minutes 10 [--target name]… [--seed n] [--save]`: coverage-guided fuzzing of everything that reads
// what others wrote. Ends with 1 if an input was found that ends in an undocumented error, hangs, or changes a prototype.
//
// The loop is our own. Jazzer.js 4 needs a newer C library than Debian 12 has, older ones download their engine when
// they are installed, and no other fuzzer for JavaScript is still maintained.
import { mkdirSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { Worker } from 'node:worker_threads'
import { globSync } from '../workspace/glob.mjs'
import { root } from '../workspace/run.mjs'
import { bundleTargets } from './build.mjs'
import { toEntry, writeCorpus } from './corpus.mjs'

const HUNG_AFTER = 60_000

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '2' },
    target: { type: 'string', multiple: true },
    seed: { type: 'string' },
    save: { type: 'boolean', default: false },
  },
})
const minutes = Number(values.minutes)
const seed = Number(values.seed ?? (Math.random() * 2 ** 32) >>> 0)
if (!(minutes > 0) || !Number.isInteger(seed)) {
  console.error('usage: npm run fuzz -- [--minutes N] [--target NAME]… [--seed N] [--save]')
  process.exit(2)
}

const folder = join(root, 'node_modules/.cache/srp6a/fuzz')
mkdirSync(folder, { recursive: true })

const all = []
for (const entry of globSync('packages/*/fuzz/targets.ts')) {
  const bundle = join(folder, `${entry.split('/')[1]}.cjs`)
  await bundleTargets(entry, bundle)
  for (const { name } of createRequire(import.meta.url)(bundle).targets) {
    all.push({ name, bundle, corpusFile: join(root, entry, '..', 'corpus', `${name}.json`) })
  }
}
const chosen = values.target === undefined ? all : all.filter(({ name }) => values.target.includes(name))
if (chosen.length === 0) {
  console.error(`no such target; there are ${all.map(({ name }) => name).join(', ')}`)
  process.exit(2)
}

/** Runs one target until its time is up, it finds something, or it hangs. */
function fuzz({ name, bundle, corpusFile }, milliseconds) {
  const shared = new SharedArrayBuffer(8 + 65_536)
  const beat = new Int32Array(shared, 0, 2)
  const input = () => new Uint8Array(shared, 8).slice(0, beat[1])
  return new Promise((resolve) => {
    const outcome = { crashes: [] }
    const workerData = { bundle, name, corpusFile, milliseconds, seed, shared }
    const worker = new Worker(new URL('worker.mjs', import.meta.url), { workerData })
    let last = { count: -1, at: Date.now() }
    const watch = setInterval(() => {
      if (beat[0] !== last.count) last = { count: beat[0], at: Date.now() }
      // Before the first input the bundle is read, and keys are made.
      else if (beat[0] > 0 && Date.now() - last.at > HUNG_AFTER) {
        clearInterval(watch)
        outcome.crashes.push({ input: input(), error: `no end after ${HUNG_AFTER / 1000} s` })
        void worker.terminate()
      }
    }, 1000)
    worker.on('message', (message) => {
      if (message.kind === 'crash') outcome.crashes.push(message)
      else Object.assign(outcome, message)
    })
    worker.on('error', (error) => outcome.crashes.push({ input: input(), error: error.stack }))
    worker.on('exit', () => {
      clearInterval(watch)
      resolve(outcome)
    })
  })
}

console.log(`seed ${seed}, ${minutes} minutes over ${chosen.length} targets`)
let crashes = 0
let executions = 0
for (const target of chosen) {
  const outcome = await fuzz(target, (minutes * 60_000) / chosen.length)
  executions += outcome.executions ?? 0
  const rate = ((outcome.executions ?? 0) / (outcome.seconds ?? 1)).toFixed(0)
  console.log(
    `${target.name.padEnd(18)} ${outcome.executions} executions (${rate}/s), ${outcome.counters} counters moved ` +
      `(${outcome.atStart} at the start), ${((outcome.share ?? 0) * 100).toFixed(1)} % of its files, ` +
      `corpus ${outcome.kept?.length}, ${outcome.crashes.length} crashes`,
  )
  for (const { input, error } of outcome.crashes) {
    crashes++
    const file = join(folder, `crash-${target.name}-${Date.now()}.bin`)
    writeFileSync(file, input)
    console.error(`CRASH ${target.name}: ${error}\n  input: ${JSON.stringify(toEntry(input))}\n  kept in ${file}`)
  }
  if (values.save && outcome.kept !== undefined && outcome.crashes.length === 0) {
    writeCorpus(target.corpusFile, outcome.kept)
  }
}
console.log(`${executions} executions, ${crashes} crashes`)
process.exitCode = crashes > 0 ? 1 : 0
