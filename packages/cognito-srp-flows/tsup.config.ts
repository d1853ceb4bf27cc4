import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { defineConfig } from 'tsup'
import { library } from '../../tsup.base.js'

/** The licence of what the command line carries, for its copies must bring it along. */
function licenceOf(name: string): string {
  const folder = join(createRequire(import.meta.url).resolve(name), '../..')
  return `/*!\n${name}, bundled below:\n\n${readFileSync(join(folder, 'LICENSE'), 'utf8').trim()}\n*/`
}

export default defineConfig([
  ...library(['index', 'sdk', 'fetch']),
  // The command line: one file for Node, which imports the library as everybody does.
  {
    entry: { cli: 'cli/main.ts' },
    format: 'esm',
    platform: 'node',
    target: 'node20',
    sourcemap: true,
    removeNodeProtocol: false,
    tsconfig: 'cli/tsconfig.json',
    external: [/^cognito-srp-flows/],
    noExternal: ['uqr'],
    banner: { js: licenceOf('uqr') },
  },
])
