// Bundles what runs in processes of its own. The measured packages stay outside the bundle: a process loads the built
// packages as their users do, without tsx in between.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

interface Esbuild {
  build(options: Record<string, unknown>): Promise<{ outputFiles?: { text: string }[] }>
}

const require = createRequire(import.meta.url)
// esbuild comes with tsup, which builds the packages.
const esbuild = createRequire(require.resolve('tsup'))('esbuild') as Esbuild

export const benchFolder: string = fileURLToPath(new URL('..', import.meta.url))
// Inside node_modules, so that package names resolve from there and nothing of it is ever committed.
const outdir = join(benchFolder, 'node_modules', '.bench')

/** The plain formulas by which claims are checked. */
const REFERENCE = 'srp6a-vectors/generate/reference.js'

export type Worker = 'warm' | 'first' | 'heap'
const WORKERS: readonly Worker[] = ['warm', 'first', 'heap']

export async function buildWorkers(): Promise<(worker: Worker) => string> {
  await esbuild.build({
    entryPoints: WORKERS.map((worker) => join(benchFolder, 'src', 'workers', `${worker}.ts`)),
    outdir,
    bundle: true,
    // Without splitting, every lazily imported contender would be loaded at once.
    splitting: true,
    packages: 'external',
    // Not a package that is measured, and its sources are TypeScript.
    alias: { [REFERENCE]: require.resolve(REFERENCE.replace('.js', '.ts')) },
    // The repository's path aliases lead to the sources; here the built packages are wanted.
    tsconfigRaw: '{}',
    platform: 'node',
    format: 'esm',
    target: 'node20',
    outExtension: { '.js': '.mjs' },
    logLevel: 'warning',
  })
  return (worker) => join(outdir, `${worker}.mjs`)
}

/** With the library's own source inside: the internal modules are what it times. */
export async function buildTimingWorker(): Promise<string> {
  const outfile = join(outdir, 'timing.mjs')
  await esbuild.build({
    entryPoints: [join(benchFolder, 'timing', 'worker.ts')],
    outfile,
    bundle: true,
    tsconfig: join(benchFolder, '..', 'tsconfig.json'),
    platform: 'node',
    format: 'esm',
    target: 'node20',
    logLevel: 'warning',
  })
  return outfile
}

/** One script with everything in it, for an engine without modules. Returns the file's text. */
export async function bundleScript(entry: string, options: Record<string, unknown> = {}): Promise<string> {
  const { outputFiles } = await esbuild.build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    tsconfigRaw: '{}',
    platform: 'neutral',
    mainFields: ['module', 'main'],
    conditions: ['import'],
    format: 'iife',
    target: 'es2020',
    logLevel: 'warning',
    // The built packages import chunks of their own that this entry needs nothing of.
    logOverride: { 'ignored-bare-import': 'silent' },
    ...options,
  })
  const text = outputFiles?.[0]?.text
  if (text === undefined) throw new Error(`nothing came out of ${entry}`)
  return text
}

export function versionOf(manifest: string): string {
  return (JSON.parse(readFileSync(manifest, 'utf8')) as { version: string }).version
}
