// The sources with every mutant inside, each behind a switch (Stryker's instrumenter), bundled once per test file.
import { readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Instrumenter } from '@stryker-mutator/instrumenter'
import { build } from 'esbuild'
import { root } from '../workspace/run.mjs'

const silent = { isDebugEnabled: () => false, debug() {}, info() {}, warn: console.warn }

/** @returns {Promise<{mutants: object[], sources: Map<string, string>}>} instrumented text by absolute path */
export async function instrument(paths) {
  const files = paths.map((name) => ({ name, mutate: true, content: readFileSync(name, 'utf8') }))
  const options = { plugins: null, excludedMutations: [], ignorers: [], noHeader: false }
  const { mutants, files: out } = await new Instrumenter(silent).instrument(files, options)
  return { mutants, sources: new Map(out.map(({ name, content }) => [name, content])) }
}

/** Node's modules and other packages, which have no mutants, are loaded once: see worker.mjs. */
const outside = (seen) => ({
  name: 'outside',
  setup(build) {
    build.onResolve({ filter: /^[^./]/ }, ({ path, kind }) => {
      if (kind === 'entry-point' || /^(@srp6a\/|cognito-)/.test(path)) return undefined
      seen.add(path)
      return { path, namespace: 'outside' }
    })
    build.onLoad({ filter: /./, namespace: 'outside' }, ({ path }) => ({
      contents: `module.exports = globalThis.__outside[${JSON.stringify(path)}]`,
    }))
  },
})

const instrumented = (sources) => ({
  name: 'instrumented',
  setup(build) {
    build.onLoad({ filter: /\.ts$/ }, ({ path }) => ({
      contents: (sources.get(path) ?? readFileSync(path, 'utf8')).replaceAll(
        'import.meta.url',
        JSON.stringify(pathToFileURL(path).href),
      ),
      loader: 'ts',
    }))
  },
})

/** One script per test file, which runs where `__outside` holds the modules it names. */
export async function bundle(tests, sources) {
  const seen = new Set()
  const scripts = []
  for (const test of tests) {
    const { outputFiles } = await build({
      entryPoints: [test],
      bundle: true,
      write: false,
      format: 'iife',
      platform: 'node',
      target: 'node20',
      tsconfig: join(root, 'tsconfig.json'),
      plugins: [outside(seen), instrumented(sources)],
      logLevel: 'error',
    })
    scripts.push({ name: relative(root, test), text: outputFiles[0].text })
  }
  return { scripts, outside: [...seen] }
}
