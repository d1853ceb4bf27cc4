// Samples of one target: the class of each drawn by chance, its input made before the clock starts.
import { SeededRandom } from 'srp6a-tools/measure/random.mjs'
import { median } from '../src/statistics.js'
import { CLASSES, type ClassName } from './classes.js'

export interface Target {
  name: string
  /** Bytes of the secret. */
  secretLength: number
  classes: readonly ClassName[]
  /** Samples a class, if not as many as asked for. */
  samples?: number
  /** For a control, which leaks: the |t| that it must reach. */
  mustReach?: number
  /** The work; what it gives back is kept, so that no engine can drop it. */
  run(secret: Uint8Array): unknown
}

const WARM_UP = 300
/**
 * Of each class in a batch, in an order by chance. Every batch has the same number of each: were classes drawn freely
 * until all are full, the last samples would be of one class, and a machine that is slow just then would look like a leak.
 */
const SAMPLES_A_BATCH = 10

/**
 * Nanoseconds of every sample, by class; `samples` of each. Each batch is scaled to the median of all of them, whatever
 * their classes: so a machine that is slower for some seconds adds no noise, and a leak has nowhere to hide in it.
 */
export function collect(
  target: Target,
  samples: number,
  seed: number,
  progress: (done: number, total: number, task: string) => void,
): Map<ClassName, Float64Array> {
  const random = new SeededRandom(seed)
  const { classes, secretLength, run } = target
  const times = new Map(classes.map((name) => [name, new Float64Array(samples)]))
  for (let index = 0; index < WARM_UP; index++) {
    keep(run(CLASSES[classes[index % classes.length] as ClassName](random, secretLength)))
  }
  const middles: number[] = []
  for (let done = 0; done < samples; ) {
    const each = Math.min(SAMPLES_A_BATCH, samples - done)
    const batch = random.shuffle(classes.flatMap((name) => Array.from({ length: each }, () => name)))
    const secrets = batch.map((name) => CLASSES[name](random, secretLength))
    const taken = new Float64Array(batch.length)
    for (let index = 0; index < batch.length; index++) {
      const secret = secrets[index] as Uint8Array
      const start = performance.now()
      const result = run(secret)
      const end = performance.now()
      keep(result)
      taken[index] = (end - start) * 1e6
    }
    const middle = median(taken)
    middles.push(middle)
    const filled = new Map(classes.map((name) => [name, done]))
    for (const [index, name] of batch.entries()) {
      const at = filled.get(name) as number
      ;(times.get(name) as Float64Array)[at] = (taken[index] as number) / middle
      filled.set(name, at + 1)
    }
    done += each
    progress(done, samples, target.name)
  }
  const middle = median(middles)
  return new Map([...times].map(([name, shares]) => [name, shares.map((share) => share * middle)]))
}

let kept: unknown
function keep(value: unknown): void {
  kept = value
}

/** Reads what was kept, so that the store is not dead. */
export function lastKept(): unknown {
  return kept
}
