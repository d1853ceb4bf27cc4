// Builds the page with Vite and keeps the result in memory: nothing is written, nothing can be out of date.
import { extname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import tsconfig from '../../../tsconfig.base.json' with { type: 'json' }

const root = fileURLToPath(new URL('..', import.meta.url))
const repository = fileURLToPath(new URL('../../..', import.meta.url))

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
}

/** One file of the page, as it goes out. */
export interface Asset {
  readonly type: string
  readonly body: Uint8Array
}

/** The files of the page by their path, `/` for the page itself. The packages are taken from their sources. */
export async function bundle(): Promise<ReadonlyMap<string, Asset>> {
  const alias = Object.entries(tsconfig.compilerOptions.paths).map(([name, [path = '']]) => ({
    find: new RegExp(`^${name}$`),
    replacement: `${repository}${path}`,
  }))
  const result = await build({
    root,
    configFile: false,
    logLevel: 'warn',
    resolve: { alias },
    build: {
      write: false,
      target: 'es2022',
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      // A busy machine is no fault of the page's.
      rolldownOptions: { checks: { bundlerTimings: false } },
    },
  })
  const outputs = Array.isArray(result) ? result : 'output' in result ? [result] : []
  const files = outputs.flatMap(({ output }) => output)
  return new Map(
    files.map((file) => {
      const type = TYPES[extname(file.fileName)]
      if (type === undefined) throw new Error(`No media type for ${file.fileName}`)
      const content = file.type === 'chunk' ? file.code : file.source
      const body = typeof content === 'string' ? new TextEncoder().encode(content) : content
      return [file.fileName === 'index.html' ? '/' : `/${file.fileName}`, { type, body }]
    }),
  )
}
