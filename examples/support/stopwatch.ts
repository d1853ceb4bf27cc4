// Wraps an engine and adds up the time that its arithmetic takes.
import type { Engine, GroupArithmetic } from '@srp6a/srp'

export interface Stopwatch {
  readonly engine: Engine
  /** Milliseconds since the last call, by expression. */
  lap(): { name: string; milliseconds: number }[]
}

export function stopwatch(engine: Engine): Stopwatch {
  let laps: { name: string; milliseconds: number }[] = []
  const timed =
    <Arguments extends unknown[], Result>(name: string, run: (...values: Arguments) => Result) =>
    (...values: Arguments): Result => {
      const began = performance.now()
      const result = run(...values)
      laps.push({ name, milliseconds: performance.now() - began })
      return result
    }
  return {
    engine: {
      name: engine.name,
      group(parameters): GroupArithmetic {
        const arithmetic = engine.group(parameters)
        return {
          ...arithmetic,
          power: timed('A = g^a', arithmetic.power),
          clientSecret: timed('S = (B - k·g^x)^(a + u·x)', arithmetic.clientSecret),
        }
      },
    },
    lap() {
      const taken = laps
      laps = []
      return taken
    },
  }
}
