import { readFileSync, writeFileSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import { decode, encode, type SourceMapSegment } from '@jridgewell/sourcemap-codec'
import type { Options } from 'tsup'

/**
 * ESM, CommonJS and declarations from the same sources.
 *
 * Both are bundled, for a program that starts reads a few files much faster than one a module, and a bundler drops what
 * is not used of a file, too. Entries share chunks so that `instanceof SrpError` holds across them. The CommonJS build
 * also carries what it uses of packages that are published as ESM only.
 *
 * @param entries names of the entries, as files of src/ without their extension
 * @param bundledInCjs packages that are published as ESM only
 */
export function library(entries: string[], bundledInCjs: (string | RegExp)[] = []): Options[] {
  const entry = Object.fromEntries(entries.map((name) => [name, `src/${name}.ts`]))
  const common: Options = {
    target: 'es2020',
    platform: 'neutral',
    sourcemap: true,
    external: [/^node:/],
    removeNodeProtocol: false,
  }
  return [
    { ...common, format: 'esm', entry, splitting: true, esbuildPlugins: [namespacesOf(entries)] },
    { ...common, format: 'cjs', entry, splitting: true, noExternal: bundledInCjs, plugins: [portableMaps] },
    // Types of Node for the one entry that needs them; the type check of the sources goes without.
    { format: ['esm', 'cjs'], entry, dts: { only: true, compilerOptions: { types: ['node'] } } },
  ]
}

/**
 * Leave entries of folders that a file of src/ itself imports, as in `export * as suites from './suites/index.js'`, to
 * the files built of them. esbuild would make an object of such a namespace, by a call that no bundler drops: who takes
 * one suite would get all.
 */
const namespacesOf = (entries: readonly string[]): NonNullable<Options['esbuildPlugins']>[number] => ({
  name: 'namespaces',
  setup(build) {
    build.onResolve({ filter: /^\.\/\w+\/index\.js$/ }, ({ path, importer }) => {
      const isNamespace = basename(dirname(importer)) === 'src' && entries.includes(path.slice(2, -3))
      return isNamespace ? { path, external: true, sideEffects: false } : undefined
    })
  },
})

interface SourceMap {
  version: number
  names: string[]
  sources: string[]
  /** Absent where a chunk only passes on what others hold. */
  sourcesContent?: (string | null)[]
  mappings: string
}

/** tsup's step from ESM chunks to CommonJS writes the chunk's path on the building machine, as a file and as a source. */
const portableMaps: NonNullable<Options['plugins']>[number] = {
  name: 'portable-maps',
  buildEnd({ writtenFiles }) {
    for (const { name } of writtenFiles.filter((file) => file.name.endsWith('.map'))) {
      const map: SourceMap = JSON.parse(readFileSync(name, 'utf8'))
      writeFileSync(name, JSON.stringify(withoutGenerated(map)))
    }
  },
}

function withoutGenerated({ version, names, sources, sourcesContent = [], mappings }: SourceMap): SourceMap {
  const kept = sources.map((_, i) => i).filter((i) => sourcesContent[i] != null)
  const segments = decode(mappings).map((line) =>
    line.flatMap(([column, source = -1, ...rest]): SourceMapSegment[] => {
      const index = kept.indexOf(source)
      return index < 0 ? [] : [[column, index, ...rest] as SourceMapSegment]
    }),
  )
  return {
    version,
    names,
    sources: kept.map((i) => (sources[i] ?? '').replace(/^.*\/node_modules\//, '../node_modules/')),
    sourcesContent: kept.map((i) => sourcesContent[i] ?? null),
    mappings: encode(segments),
  }
}
