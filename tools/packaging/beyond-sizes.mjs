// Weigh an entry beyond the sign-in that an app has already: the difference of two bundles, held to a limit. Run by
// itself it measures the sources, which needs no build; check-sizes measures the packages with the same functions.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import { root } from '../workspace/run.mjs'
import { weigh } from './bundle-size.mjs'

/** The folder from which esbuild finds the sources, by the aliases of tsconfig.base.json. */
export const sourcesFolder = join(root, 'packages/cognito-srp-flows')

/**
 * Hold the entries of sizes.json that name a `beyond` code to their limits, and print a line for each. An entry with
 * `each` instead of `code` stands for every export of that module, one by one.
 *
 * @returns {Promise<number>} how many weigh too much
 */
export async function holdBeyond(entries, resolveDir) {
  let failed = 0
  for (const { name, beyond, limit, code, each } of entries.filter((entry) => entry.beyond)) {
    const without = await weigh(beyond, { resolveDir, nodePaths: [] })
    const codes = each
      ? (await exportsOf(each, resolveDir)).map((one) => [`${name} ${one}`, `export { ${one} } from '${each}'`])
      : [[name, code]]
    for (const [what, added] of codes) {
      const { gzip } = await weigh(`${beyond}; ${added}`, { resolveDir, nodePaths: [] })
      const bytes = gzip - without.gzip
      const passed = bytes <= limit
      if (!passed) failed++
      console.log(
        `${passed ? 'ok  ' : 'FAIL'} ${String(bytes).padStart(6)} B of ${limit.toString().padStart(6)} B  ${what}`,
      )
    }
  }
  return failed
}

/** The names that a module exports, types left out. */
async function exportsOf(module, resolveDir) {
  const { metafile } = await build({
    stdin: { contents: `export * from '${module}'`, resolveDir },
    bundle: true,
    write: false,
    metafile: true,
    format: 'esm',
    logLevel: 'error',
  })
  const names = Object.values(metafile.outputs).flatMap((output) => output.exports)
  if (!names.length) throw new Error(`${module} exports nothing`)
  return names
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const entries = JSON.parse(readFileSync(new URL('sizes.json', import.meta.url), 'utf8'))
  process.exitCode = (await holdBeyond(entries, sourcesFolder)) > 0 ? 1 : 0
}
