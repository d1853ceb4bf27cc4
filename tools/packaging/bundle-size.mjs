// The size of an app's bundle, and the module that each byte is of.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { decode } from '@jridgewell/sourcemap-codec'
import { build } from 'esbuild'
import { build as vite } from 'vite'

const gzipped = (text) => gzipSync(text, { level: 9 }).length

/**
 * Bundles the code as an app would, minified.
 *
 * @param options of esbuild: where it looks for packages
 * @returns {{ minified: number, gzip: number, brotli: number, modules: { file: string, minified: number, gzip: number }[] }} bytes; a
 *   module's `gzip` is what the whole would weigh less without it, so that what modules have in common is no one's
 */
export async function weigh(contents, { resolveDir, nodePaths }) {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir },
    nodePaths,
    bundle: true,
    minify: true,
    write: false,
    outfile: 'bundle.js',
    sourcemap: 'external',
    format: 'esm',
    logLevel: 'error',
  })
  const [map, code] = outputFiles.map(({ text }) => text)
  const pieces = piecesOf(code, JSON.parse(map).mappings)
  const gzip = gzipped(code)
  const modules = JSON.parse(map).sources.map((source, index) => ({
    file: source.replace(/^.*node_modules\//, '').replace(/^(.*\/)?(src|dist)\//, '$1'),
    minified: pieces.reduce((sum, piece) => sum + (piece.source === index ? piece.text.length : 0), 0),
    gzip: gzip - gzipped(pieces.map(({ source, text }) => (source === index ? '' : text)).join('')),
  }))
  return { minified: code.length, gzip, brotli: brotliCompressSync(code).length, modules }
}

/**
 * Bundles the code with Vite, which has another bundler and another minifier.
 *
 * @param folder where packages are looked for; a file is written there
 * @returns {Promise<number>} bytes, by gzip
 */
export async function weighWithVite(contents, folder) {
  mkdirSync(folder, { recursive: true })
  const input = join(folder, 'size.js')
  writeFileSync(input, contents)
  const { output } = await vite({
    root: folder,
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      modulePreload: false,
      rollupOptions: { input, preserveEntrySignatures: 'strict', output: { codeSplitting: false } },
    },
  })
  return gzipped(output.find((file) => file.type === 'chunk').code)
}

/** The code in pieces, each with the number of its source. */
function piecesOf(code, mappings) {
  const pieces = []
  const lines = decode(mappings)
  for (const [number, line] of code.split(/(?<=\n)/).entries()) {
    let begin = 0
    let source = -1
    for (const [column, next = -1] of [...(lines[number] ?? []), [line.length, -1]]) {
      if (column > begin) pieces.push({ source, text: line.slice(begin, column) })
      begin = column
      source = next
    }
  }
  return pieces
}
