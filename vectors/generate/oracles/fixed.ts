// Takes chance and time away from a published package while it runs: its random source hands out the bytes it is
// given, and `new Date()` is one fixed instant.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

const require = createRequire(import.meta.url)

/** Anything with `random(length)`, whose result is only ever printed as hex. */
export interface RandomSource {
  random(length: number): { toString(): string }
}

/** Runs `work` while `source.random` gives the queued hex strings, each once, in order. */
export async function withRandom<T>(
  source: RandomSource,
  queue: readonly string[],
  work: () => T | Promise<T>,
): Promise<T> {
  const original = source.random
  const left = [...queue]
  source.random = () => {
    const next = left.shift()
    if (next === undefined) throw new Error('the oracle asked for more random bytes than were foreseen')
    return { toString: () => next }
  }
  try {
    const result = await work()
    if (left.length > 0) throw new Error('the oracle left injected random bytes unused')
    return result
  } finally {
    source.random = original
  }
}

export async function withClock<T>(now: string, work: () => T | Promise<T>): Promise<T> {
  const RealDate = globalThis.Date
  class FixedDate extends RealDate {
    constructor() {
      super(now)
    }
  }
  globalThis.Date = FixedDate as unknown as DateConstructor
  try {
    return await work()
  } finally {
    globalThis.Date = RealDate
  }
}

/** A package's folder, name@version, and a loader for its inner files, which its `exports` would hide. */
export function openPackage(name: string): {
  id: string
  load<T>(path: string): T
  loadDependency<T>(name: string): T
} {
  let folder = dirname(require.resolve(name))
  for (;;) {
    const manifest = readManifest(join(folder, 'package.json'))
    if (manifest?.name === name && manifest.version !== undefined) {
      const inside = createRequire(join(folder, 'package.json'))
      return {
        id: `${name}@${manifest.version}`,
        load: (path) => inside(join(folder, path)),
        loadDependency: (dependency) => inside(dependency),
      }
    }
    if (dirname(folder) === folder) throw new Error(`no package.json of ${name}`)
    folder = dirname(folder)
  }
}

function readManifest(path: string): { name?: string; version?: string } | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return undefined
  }
}
