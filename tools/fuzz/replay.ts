import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Target } from './target.js'

const BASE64 = 'base64:'
const fromEntry = (entry: string): Uint8Array =>
  entry.startsWith(BASE64)
    ? Uint8Array.from(Buffer.from(entry.slice(BASE64.length), 'base64'))
    : new TextEncoder().encode(entry)

const PROTOTYPES: readonly object[] = [Object, Array, String, Function, Promise, Map, Uint8Array].map(
  (one) => one.prototype,
)
const members = () => PROTOTYPES.reduce((sum, one) => sum + Reflect.ownKeys(one).length, 0)

/** Runs every seed and every input that a fuzzer kept, once; `npm run fuzz` looks for more. */
export function replay(targets: readonly Target[], corpus: URL): void {
  describe.each(targets)('$name', (target) => {
    const file = new URL(`${target.name}.json`, corpus)
    const kept: string[] = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : []

    it(`ends as documented for the ${kept.length} inputs that were kept`, async () => {
      expect(kept.length, `${file.pathname} is missing`).toBeGreaterThan(0)
      const seeds = target.seeds.map((seed) => (typeof seed === 'string' ? new TextEncoder().encode(seed) : seed))
      const before = members()
      for (const input of [...seeds, ...kept.map(fromEntry)]) {
        const began = performance.now()
        try {
          await target.run(Uint8Array.from(input))
        } catch (error) {
          throw new Error(`for the input ${JSON.stringify(Buffer.from(input).toString())}`, { cause: error })
        }
        // Far above the fuzzer's own limit: other tests run on the same cores.
        expect(performance.now() - began).toBeLessThan(target.limit * 20 + 2000)
      }
      expect(members(), 'a prototype was changed').toBe(before)
    })
  })
}
