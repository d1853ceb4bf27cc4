// npm run bench:timing: does the time of a secret operation depend on the secret? Fails if it does, and also if a
// control that leaks is not caught.
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { describeCore } from 'srp6a-tools/measure/core.mjs'
import { describeMachine, describeRuntime } from 'srp6a-tools/measure/machine.js'
import { startProgress } from 'srp6a-tools/measure/progress.js'
import { wholeNumber } from 'srp6a-tools/measure/whole-number.js'
import { benchFolder, buildTimingWorker } from '../src/build.js'
import { writeResults } from '../src/results-file.js'
import { runWorker } from '../src/workers/protocol.js'
import { judge, report, summarize } from './report.js'
import type { TargetResult, TimingRequest } from './worker.js'

const HELP = `npm run bench:timing -- [options]

  --samples n    of each class of secrets, for each target (default 10000)
  --only text    only targets whose name contains it, e.g. '3072' (the controls always run)
  --seed n       default 1
  --out folder   default bench/results for a whole run, bench/results/quick otherwise
`
const DEFAULT_SAMPLES = 10_000
const FEWEST_SAMPLES = 50

const { values } = parseArgs({
  options: {
    samples: { type: 'string', default: String(DEFAULT_SAMPLES) },
    only: { type: 'string', default: '' },
    seed: { type: 'string', default: '1' },
    out: { type: 'string' },
    help: { type: 'boolean', short: 'h', default: false },
  },
})

async function main(): Promise<number> {
  if (values.help) {
    console.log(HELP)
    return 0
  }
  const samples = wholeNumber(values.samples, '--samples', FEWEST_SAMPLES)
  const request: TimingRequest = { samples, seed: wholeNumber(values.seed, '--seed', 1), only: values.only }
  const machine = describeMachine()
  const worker = await buildTimingWorker()
  const progress = startProgress('timing')
  const results = await runWorker<TargetResult[]>(worker, request, { onProgress: progress.report })
  progress.end()
  const { missed, leaks } = judge(results)
  const measured = results.some(({ mustReach }) => mustReach === undefined)
  if (!measured) throw new RangeError(`--only: no target's name contains ${values.only}`)
  const conclusion = [
    ...missed.map((line) => `NOT CAUGHT  ${line}`),
    ...leaks.map((line) => `DIFFERS     ${line}`),
    missed.length > 0
      ? 'A control was not caught: the run proves nothing.'
      : leaks.length > 0
        ? 'Some times depend on the secret.'
        : 'Every control was caught; no difference was found anywhere else.',
  ].join('\n')
  const text = `${report(results)}\n\n${conclusion}\n`
  const partial = samples < DEFAULT_SAMPLES || values.only !== ''
  const folder = values.out ?? join(benchFolder, 'results', ...(partial ? ['quick'] : []))
  const record = {
    schema: 1,
    date: new Date().toISOString(),
    ...request,
    core: describeCore(),
    machine,
    runtime: describeRuntime(process.execPath),
  }
  const verdict = { missed, leaks }
  const summary = { ...record, results: summarize(results), ...verdict }
  const file = await writeResults(folder, 'timing.json', { ...record, results, ...verdict }, summary)
  await writeFile(join(folder, 'timing.txt'), text)
  console.log(text)
  console.log(`Written: ${file}, ${join(folder, 'timing.txt')}`)
  return missed.length + leaks.length > 0 ? 1 : 0
}

process.exitCode = await main()
