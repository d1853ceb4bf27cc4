// npm run soak: random Cognito handshakes through our client, each compared with Python's hashlib and pow. Goes on where
// it was interrupted, stretch by stretch, and fails on the first run that has a mismatch.
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { describeMachine, describeRuntime } from 'srp6a-tools/measure/machine.js'
import { startProgress } from 'srp6a-tools/measure/progress.js'
import { wholeNumber } from 'srp6a-tools/measure/whole-number.js'
import { ACCUMULATED, accumulate, contradicted, signaturesOf } from './accumulated.js'
import { merge, noConditions, summarise, table } from './conditions.js'
import { chooseEngines } from './engines.js'
import { plainOracle, pythonOracle } from './oracle.js'
import { type Mismatch, type Stretch, soak } from './run.js'

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

const WHOLE = 100_000
/** Kept together, whole or not at all. */
const STRETCH = 500
/** The number of handshakes that --check goes through. */
const CHECKED = 10_000

const HELP = `npm run soak -- [options]

  --count n      handshakes (default ${WHOLE})
  --from n       the first one's number (default 0)
  --seed n       default 1
  --engine name  that engine alone, on every handshake; by default each runs on its share
  --peers n      how many amazon-cognito-identity-js answers as well (default 200)
  --check        only: do the engines still give the first ${CHECKED} signatures whose hash is checked in?
  --fresh        forget what an interrupted run had done
  --out folder   default bench/results for a whole run, bench/results/quick otherwise
`

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: String(WHOLE) },
    from: { type: 'string', default: '0' },
    seed: { type: 'string', default: '1' },
    engine: { type: 'string' },
    peers: { type: 'string', default: '200' },
    check: { type: 'boolean', default: false },
    fresh: { type: 'boolean', default: false },
    out: { type: 'string' },
    help: { type: 'boolean', short: 'h', default: false },
  },
})

/** The place where the stretches of an unfinished run lie. Another version of this program starts over: see `--fresh`. */
const kept = (name: string): string => join(here('../node_modules/.soak'), name)

async function run(): Promise<number> {
  const count = wholeNumber(values.count, '--count', 1)
  const from = wholeNumber(values.from, '--from', 0)
  const seed = wholeNumber(values.seed, '--seed', 1)
  const peers = wholeNumber(values.peers, '--peers', 0)
  const engines = chooseEngines(values.engine)
  const peerEvery = peers === 0 ? 0 : Math.max(1, Math.floor(count / peers))
  const machine = describeMachine()
  const python = pythonOracle()
  if (python === undefined)
    console.log('There is no Python 3 here: compared with plain BigInt and node:crypto instead.')
  const oracle = python ?? plainOracle()
  const folder = kept([seed, from, count, values.engine ?? 'all', peerEvery, python ? 'python' : 'plain'].join('-'))
  mkdirSync(folder, { recursive: true })

  const progress = startProgress('soak')
  const stretches: Stretch[] = []
  try {
    for (let begin = from; begin < from + count; begin += STRETCH) {
      const end = Math.min(begin + STRETCH, from + count)
      const file = join(folder, `${begin}.json`)
      if (!values.fresh && existsSync(file)) {
        stretches.push(JSON.parse(readFileSync(file, 'utf8')))
        continue
      }
      const onProgress = (done: number): void =>
        progress.report(begin - from + done, count, `${begin - from + done} of ${count} handshakes`)
      const stretch = await soak({ seed, from: begin, to: end, engines, oracle, peerEvery, onProgress })
      // Whole or not at all: it may be interrupted here.
      writeFileSync(`${file}.part`, JSON.stringify(stretch))
      renameSync(`${file}.part`, file)
      stretches.push(stretch)
    }
  } finally {
    await oracle.end()
    progress.end()
  }
  return report({ seed, from, count, oracle: oracle.name, engines, machine, stretches })
}

function report(done: {
  seed: number
  from: number
  count: number
  oracle: string
  engines: ReturnType<typeof chooseEngines>
  machine: ReturnType<typeof describeMachine>
  stretches: readonly Stretch[]
}): number {
  const { seed, from, count, oracle, engines, machine, stretches } = done
  const conditions = noConditions()
  const compared: Record<string, number> = {}
  const mismatches: Mismatch[] = []
  for (const stretch of stretches) {
    merge(conditions, stretch.conditions)
    mismatches.push(...stretch.mismatches)
    for (const [who, n] of Object.entries(stretch.compared)) compared[who] = (compared[who] ?? 0) + n
  }
  const signatures = stretches.flatMap((stretch) => stretch.signatures)
  const hashes = from === 0 ? accumulate(signatures, [...ACCUMULATED.hashes.map(({ after }) => after), count]) : []
  const results = {
    schema: 1,
    date: new Date().toISOString(),
    ...{ seed, from, handshakes: signatures.length, oracle },
    engines: Object.fromEntries(engines.map(({ name, every }) => [name, { every }])),
    compared,
    mismatches: mismatches.length,
    firstMismatches: mismatches.slice(0, 20),
    hashes,
    shapes: Object.fromEntries(Object.entries(conditions.shapes).map(([name, one]) => [name, summarise(one)])),
    others: conditions.others,
    machine,
    runtime: describeRuntime(process.execPath),
  }
  const isWhole = count === WHOLE && from === 0 && seed === 1 && values.engine === undefined
  const folder = values.out ?? join(here('../../bench/results'), ...(isWhole ? [] : ['quick']))
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'soak.json'), `${JSON.stringify(results, null, 1)}\n`)

  console.log(`${signatures.length} handshakes of seed ${seed} from ${from} on, compared with ${oracle}\n`)
  console.log(table(conditions))
  console.log(
    `\nCompared: ${Object.entries(compared)
      .map(([who, n]) => `${who} ${n}`)
      .join(', ')}`,
  )
  for (const one of mismatches.slice(0, 20)) console.log(`MISMATCH ${JSON.stringify(one)}`)
  const wrongHashes = seed === ACCUMULATED.seed ? contradicted(hashes) : []
  for (const { after } of wrongHashes) console.log(`MISMATCH the hash of the first ${after} is not the one checked in`)
  console.log(`${mismatches.length} mismatches. Written: ${join(folder, 'soak.json')}`)
  return mismatches.length + wrongHashes.length > 0 ? 1 : 0
}

/** The accumulated hash alone, without an oracle. */
function check(): number {
  const engines = chooseEngines(values.engine)
  const marks = ACCUMULATED.hashes.map(({ after }) => after).filter((after) => after <= CHECKED)
  const hashes = accumulate(signaturesOf(engines, CHECKED), marks)
  const wrong = contradicted(hashes)
  for (const { after, sha256 } of hashes) console.log(`the first ${after}: ${sha256}`)
  console.log(
    wrong.length === 0 ? 'As checked in.' : `Not as checked in: ${wrong.map(({ after }) => after).join(', ')}`,
  )
  return wrong.length > 0 || hashes.length === 0 ? 1 : 0
}

if (values.help) console.log(HELP)
else process.exitCode = values.check ? check() : await run()
