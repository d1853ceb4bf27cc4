// The counts of one table, between the tests and the summary.
import { mkdirSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Tally } from './run.js'

/** The place where the summary looks for the counts of the last run. */
export const RESULTS: string = fileURLToPath(new URL('../../node_modules/.cache/srp6a/bad-input/', import.meta.url))

export interface Result extends Omit<Tally, 'errors'> {
  /** The table. */
  readonly name: string
  /** The number of times that each class or code was thrown. */
  readonly errors: Readonly<Record<string, number>>
}

export function report(name: string, tally: Tally): void {
  const result: Result = { ...tally, name, errors: Object.fromEntries(tally.errors) }
  mkdirSync(RESULTS, { recursive: true })
  writeFileSync(`${RESULTS}${name.replace(/\W+/g, '-')}.json`, `${JSON.stringify(result, undefined, 2)}\n`)
  const { functions, places, inputs, accepted, problems } = tally
  console.log(
    `bad input, ${name}: ${inputs} inputs in ${places} places of ${functions} functions, ${accepted} accepted, ${problems.length} wrong`,
  )
}
