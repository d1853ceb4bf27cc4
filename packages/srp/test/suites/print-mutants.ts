// The table behind `npm run mutate:encoders`: for every preset, each encoder and term changed one at a time, and what
// noticed. `--all` prints every mutant. Ends with 1 if something went unnoticed.
import { answersOf, PRESETS } from './answers.js'
import { baselinesOf, killerOf, mutantsOf } from './mutants.js'

const all = process.argv.includes('--all')
const rows: Record<string, string | number>[] = []
const survivors: string[] = []
const reasons = new Map<string, number>()

for (const suite of PRESETS) {
  const baselines = baselinesOf(suite)
  const counts = {
    mutants: 0,
    'by any': 0,
    'by a top bit': 0,
    'by a zero byte': 0,
    'by defineSuite': 0,
    'by an error': 0,
    equivalent: 0,
    unnoticed: 0,
  }
  for (const mutant of mutantsOf(suite)) {
    const killer = killerOf(suite, mutant, baselines)
    const what = `${mutant.suite}  ${mutant.place}  ${mutant.change}`
    counts.mutants++
    if (killer?.startsWith('any')) counts['by any']++
    else if (killer?.startsWith('a top')) counts['by a top bit']++
    else if (killer?.startsWith('a zero')) counts['by a zero byte']++
    else if (killer?.startsWith('defineSuite')) counts['by defineSuite']++
    else if (killer) counts['by an error']++
    else if (mutant.equivalent) counts.equivalent++
    else counts.unnoticed++
    if (!killer && mutant.equivalent) reasons.set(mutant.equivalent, (reasons.get(mutant.equivalent) ?? 0) + 1)
    if (!killer && !mutant.equivalent) survivors.push(what)
    if (all) console.log(`${what}  ${killer ?? mutant.equivalent ?? 'UNNOTICED'}`)
  }
  rows.push({ preset: suite.name, answers: answersOf(suite).oracle, ...counts })
}
console.table(rows)
for (const [reason, count] of reasons) console.log(`equivalent, ${count} times: ${reason}`)
for (const survivor of survivors) console.log(`UNNOTICED: ${survivor}`)
process.exitCode = survivors.length > 0 ? 1 : 0
