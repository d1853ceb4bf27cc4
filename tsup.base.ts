import type { Options } from 'tsup'

/**
 * ESM and CommonJS from the same sources. The CommonJS build carries what it uses of @noble/hashes,
 * which is published as ESM only; its entries share chunks so that `instanceof SrpError` holds across them.
 */
export function library(entry: Record<string, string>, bundledInCjs: (string | RegExp)[] = []): Options[] {
  const common: Options = {
    entry,
    target: 'es2020',
    platform: 'neutral',
    sourcemap: true,
    splitting: true,
    treeshake: true,
    // Types of Node for the one entry that needs them; the type check of the sources goes without.
    dts: { compilerOptions: { types: ['node'] } },
    external: [/^node:/],
    clean: false,
  }
  return [
    { ...common, format: 'esm' },
    { ...common, format: 'cjs', noExternal: bundledInCjs },
  ]
}
