// Puts every hostile value into every place of a function, one at a time, and judges what happens.
import type { Counted } from './engine.js'
import type { Rule } from './rules.js'
import { DETACHED, HOSTILE, MISSING, type Named, Trap } from './values.js'

/** One function, with arguments that are right, and the rule of each place in them. */
export interface Subject<A extends unknown[] = unknown[]> {
  /** The names of the parameters, as the source has them. */
  readonly params: readonly string[]
  /** Right arguments, new ones each time; the engine counts what it is asked for. */
  readonly args: (engine: Counted) => A | Promise<A>
  readonly run: (...args: never[]) => unknown
  /** By path: `options.random`, `users[].name` (the first of the list), `attributes{}` (one member), `get()` (its result). */
  readonly rules: Readonly<Record<string, Rule>>
  /** After a refusal: nothing has changed, and the same arguments made right work. */
  readonly after?: (code: string, ...args: never[]) => unknown
  /** Ends what an accepted value began. */
  readonly dispose?: (result: unknown) => unknown
  /** Calls of the engine that may come before a refusal. */
  readonly work?: number
}
export type Table = Readonly<Record<string, Subject>>

export interface Tally {
  functions: number
  places: number
  inputs: number
  accepted: number
  /** `TypeError`, `RangeError`, codes; `Trap` is what the hostile value itself threw. */
  readonly errors: Map<string, number>
  slowest: { milliseconds: number; where: string }
  /** The faults found, one line each. */
  readonly problems: string[]
}

export const newTally = (): Tally => ({
  functions: 0,
  places: 0,
  inputs: 0,
  accepted: 0,
  errors: new Map(),
  slowest: { milliseconds: 0, where: '' },
  problems: [],
})

/** Messages that a JavaScript engine makes on its own: they show that a check was not made. */
const NATIVE =
  /is not a function|is not iterable|Cannot (read|destructure|convert|set)|not defined|undefined is not|Invalid (typed )?array|\[object|Class constructor/

/** Generous, for a busy machine: a refusal takes microseconds. */
const LONGEST = 1000
const HANGS = 10_000

const segments = (path: string): string[] => path.match(/[^.[\](){}]+|\[\]|\(\)|\{\}/g) ?? []

/** A copy of `target` with the value at the path. */
export function put(target: unknown, path: readonly string[], value: unknown): unknown {
  const [first, ...rest] = path
  if (first === undefined) return value
  if (first === '()') return () => (value === MISSING ? undefined : value)
  if (first === '[]') {
    const [head, ...tail] = Array.isArray(target) ? target : [undefined]
    return value === MISSING && rest.length === 0 ? [undefined, ...tail] : [put(head, rest, value), ...tail]
  }
  // A member of a map, under the name it has in the right arguments.
  const name = first === '{}' ? (Object.keys(Object(target))[0] ?? 'member') : first
  const copy = Object.assign(Object.create(Object.getPrototypeOf(Object(target))), target)
  if (value === MISSING && rest.length === 0) delete copy[name]
  else {
    const inner = put((target as Record<string, unknown>)?.[name], rest, value)
    Object.defineProperty(copy, name, { value: inner, enumerable: true, configurable: true, writable: true })
  }
  return copy
}

function valuesFor(rule: Rule): readonly Named[] {
  const edges = Object.entries(rule.edges ?? {}).map(([name, value]) => ({ name, value }))
  return [...HOSTILE, ...edges]
}

export const codeOf = (error: unknown): string => {
  if (error instanceof Trap) return 'Trap'
  const { name, code } = error as { name?: unknown; code?: unknown }
  if (name === 'SrpError' || name === 'FlowError') return String(code)
  return error instanceof Error ? error.name : 'not an Error'
}

async function within<T>(work: T | Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('it hangs')), HANGS)
  })
  return Promise.race([work, late]).finally(() => clearTimeout(timer))
}

