// Each encoder and term of each preset changed, one at a time: known answers must notice. `npm run mutate:encoders`
// prints the table.
import { expect, it } from 'vitest'
import { PRESETS } from './answers.js'
import { baselinesOf, killerOf, mutantsOf } from './mutants.js'

it.each(PRESETS.map((suite) => ({ suite, name: suite.name })))('$name: every change is noticed', ({ suite }) => {
  const baselines = baselinesOf(suite)
  const mutants = [...mutantsOf(suite)]
  expect(mutants.length).toBeGreaterThan(60)
  for (const mutant of mutants) {
    const killer = killerOf(suite, mutant, baselines)
    const what = `${mutant.suite}: ${mutant.place}: ${mutant.change}`
    // A mutant that is called equivalent has to be equivalent.
    if (mutant.equivalent) expect(killer, `${what}, although ${mutant.equivalent}`).toBeUndefined()
    else expect(killer, what).toEqual(expect.any(String))
  }
})

it('an unchanged preset is noticed by nothing', () => {
  for (const suite of PRESETS) {
    const unchanged = { suite: suite.name, place: '', change: '', equivalent: undefined, definition: suite }
    expect(killerOf(suite, unchanged, baselinesOf(suite)), suite.name).toBeUndefined()
  }
})
