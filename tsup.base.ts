import type { Options } from 'tsup'

/**
 * ESM, CommonJS and declarations from the same sources.
 *
 * The ESM build keeps one file a module, so that a bundler drops what is not used module by module. The CommonJS build
 * is bundled, for it carries what it uses of packages that are published as ESM only; its entries share chunks so that
 * `instanceof SrpError` holds across them.
 *
 * @param entries names of the entries, as files of src/ without their extension
 * @param bundledInCjs packages that are published as ESM only
 */
export function library(entries: string[], bundledInCjs: (string | RegExp)[] = []): Options[] {
  const entry = Object.fromEntries(entries.map((name) => [name, `src/${name}.ts`]))
  const common: Options = { target: 'es2020', platform: 'neutral', sourcemap: true, external: [/^node:/] }
  return [
    { ...common, format: 'esm', entry: ['src/**/*.ts'], bundle: false },
    { ...common, format: 'cjs', entry, splitting: true, noExternal: bundledInCjs },
    // Types of Node for the one entry that needs them; the type check of the sources goes without.
    { format: ['esm', 'cjs'], entry, dts: { only: true, compilerOptions: { types: ['node'] } } },
  ]
}
