// A folder with a package.json for every entry beside the main one, for anyone who resolves `package/entry` without reading
// `exports`: Metro up to React Native 0.78, TypeScript's node10, webpack 4, Browserify. Made from `exports` while a package
// is packed, and gone afterwards.
import { mkdirSync, readFileSync, rmdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** @returns {Map<string, string>} path inside the package to text of the file */
export function stubsOf({ exports = {} }) {
  const stubs = new Map()
  for (const [entry, conditions] of Object.entries(exports)) {
    // A file, not code: package.json, a .wasm.
    if (entry === '.' || typeof conditions === 'string' || entry.endsWith('.wasm')) continue
    const up = '../'.repeat(entry.split('/').length - 1)
    const relative = (target) => target.replace('./', up)
    const stub = {
      main: relative(conditions.require.default),
      module: relative(conditions.import.default),
      types: relative(conditions.import.types),
    }
    stubs.set(`${entry.slice(2)}/package.json`, `${JSON.stringify(stub, null, 2)}\n`)
  }
  return stubs
}

const stubsIn = (folder) => stubsOf(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')))

/** Write the stubs of the package in a folder. */
export function writeStubs(folder) {
  for (const [path, text] of stubsIn(folder)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
}

/** Remove the stubs again, and the folders that held nothing else. */
export function removeStubs(folder) {
  // The deeper ones first: `cognito/bring-engine` stands in `cognito`.
  const paths = [...stubsIn(folder).keys()].sort((a, b) => b.split('/').length - a.split('/').length)
  for (const path of paths) {
    rmSync(join(folder, path), { force: true })
    try {
      rmdirSync(dirname(join(folder, path)))
    } catch (error) {
      if (error.code !== 'ENOENT' && error.code !== 'ENOTEMPTY') throw error
    }
  }
}
