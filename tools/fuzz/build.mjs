// Bundles a package's fuzz targets, with a counter at every statement, branch and function of the packages' sources.
import { readFileSync } from 'node:fs'
import { relative } from 'node:path'
import { build } from 'esbuild'
import { createInstrumenter } from 'istanbul-lib-instrument'
import { root } from '../workspace/run.mjs'

const SOURCES = /[\\/]packages[\\/][\w-]+[\\/]src[\\/].*\.ts$/

/** The sources as esbuild reads them, but counting. Types go first: the instrumenter reads JavaScript. */
const counters = {
  name: 'counters',
  setup(bundler) {
    bundler.onLoad({ filter: SOURCES }, async ({ path }) => {
      const { code } = await bundler.esbuild.transform(readFileSync(path, 'utf8'), { loader: 'ts', target: 'es2022' })
      const instrumenter = createInstrumenter({ esModules: true, compact: true, produceSourceMap: false })
      const contents = instrumenter.instrumentSync(code, relative(root, path).replaceAll('\\', '/'))
      return { contents, loader: 'ts' }
    })
  },
}

/** @returns {Promise<void>} with `outfile` written: a CommonJS module that exports `targets` */
export async function bundleTargets(entry, outfile) {
  await build({
    entryPoints: [entry],
    outfile,
    absWorkingDir: root,
    tsconfig: 'tsconfig.json',
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    logLevel: 'error',
    plugins: [counters],
  })
}
