// TypeScript as the packages' users run it: every module resolution that reads `exports`, with and without skipLibCheck.
import { copyFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'

const RESOLUTIONS = [
  ['node16', ts.ModuleKind.Node16, ts.ModuleResolutionKind.Node16],
  ['nodenext', ts.ModuleKind.NodeNext, ts.ModuleResolutionKind.NodeNext],
  ['bundler', ts.ModuleKind.ESNext, ts.ModuleResolutionKind.Bundler],
]

/**
 * Names that the declarations need beyond ES2022, exactly: the libraries none; the emulator those of its `handle`, from
 * lib.dom or @types/node.
 */
const AMBIENT = { libraries: [], emulator: ['Request', 'Response'] }

/** @returns {{ programs: number, problems: string[] }} */
export function typeProblems(folder) {
  const problems = []
  let programs = 0
  const host = cachingHost()
  const compile = (label, file, options) => {
    programs++
    const program = ts.createProgram([join(folder, file)], { ...base(folder), ...options }, host)
    return ts.getPreEmitDiagnostics(program).map((diagnostic) => {
      const where = diagnostic.file ? diagnostic.file.fileName.slice(folder.length + 1) : ''
      return `${label}: ${where}: ${ts.flattenDiagnosticMessageText(diagnostic.messageText, ' ')}`
    })
  }
  for (const consumer of ['libraries', 'emulator']) {
    for (const extension of ['mts', 'cts']) {
      copyFileSync(new URL(`consumer/${consumer}.ts`, import.meta.url), join(folder, `${consumer}.${extension}`))
    }
  }
  writeFileSync(join(folder, 'package.json'), '{ "private": true }')

  for (const [name, module, moduleResolution] of RESOLUTIONS) {
    for (const skipLibCheck of [false, true]) {
      // A bundler's resolution is that of ESM only.
      for (const extension of name === 'bundler' ? ['mts'] : ['mts', 'cts']) {
        const options = { module, moduleResolution, skipLibCheck }
        const label = `${name}, .${extension}${skipLibCheck ? ', skipLibCheck' : ''}`
        problems.push(...compile(label, `libraries.${extension}`, { ...options, lib: ['lib.es2022.d.ts'] }))
        const withDom = { ...options, lib: ['lib.es2022.d.ts', 'lib.dom.d.ts'] }
        problems.push(...compile(`${label}, DOM`, `emulator.${extension}`, withDom))
      }
    }
  }
  const [, module, moduleResolution] = RESOLUTIONS[1]
  const bare = { module, moduleResolution, skipLibCheck: false, lib: ['lib.es2022.d.ts'] }
  problems.push(...compile('@types/node', 'emulator.mts', { ...bare, types: ['node'] }))
  for (const [consumer, expected] of Object.entries(AMBIENT)) {
    const missing = compile('', `${consumer}.mts`, bare).map(
      (text) => text.match(/Cannot find name '(\w+)'/)?.[1] ?? text,
    )
    const found = [...new Set(missing)].sort().join()
    if (found !== expected.join()) problems.push(`ambient types of ${consumer}: ${found}, not ${expected.join()}`)
  }
  return { programs, problems }
}

function base(folder) {
  return {
    target: ts.ScriptTarget.ES2022,
    strict: true,
    exactOptionalPropertyTypes: true,
    noEmit: true,
    // TypeScript's own libraries are no business of ours; other declarations are checked unless skipLibCheck says no.
    skipDefaultLibCheck: true,
    types: [],
    typeRoots: [join(folder, 'node_modules/@types')],
  }
}

/** The standard library is parsed once for all programs. */
function cachingHost() {
  const host = ts.createCompilerHost({ target: ts.ScriptTarget.ES2022 })
  const parse = host.getSourceFile
  const libraries = new Map()
  host.getSourceFile = (file, ...rest) => {
    if (!/\/typescript\/lib\/lib\.[\w.]+\.d\.ts$/.test(file)) return parse.call(host, file, ...rest)
    if (!libraries.has(file)) libraries.set(file, parse.call(host, file, ...rest))
    return libraries.get(file)
  }
  return host
}
