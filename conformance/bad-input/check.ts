// One test for each function of a table, and what came of them all. A quick run puts every tenth hostile value into each
// place, another tenth into the next; the slow one puts all of them into all.
import { afterAll, expect, it } from 'vitest'
import { countingEngine } from './engine.js'
import { report } from './results.js'
import { newTally, type Table, tryAll } from './run.js'

/** The prototypes of all objects, which no input may change. */
const PROTOTYPES = [Object, Array, Function, String, Number, Promise, Map, Error, Uint8Array, Date].flatMap((kind) => [
  kind,
  kind.prototype,
])
const owned = (): string => PROTOTYPES.map((one) => Reflect.ownKeys(one).map(String).join()).join(';')

export function checkTable(name: string, table: Table, every: 1 | 10): void {
  const tally = newTally()
  const uncaught: unknown[] = []
  const note = (error: unknown) => uncaught.push(error)
  process.on('unhandledRejection', note)
  for (const [subject, how] of Object.entries(table)) {
    it(subject, { timeout: 120_000 }, async () => {
      const from = tally.problems.length
      const before = owned()
      await tryAll(subject, how, countingEngine, tally, every)
      expect(tally.problems.slice(from)).toEqual([])
      expect(owned(), 'a global prototype has changed').toBe(before)
    })
  }
  it('leaves no rejection that no one handles', async () => {
    await new Promise((done) => setTimeout(done, 50))
    expect(uncaught).toEqual([])
  })
  afterAll(() => {
    process.off('unhandledRejection', note)
    if (every === 1) report(name, tally)
  })
}
