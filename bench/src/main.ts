// npm run bench: measures ours against the others in one run, writes JSON and SVG, prints a summary.
import { execFileSync } from 'node:child_process'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { describeCore } from 'srp6a-tools/measure/core.mjs'
import { describeMachine, describeRuntime } from 'srp6a-tools/measure/machine.js'
import { type Progress, startProgress } from 'srp6a-tools/measure/progress.js'
import { benchFolder, buildWorkers } from './build.js'
import { writeCharts } from './charts/charts.js'
import { measureHermes } from './hermes.js'
import { HELP, type Options, parseOptions, SECTIONS, type Section } from './options.js'
import { kernelOf, withBun, withNode } from './other-node.js'
import type { Results } from './results.js'
import { withoutRounds, writeResults } from './results-file.js'
import * as sections from './sections.js'
import { summary } from './summary.js'

async function measure(options: Options): Promise<Results> {
  const machine = describeMachine()
  const bench: sections.Bench = { options, worker: await buildWorkers() }
  const { quick, rounds, seed } = options
  const runtime = { ...describeRuntime(process.execPath), kernel: await kernelOf(process.execPath) }
  const date = new Date().toISOString()
  const results: Results = { schema: 1, date, core: describeCore(), quick, rounds, seed, machine, runtime }
  const into =
    <K extends keyof Results>(name: K, work: (progress: Progress) => Promise<Results[K]>) =>
    async (progress: Progress): Promise<void> => {
      results[name] = await work(progress)
    }
  const run: Record<Section, (progress: Progress) => Promise<void>> = {
    'sign-in': into('signIn', (progress) => sections.measureSignIn(bench, 'sign-in', progress)),
    latency: into('latency', (progress) => sections.measureSignIn(bench, 'latency', progress)),
    first: into('first', (progress) => sections.measureFirst(bench, progress)),
    devices: into('devices', (progress) => sections.measureDevices(bench, progress)),
    servers: into('servers', (progress) => sections.measureServers(bench, progress)),
    logins: into('logins', (progress) => sections.measureLogins(bench, progress)),
    general: into('general', (progress) => sections.measureGeneral(bench, progress)),
    heap: into('heap', (progress) => sections.measureHeap(bench, progress)),
    hermes: into('hermes', () => measureHermes(rounds, seed)),
  }
  for (const section of options.sections) await timed(section, run[section])
  for (const major of options.nodes) {
    await timed(`sign-in on Node ${major}`, (progress) =>
      withNode(major, async (execPath) => {
        const { node, v8, openssl } = describeRuntime(execPath)
        const kernel = await kernelOf(execPath)
        const signIn = await sections.measureOnNode(bench, execPath, progress)
        const first = await sections.measureFirst(bench, progress, execPath)
        results.otherNodes = { ...results.otherNodes, [major]: { version: node, v8, openssl, kernel, signIn, first } }
      }),
    )
  }
  if (options.bun) {
    await timed('sign-in on Bun', (progress) =>
      withBun(async (execPath) => {
        const version = execFileSync(execPath, ['--version'], { encoding: 'utf8' }).trim()
        const kernel = await kernelOf(execPath)
        results.bun = { version, kernel, signIn: await sections.measureOnBun(bench, execPath, progress) }
      }),
    )
  }
  return results
}

/** Sections that could not be measured. The others stay: a run takes a quarter of an hour. */
const broken: string[] = []

async function timed(name: string, work: (progress: Progress) => Promise<void>): Promise<void> {
  const progress = startProgress(name)
  try {
    await work(progress)
  } catch (error) {
    broken.push(name)
    console.error(`${name} FAILED:`, error)
  }
  progress.end()
}

const options = parseOptions(process.argv.slice(2))
if (options === 'help') {
  console.log(HELP)
} else {
  const results = await measure(options)
  // A run with anything missing must not replace the file whose figures the README shows.
  const whole =
    broken.length === 0 && !options.quick && options.sections.length === SECTIONS.length && options.without.length === 0
  const folder = options.out ?? join(benchFolder, 'results', ...(whole ? [] : ['quick']))
  await mkdir(folder, { recursive: true })
  const file = await writeResults(folder, 'bench.json', results, withoutRounds(results))
  const charts = await writeCharts(results, folder)
  console.log(summary(results))
  console.log(`\nWritten: ${[file, ...charts].join(', ')}`)
  if (broken.length > 0) {
    console.error(`Not measured: ${broken.join(', ')}`)
    process.exitCode = 1
  }
}
