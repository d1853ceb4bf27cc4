// The suite, bundled for each kind of runtime from the packed packages.
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { install, packAll, temporaryFolder } from 'srp6a-tools/packaging/pack.mjs'
import ts from 'typescript'

const SDK = '@aws-sdk/client-cognito-identity-provider'
const here = (path) => fileURLToPath(new URL(path, import.meta.url))

/** Packs and installs the packages: a folder outside the workspace with everything the suite imports. */
export async function installPackages() {
  const folder = temporaryFolder('runtimes')
  mkdirSync(join(folder, 'tarballs'))
  const packed = await packAll(join(folder, 'tarballs'))
  await install(folder, packed, [
    ['@srp6a/srp', 'jsbi'],
    ['cognito-srp-flows', SDK],
  ])
  writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }')
  // A copy of the suite, so that its imports find the installed packages and not those of the workspace.
  cpSync(here('suite'), join(folder, 'conformance/runtimes/suite'), { recursive: true })
  cpSync(here('../../vectors'), join(folder, 'node_modules/srp6a-vectors'), {
    recursive: true,
    filter: (path) => !/vectors[\\/](node_modules|generate)/.test(path),
  })
  return folder
}

const COMMON = {
  bundle: true,
  write: false,
  charset: 'ascii',
  target: 'es2020',
  logLevel: 'error',
  tsconfigRaw: '{}',
  plugins: [leanVectors()],
}

/** @returns the path of the bundle, made when it is first asked for */
export function bundler(folder) {
  const made = new Map()
  const make = async (name, options, change = (text) => text) => {
    const entry = join(folder, 'conformance/runtimes/suite/entries', `${options.entry ?? name}.ts`)
    const { entry: _, ...rest } = options
    const { outputFiles } = await build({ ...COMMON, ...rest, entryPoints: [entry] })
    const path = join(folder, `${name}.${options.format === 'esm' ? 'mjs' : 'js'}`)
    writeFileSync(path, change(outputFiles[0].text))
    return path
  }
  const kinds = {
    node: () =>
      make('node', {
        format: 'esm',
        platform: 'node',
        target: 'node20',
        external: ['@srp6a/*', 'cognito-*', '@aws-sdk/*'],
      }),
    web: () => make('web', { format: 'iife', platform: 'browser', mainFields: ['module', 'main'] }),
    'web-sdk': () => make('web-sdk', { format: 'iife', platform: 'browser' }),
    worker: () =>
      make('worker', {
        format: 'esm',
        platform: 'neutral',
        mainFields: ['module', 'main'],
        external: ['@srp6a/srp/modular.wasm', '@srp6a/srp/modular-fma.wasm'],
      }),
    shell: () => make('shell', { format: 'iife', platform: 'neutral', mainFields: ['module', 'main'] }),
    'shell-es5': () =>
      make('shell-es5', { entry: 'shell', format: 'iife', platform: 'neutral', mainFields: ['module', 'main'] }, lower),
  }
  return (kind) => {
    if (!made.has(kind)) made.set(kind, kinds[kind]())
    return made.get(kind)
  }
}

/** To ES5, with BigInt left as it is: Hermes 0.12 has BigInt, but no classes and no block scope. */
function lower(source) {
  // TypeScript turns `**` into Math.pow, which throws on BigInt: better to stop here than to fail over there.
  if (/\dn\s*\*\*|\*\*\s*\d+n\b/.test(source)) throw new Error('the bundle raises BigInt with **')
  return ts.transpileModule(source, {
    compilerOptions: { target: ts.ScriptTarget.ES5, module: ts.ModuleKind.None, downlevelIteration: true },
  }).outputText
}

/**
 * The vectors without the accounts of their oracles, which are most of their bytes; as JSON in ASCII, for Deno's parser
 * stumbles over esbuild's way to write a lone surrogate in front of a pair.
 */
function leanVectors() {
  const escaped = (text) => text.replace(/[^\0-~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
  return {
    name: 'lean-vectors',
    setup({ onLoad }) {
      onLoad({ filter: /vectors[\\/][\w-]+\.json$/ }, ({ path }) => {
        const data = JSON.parse(readFileSync(path, 'utf8'))
        const lean = JSON.stringify(data, (key, value) => (key === 'oracles' ? undefined : value))
        return { loader: 'js', contents: `export default JSON.parse(${JSON.stringify(escaped(lean))})` }
      })
    },
  }
}