/** Return the fault of an error, or undefined if it has none. */
function judge(error: unknown, rule: Rule, value: unknown, path: string): string | undefined {
  const code = codeOf(error)
  // A hostile object's own error passes through.
  if (code === 'Trap') return undefined
  // The engine's own words say it best, and nothing has happened yet.
  if (value === DETACHED && code === 'TypeError' && /detached/.test(String(error))) return undefined
  const allowed = rule.refuses(value === MISSING ? undefined : value)
  const message = error instanceof Error ? error.message : String(error)
  if (!allowed.includes(code))
    return `${code} "${message.slice(0, 120)}" instead of ${allowed.join(' or ') || 'nothing'}`
  if (NATIVE.test(message)) return `a native error: ${message.slice(0, 120)}`
  if (message.length > 400) return `a message of ${message.length} characters`
  const name =
    segments(path)
      .filter((part) => /\w/.test(part))
      .at(-1) ?? ''
  if (rule.named !== false && !message.includes(name))
    return `the message does not name ${name}: ${message.slice(0, 120)}`
  return undefined
}

function willDo(rule: Rule, value: unknown): boolean {
  if (value === MISSING) return rule.absent || rule.takes(undefined)
  try {
    return rule.takes(value)
  } catch (error) {
    // The table looked into a value that no one may look into.
    if (error instanceof Trap) return false
    throw error
  }
}

const describe = (value: unknown, name: string) => (value === MISSING ? 'left out' : name)

/**
 * Put hostile values into every place of one function, one at a time.
 *
 * @param name - of the function, for what is said of it
 * @param subject - the function, its right arguments and the rules of their places
 * @param newEngine - gives an engine that counts its calls
 * @param tally - takes what is found
 * @param every - 1 for all values; n for every n-th, from another one on in each place
 * @returns when all are tried; nothing is thrown
 */
export async function tryAll(
  name: string,
  subject: Subject,
  newEngine: () => Counted,
  tally: Tally,
  every = 1,
): Promise<void> {
  tally.functions++
  const fail = (what: string) => tally.problems.push(`${name}: ${what}`)
  // The right arguments are right, or nothing here would mean anything.
  try {
    const engine = newEngine()
    const result = await within(subject.run(...((await subject.args(engine)) as never[])))
    await subject.dispose?.(result)
  } catch (error) {
    fail(`the right arguments are refused: ${error instanceof Error ? error.stack : String(error)}`)
    return
  }
  for (const [path, rule] of Object.entries(subject.rules)) {
    tally.places++
    let { few = Number.POSITIVE_INFINITY } = rule
    for (const [index, { name: kind, value }] of valuesFor(rule).entries()) {
      const where = `${path} = ${describe(value, kind)}`
      const expected = willDo(rule, value)
      if (expected && few-- <= 0) continue
      if ((index + tally.places) % every !== 0) continue
      const engine = newEngine()
      const [first = '', ...rest] = segments(path)
      const at = subject.params.indexOf(first)
      const args = await subject.args(engine)
      const given = args.map((argument, i) => (i === at ? put(argument, rest, value) : argument))
      if (at >= args.length) given[at] = put(undefined, rest, value)
      if (value === MISSING && rest.length === 0) given[at] = undefined
      engine.reset()
      tally.inputs++
      const began = performance.now()
      let error: unknown
      let refused = false
      try {
        const result = await within(subject.run(...(given as never[])))
        await subject.dispose?.(result)
      } catch (thrown) {
        error = thrown
        refused = true
      }
      const milliseconds = performance.now() - began
      if (milliseconds > tally.slowest.milliseconds) tally.slowest = { milliseconds, where: `${name} ${where}` }
      if (milliseconds > LONGEST) fail(`${where}: ${Math.round(milliseconds)} ms`)
      if (!refused) {
        tally.accepted++
        if (!expected) fail(`${where}: accepted`)
        continue
      }
      const code = codeOf(error)
      tally.errors.set(code, (tally.errors.get(code) ?? 0) + 1)
      if (expected && code !== 'Trap' && value !== DETACHED)
        fail(`${where}: refused, ${code}: ${(error as Error).message?.slice(0, 120)}`)
      const wrong = expected ? undefined : judge(error, rule, value, path)
      if (wrong) fail(`${where}: ${wrong}`)
      if (engine.heavy() > (subject.work ?? 0))
        fail(`${where}: ${engine.heavy()} calls of the engine before the refusal`)
      try {
        await subject.after?.(code, ...(args as never[]))
      } catch (thrown) {
        fail(`${where}: something has changed: ${thrown instanceof Error ? thrown.message : String(thrown)}`)
      }
    }
  }
}
