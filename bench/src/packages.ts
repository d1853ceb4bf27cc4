// Ways to reach code of other packages: those whose types are broken or missing, and files which their `exports` do not name.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'

const require = createRequire(import.meta.url)

/** Imports a package whose own types cannot be used; `T` says what is used of it. */
export function importUntyped<T>(specifier: string): Promise<T> {
  return import(specifier) as Promise<T>
}

/** Requires a CommonJS package, or one file of it, whose own types cannot be used; `T` says what is used of it. */
export function requireUntyped<T>(specifier: string): T {
  return require(specifier) as T
}

/** Imports one file of a package, past its `exports`. */
export function importFile<T>(packageName: string, path: string): Promise<T> {
  return import(pathToFileURL(join(packageFolder(packageName), path)).href) as Promise<T>
}

export function packageVersion(packageName: string): string {
  const manifest = JSON.parse(readFileSync(join(packageFolder(packageName), 'package.json'), 'utf8')) as {
    version: string
  }
  return manifest.version
}

/** The folder that holds the package's manifest, found without loading the package. */
export function packageFolder(packageName: string): string {
  for (const folder of require.resolve.paths(packageName) ?? []) {
    const found = join(folder, packageName, 'package.json')
    try {
      readFileSync(found)
      return dirname(found)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    }
  }
  throw new Error(`${packageName} is not installed`)
}
