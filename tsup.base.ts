import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, dirname, posix, relative, resolve } from 'node:path'
import { decode, encode, type SourceMapSegment } from '@jridgewell/sourcemap-codec'
import { build } from 'esbuild'
import type { Options } from 'tsup'

/**
 * ESM, CommonJS and declarations from the same sources.
 *
 * Both are bundled, for a program that starts reads a few files much faster than one a module, and a bundler drops what
 * is not used of a file, too. Entries share chunks so that `instanceof SrpError` holds across them. The CommonJS build
 * also carries what it uses of packages that are published as ESM only.
 *
 * A package may have a `common.ts` beside its tsup.config.ts, which exports all of the modules that its most used entry
 * shares with others. They become one file in ESM, where esbuild would make a chunk for each set of entries: a program
 * that imports ten small files starts 10 ms later than one that imports two.
 *
 * @param entries names of the entries, as files of src/ without their extension
 * @param bundledInCjs packages that are published as ESM only
 */
export async function library(entries: string[], bundledInCjs: (string | RegExp)[] = []): Promise<Options[]> {
  const entry = Object.fromEntries(entries.map((name) => [name, `src/${name}.ts`]))
  const options: Options = {
    target: 'es2020',
    platform: 'neutral',
    sourcemap: true,
    external: [/^node:/],
    removeNodeProtocol: false,
  }
  const esm: Options = { ...options, format: 'esm', entry, splitting: true, esbuildPlugins: [namespacesOf(entries)] }
  const withCommon: Options[] = existsSync('common.ts')
    ? [
        { ...esm, esbuildPlugins: [namespacesOf(entries), leftTo(await modulesOfCommon())], plugins: [pathsToCommon] },
        { ...options, format: 'esm', entry: { common: 'common.ts' } },
      ]
    : [esm]
  return [
    ...withCommon,
    { ...options, format: 'cjs', entry, splitting: true, noExternal: bundledInCjs, plugins: [portableMaps] },
    // Types of Node for the one entry that needs them; the type check of the sources goes without.
    { format: ['esm', 'cjs'], entry, dts: { only: true, compilerOptions: { types: ['node'] } } },
  ]
}

type EsbuildPlugin = NonNullable<Options['esbuildPlugins']>[number]

/** Find the modules of common.ts, as absolute paths. A module that it needs and does not export would be there twice. */
async function modulesOfCommon(): Promise<ReadonlySet<string>> {
  const { metafile } = await build({
    entryPoints: ['common.ts'],
    bundle: true,
    packages: 'external',
    format: 'esm',
    write: false,
    metafile: true,
  })
  const { 'common.ts': common, ...modules } = metafile.inputs
  const exported = common?.imports.map(({ path }) => path) ?? []
  const missing = Object.keys(modules).filter((path) => !exported.includes(path))
  if (missing.length > 0) throw new Error(`common.ts: export ${missing.join(', ')} too, which the others need`)
  return new Set(exported.map((path) => resolve(path)))
}

const COMMON = 'common-of-this-package'

/** Leave modules to common.js. */
const leftTo = (modules: ReadonlySet<string>): EsbuildPlugin => ({
  name: 'left-to-common',
  setup(build) {
    build.onResolve({ filter: /^\.{1,2}\/.*\.js$/ }, ({ path, resolveDir }) =>
      modules.has(resolve(resolveDir, path).replace(/\.js$/, '.ts'))
        ? { path: COMMON, external: true, sideEffects: false }
        : undefined,
    )
  },
})

/** The file that a module goes into, and so the way from there to common.js, is known once it is written. */
const pathsToCommon: NonNullable<Options['plugins']>[number] = {
  name: 'paths-to-common',
  renderChunk(code, { path }) {
    const way = posix.join(relative(dirname(path), 'dist').replaceAll('\\', '/'), 'common.js')
    return { code: code.replaceAll(`"${COMMON}"`, `"${way.startsWith('.') ? way : `./${way}`}"`) }
  },
}

/**
 * Leave entries of folders that a file of src/ itself imports, as in `export * as suites from './suites/index.js'`, to
 * the files built of them. esbuild would make an object of such a namespace, by a call that no bundler drops: who takes
 * one suite would get all.
 */
const namespacesOf = (entries: readonly string[]): EsbuildPlugin => ({
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
