// Fills the figures between markers in Markdown files from the results files; with --check, only says whether they are
// right.
import { readFile, writeFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { parseArgs } from 'node:util'
import { type TimingResults, timingFigures } from '../timing/figures.js'
import { benchFolder } from './build.js'
import { featureTable, findFeatures } from './features.js'
import { figures } from './figures.js'
import { countMarkers, rewrite } from './markers.js'
import { mutationFigures, runtimeFigures, sizeFigures, soakFigures } from './repository-figures.js'
import type { Results } from './results.js'

const HELP = `tsx bench/src/readme.ts [options] [file.md …]      (README.md, docs/compared.md, SECURITY.md, bench/README.md
                                                and conformance/runtimes/README.md, unless told otherwise)

  --check           write nothing; exit 1 if a figure is not that of the results file
  --results file    default bench/results/bench.json; sizes.json, timing.json and soak.json beside it,
                    conformance/runtimes/results.json and the mutation run's summary are read too
  --list            print every figure's name and text
`

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    check: { type: 'boolean', default: false },
    results: { type: 'string', default: join(benchFolder, 'results', 'bench.json') },
    list: { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  },
})

async function main(): Promise<number> {
  if (values.help) {
    console.log(HELP)
    return 0
  }
  const results = JSON.parse(await readFile(values.results, 'utf8')) as Results
  if (results.schema !== 1) throw new Error(`${values.results} has schema ${results.schema}; this reads 1`)
  const root = join(benchFolder, '..')
  const measured = async (path: string) => JSON.parse(await readFile(join(root, path), 'utf8'))
  const timing: TimingResults = await measured('bench/results/timing.json')
  const found = findFeatures()
  const known = new Map([
    ...figures(results),
    ...timingFigures(timing),
    ...sizeFigures(await measured('bench/results/sizes.json')),
    ...runtimeFigures(await measured('conformance/runtimes/results.json')),
    ...soakFigures(await measured('bench/results/soak.json')),
    ...mutationFigures(await measured('packages/srp/test/mutation/summary.json')),
    ['features.table', featureTable(found)],
  ])
  if (!values.check)
    await writeFile(join(benchFolder, 'results', 'features.json'), `${JSON.stringify(found, null, 1)}\n`)
  if (values.list) {
    for (const [name, text] of known) console.log(`${name}: ${text.includes('\n') ? `(table)\n${text}\n` : text}`)
    return 0
  }
  const documents = [
    'README.md',
    'docs/compared.md',
    'docs/suites.md',
    'SECURITY.md',
    'bench/README.md',
    'conformance/runtimes/README.md',
  ]
  const files = positionals.length > 0 ? positionals : documents.map((path) => join(root, path))
  let stale = 0
  for (const file of files) {
    const before = await readFile(file, 'utf8')
    const after = rewrite(before, known)
    const name = relative(process.cwd(), file)
    const count = `${countMarkers(before)} figures`
    if (before === after) console.log(`${name}: ${count}, all as measured`)
    else if (values.check) {
      stale++
      console.error(`${name}: ${count}, not all as measured; run without --check`)
    } else {
      await writeFile(file, after)
      console.log(`${name}: ${count}, rewritten`)
    }
  }
  return stale === 0 ? 0 : 1
}

process.exitCode = await main()
