// Fuzzes one target in a thread of its own, so that the main one sees it hang. Says how it went by messages.
import { createRequire } from 'node:module'
import { parentPort, workerData } from 'node:worker_threads'
import { SeededRandom } from '../measure/random.mjs'
import { readCorpus, smallest } from './corpus.mjs'
import { Counters } from './counters.mjs'
import { mutate } from './mutate.mjs'

const { bundle, name, corpusFile, milliseconds, seed, shared } = workerData
const { targets } = createRequire(import.meta.url)(bundle)
const target = targets.find((one) => one.name === name)
const counters = new Counters(globalThis.__coverage__)
const random = new SeededRandom(seed)
const dictionary = [...(target.dictionary ?? []), '__proto__', 'constructor', 'null', '[]', '{}', '""']
const beat = new Int32Array(shared, 0, 2)
const current = new Uint8Array(shared, 8)

const PROTOTYPES = [Object, Array, String, Number, Function, Promise, Map, Uint8Array].map((one) => one.prototype)
const countMembers = () => PROTOTYPES.reduce((sum, one) => sum + Reflect.ownKeys(one).length, 0)
const members = countMembers()

/** An error outside of the call: a rejection that no one awaited. */
let stray
process.on('unhandledRejection', (reason) => {
  stray = reason
})

const turn = () => new Promise((done) => setImmediate(done))

/** Runs one input; the error it must not have ended with, if it did. */
async function run(input, isRepeated = false) {
  current.set(input.subarray(0, current.length))
  beat[1] = input.length
  Atomics.add(beat, 0, 1)
  const before = process.cpuUsage()
  try {
    const result = target.run(Uint8Array.from(input))
    if (result instanceof Promise) await result
  } catch (error) {
    return error instanceof Error ? error : new Error(`not an Error: ${String(error)}`)
  }
  if (stray !== undefined) {
    const reason = stray
    stray = undefined
    return new Error(`unhandled rejection: ${reason?.stack ?? reason}`)
  }
  if (countMembers() !== members) return new Error('a prototype was changed')
  // Time of the processor, for others may have it in between; and what is slow must be slow every time.
  const { user, system } = process.cpuUsage(before)
  const took = (user + system) / 1000
  if (took > target.limit && !isRepeated) {
    for (let again = 0; again < 3; again++) if (!(await run(input, true))) return undefined
    return new Error(`it took ${took.toFixed(0)} ms; the limit is ${target.limit} ms`)
  }
  return took > target.limit ? new Error('slow') : undefined
}

const firstLine = (error) => `${error.name}: ${error.message}`.split('\n')[0].slice(0, 60)

/** A shorter input that ends in the same error, found by leaving pieces out. */
async function shrink(input, error) {
  const same = async (shorter) => {
    const other = await run(shorter)
    return other !== undefined && firstLine(other) === firstLine(error)
  }
  let best = input
  for (let size = Math.ceil(best.length / 2), runs = 0; size >= 1 && runs < 3000; size = Math.floor(size / 2)) {
    for (let at = 0; at < best.length && runs < 3000; runs++) {
      const shorter = Uint8Array.from([...best.subarray(0, at), ...best.subarray(at + size)])
      if (await same(shorter)) best = shorter
      else at += size
    }
  }
  return best
}

const corpus = []
let executions = 0

async function consider(input) {
  counters.reset()
  executions++
  const error = await run(input)
  // Now and then to the event loop, where rejections that no one awaits come up.
  if (executions % 100 === 0) await turn()
  if (error) {
    const shorter = await shrink(input, error)
    parentPort.postMessage({ kind: 'crash', input: shorter, error: error.stack })
    return false
  }
  const moved = counters.news()
  if (moved !== undefined) corpus.push({ input, moved })
  return true
}

const started = performance.now()
const kept = readCorpus(corpusFile)
let fine = true
for (const input of [...target.seeds.map((one) => (typeof one === 'string' ? Buffer.from(one) : one)), ...kept]) {
  fine &&= await consider(Uint8Array.from(input))
}
const atStart = counters.covered
while (fine && performance.now() - started < milliseconds) {
  // Later ones reached further: they are taken more often.
  const index = Math.max(random.below(corpus.length), random.below(corpus.length))
  fine = await consider(mutate(random, corpus[index].input, random.pick(corpus).input, dictionary))
}
const seconds = (performance.now() - started) / 1000
parentPort.postMessage({
  kind: 'end',
  executions,
  seconds,
  counters: counters.covered,
  atStart,
  share: counters.share(target.files),
  corpus: corpus.length,
  kept: smallest(corpus),
})
await turn()
process.exit(0)
