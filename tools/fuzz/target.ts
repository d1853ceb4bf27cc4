/** Something that reads what others wrote, and what must hold whatever that is. */
export interface Target {
  readonly name: string
  /** the sources it is about: how much of them was reached is shown */
  readonly files: readonly string[]
  /** inputs that are accepted, to begin with */
  readonly seeds: readonly (string | Uint8Array)[]
  /** words that stand in inputs */
  readonly dictionary?: readonly string[]
  /** milliseconds that one input may take on a quiet machine */
  readonly limit: number
  /** Throws, or rejects, if the input ends in anything but the documented result or a documented error. */
  run(input: Uint8Array): unknown
}

/** The input as text. What is no UTF-8 becomes U+FFFD; lone surrogates come in through JSON. */
export const textOf = (input: Uint8Array): string => new TextDecoder('utf-8', { ignoreBOM: true }).decode(input)

/** The input as JSON; undefined if it is not JSON. */
export function jsonOf(input: Uint8Array): unknown {
  try {
    return JSON.parse(textOf(input))
  } catch {
    return undefined
  }
}

/** The input as a JSON list of which one may take as many members as one likes. */
export function listOf(input: Uint8Array): unknown[] {
  const value = jsonOf(input)
  return Array.isArray(value) ? value : []
}

type Documented = (error: unknown) => boolean

/** Return the result of `work`, or undefined if it refused in a documented way. Any other error goes on. */
export function attempt<T>(work: () => T, documented: Documented): T | undefined {
  try {
    return work()
  } catch (error) {
    if (documented(error)) return undefined
    throw error
  }
}

/**
 * Return the result of asynchronous `work`, or undefined if it refused in a documented way. Any other error goes on.
 */
export async function attemptLater<T>(work: () => Promise<T>, documented: Documented): Promise<T | undefined> {
  try {
    return await work()
  } catch (error) {
    if (documented(error)) return undefined
    throw error
  }
}

/** Fails with `what` unless it holds. */
export function must(holds: boolean, what: string): void {
  if (!holds) throw new Error(what)
}

/** True if two values are the same through and through, as far as JSON tells. */
export const sameJson = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)

/** A TypeError or RangeError whose message names an argument, and so not one that the engine threw over a slip. */
export const isMistake = (error: unknown): boolean =>
  (error instanceof TypeError || error instanceof RangeError) &&
  !/^Cannot |is not (a function|iterable|defined|a constructor)|Maximum call stack|Invalid (array|string) length/.test(
    error.message,
  )
