// Interleaved measuring: in every round each task gives one sample, in an order shuffled anew, so that a slow minute of
// the machine hits all of them alike. The clock and the loop are those of the `benchmark` package.
import Benchmark from 'benchmark'
import { SeededRandom } from './random.js'

export interface Task {
  name: string
  /** Called before every sample, outside the clock; `count` calls of `run` follow. */
  prepare?(count: number): void | Promise<void>
  run(): unknown
  /** Called after every sample with what the last `run` gave; false counts as a wrong result. */
  check?(last: unknown): boolean
}

export interface Measured {
  /** Milliseconds of one call, one entry a round. */
  rounds: number[]
  /** Calls in one sample. */
  count: number
  checked: number
  wrong: number
}

export interface RoundOptions {
  rounds: number
  /** About how long one sample takes, in milliseconds: it has as many calls as fit in, and one at least. */
  sampleMs: number
  seed: number
  progress(done: number, total: number, task: string): void
}

const WARM_UP_CALLS = 3

export async function measureRounds(tasks: readonly Task[], options: RoundOptions): Promise<Map<string, Measured>> {
  const random = new SeededRandom(options.seed)
  const measured = new Map<string, Measured>()
  const total = tasks.length * (options.rounds + 1)
  let done = 0
  for (const task of tasks) {
    options.progress(done++, total, `warming up ${task.name}`)
    measured.set(task.name, { rounds: [], count: await warmUp(task, options.sampleMs), checked: 0, wrong: 0 })
  }
  for (let round = 0; round < options.rounds; round++) {
    for (const task of random.shuffle(tasks)) {
      options.progress(done++, total, `round ${round + 1} of ${options.rounds}: ${task.name}`)
      const record = measured.get(task.name) as Measured
      const { milliseconds, last } = await sample(task, record.count)
      record.rounds.push(milliseconds)
      if (task.check !== undefined) {
        record.checked++
        if (!task.check(last)) record.wrong++
      }
    }
  }
  options.progress(total, total, 'done')
  return measured
}

/** Lets the engine compile the code, and finds how many calls fit into one sample. */
async function warmUp(task: Task, sampleMs: number): Promise<number> {
  let fastest = Number.POSITIVE_INFINITY
  const end = performance.now() + sampleMs
  for (let call = 0; call < WARM_UP_CALLS || performance.now() < end; call++) {
    await task.prepare?.(1)
    const start = performance.now()
    const last = await task.run()
    fastest = Math.min(fastest, performance.now() - start)
    if (call === 0 && task.check !== undefined && !task.check(last)) {
      throw new Error(`${task.name} gives a wrong result; it is not worth a measurement`)
    }
  }
  return Math.max(1, Math.round(sampleMs / fastest))
}

async function sample(task: Task, count: number): Promise<{ milliseconds: number; last: unknown }> {
  await task.prepare?.(count)
  // What the one before left behind is not this one's to clear away.
  ;(globalThis as { gc?: () => void }).gc?.()
  let last: unknown
  let failure: unknown
  const milliseconds = await new Promise<number>((resolve) => {
    // `initCount` calls make up the one sample: `minTime` is so short that benchmark never asks for more.
    const benchmark = new Benchmark(task.name, {
      defer: true,
      initCount: count,
      minSamples: 1,
      minTime: 1e-9,
      maxTime: 0,
      fn: (deferred: { resolve(): void }) => {
        call(task).then(
          (result) => {
            last = result
            deferred.resolve()
          },
          (error: unknown) => {
            failure ??= error
            deferred.resolve()
          },
        )
      },
    })
    benchmark.on('complete', () => resolve(benchmark.stats.mean * 1_000))
    benchmark.run({ async: true })
  })
  if (failure !== undefined) throw new Error(`${task.name} failed while it was measured`, { cause: failure })
  return { milliseconds, last }
}

async function call(task: Task): Promise<unknown> {
  return task.run()
}
