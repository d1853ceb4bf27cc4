// Interleaved measuring: in every round each sampler gives one sample, in an order shuffled again, so that a slow minute
// of the machine hits all of them alike. The clock and the loop are those of the `benchmark` package.
import Benchmark from 'benchmark'
import { SeededRandom } from 'srp6a-tools/measure/random.mjs'

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

export interface Sample {
  /** Of one call. */
  milliseconds: number
  /** True if the last call's result was right; absent where nothing checks it. */
  right?: boolean
}

/** Something that can be timed, here or in a process of its own. */
export interface Sampler {
  name: string
  /** Lets the engine compile the code; gives how many calls fit into one sample. Rejects if the result is wrong. */
  warmUp(): Promise<number>
  sample(count: number): Promise<Sample>
}

export interface RoundOptions {
  rounds: number
  seed: number
  progress(done: number, total: number, task: string): void
}

const WARM_UP_CALLS = 3
/** In samples: V8 optimises what it has seen long enough. */
const WARM_UP_SAMPLES = 4

export async function measureRounds(
  samplers: readonly Sampler[],
  options: RoundOptions,
): Promise<Record<string, Measured>> {
  const random = new SeededRandom(options.seed)
  const measured: Record<string, Measured> = {}
  const total = samplers.length * (options.rounds + 1)
  let done = 0
  for (const sampler of samplers) {
    options.progress(done++, total, `warming up ${sampler.name}`)
    measured[sampler.name] = { rounds: [], count: await sampler.warmUp(), checked: 0, wrong: 0 }
  }
  for (let round = 0; round < options.rounds; round++) {
    for (const sampler of random.shuffle(samplers)) {
      options.progress(done++, total, `round ${round + 1} of ${options.rounds}: ${sampler.name}`)
      const record = measured[sampler.name] as Measured
      const { milliseconds, right } = await sampler.sample(record.count)
      record.rounds.push(milliseconds)
      if (right !== undefined) record.checked++
      if (right === false) record.wrong++
    }
  }
  options.progress(total, total, 'done')
  return measured
}

/** `sampleMs`: about how long one sample takes; it has as many calls as fit in, and one at least. */
export function taskSampler(task: Task, sampleMs: number): Sampler {
  return {
    name: task.name,
    warmUp: () => warmUp(task, sampleMs),
    async sample(count) {
      const { milliseconds, last } = await timed(task, count)
      return { milliseconds, ...(task.check === undefined ? {} : { right: task.check(last) }) }
    },
  }
}

async function warmUp(task: Task, sampleMs: number): Promise<number> {
  let fastest = Number.POSITIVE_INFINITY
  const end = performance.now() + WARM_UP_SAMPLES * sampleMs
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

async function timed(task: Task, count: number): Promise<{ milliseconds: number; last: unknown }> {
  await task.prepare?.(count)
  // This sampler should not have to clear away the garbage of the one before.
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
