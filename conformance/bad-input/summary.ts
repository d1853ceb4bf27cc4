// `npm run test:bad-input`: runs the tables and prints what came of them, in one table.
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { RESULTS, type Result } from './results.js'

const root = fileURLToPath(new URL('../..', import.meta.url))
rmSync(RESULTS, { recursive: true, force: true })
const vitest = `${root}node_modules/vitest/vitest.mjs`
const { status } = spawnSync(process.execPath, [vitest, 'run', '--project', 'slow', 'bad-input', '--reporter=dot'], {
  cwd: root,
  stdio: 'inherit',
})

const results = readdirSync(RESULTS).map((file): Result => JSON.parse(readFileSync(`${RESULTS}${file}`, 'utf8')))
const total = (pick: (result: Result) => number) => results.reduce((sum, result) => sum + pick(result), 0)
const line = (cells: readonly (string | number)[]) =>
  console.log(cells.map((cell, i) => (i === 0 ? String(cell).padEnd(28) : String(cell).padStart(10))).join(''))

line(['', 'functions', 'places', 'inputs', 'accepted', 'refused', 'uncaught'])
const refused = ({ errors }: Result) => Object.values(errors).reduce((sum, count) => sum + count, 0)
for (const one of results)
  line([one.name, one.functions, one.places, one.inputs, one.accepted, refused(one), one.problems.length])
line([
  'all',
  ...[
    (one: Result) => one.functions,
    (one: Result) => one.places,
    (one: Result) => one.inputs,
    (one: Result) => one.accepted,
    refused,
    (one: Result) => one.problems.length,
  ].map(total),
])
const codes = new Map<string, number>()
for (const { errors } of results)
  for (const [code, count] of Object.entries(errors)) codes.set(code, (codes.get(code) ?? 0) + count)
const sorted = [...codes].sort(([, a], [, b]) => b - a)
console.log(`Refused with: ${sorted.map(([code, count]) => `${code} ${count}`).join(', ')}.`)
console.log('Trap is what a hostile object itself threw when it was looked into.')
for (const { name, slowest } of results)
  console.log(`Slowest of ${name}: ${slowest.milliseconds.toFixed(1)} ms, ${slowest.where}`)
process.exitCode = status ?? 1
