// A small app built by each bundler from the packed packages, without polyfills, options or warnings; what comes out runs
// where there is nothing but what every browser and edge runtime has, and signs in to an emulated pool.
import { createHmac, webcrypto } from 'node:crypto'
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { createContext, Script } from 'node:vm'
import { build as esbuild, transform } from 'esbuild'
import { createLogger, build as vite } from 'vite'
import webpack from 'webpack'
import { install, packAll, temporaryFolder } from './pack.mjs'

const folder = temporaryFolder('bundlers')
cpSync(new URL('app', import.meta.url), folder, { recursive: true })
mkdirSync(join(folder, 'tarballs'))
await install(folder, await packAll(join(folder, 'tarballs')))
const main = join(folder, 'main.js')
const { createUserPool } = createRequire(main)('cognito-user-pool-emulator')

/** Each gives the code of the bundle, and whatever the bundler had to say. */
const BUNDLERS = {
  async vite() {
    const warnings = []
    const logger = createLogger('warn')
    logger.info = () => {}
    logger.warn = logger.warnOnce = logger.error = (text) => warnings.push(text)
    const { output } = await vite({
      root: folder,
      configFile: false,
      customLogger: logger,
      // Vite's own, for browsers without <link rel="modulepreload">.
      build: { write: false, modulePreload: { polyfill: false } },
    })
    return { code: output.find((file) => file.type === 'chunk').code, warnings }
  },
  'webpack, for the web': () => runWebpack('web', { target: 'web' }),
  // As Next.js builds middleware and edge routes.
  'webpack, for the edge': () =>
    runWebpack('edge', {
      target: 'webworker',
      resolve: { conditionNames: ['edge-light', 'worker', 'import', 'module', 'default'] },
    }),
  esbuild: () => runEsbuild({ platform: 'browser' }),
  'esbuild, for the edge': () =>
    runEsbuild({
      platform: 'neutral',
      conditions: ['workerd', 'edge-light', 'worker'],
      mainFields: ['module', 'main'],
    }),
  async 'esbuild, from CommonJS'() {
    const { code } = await transform(readFileSync(main, 'utf8'), { format: 'cjs' })
    writeFileSync(join(folder, 'main.cjs'), code)
    return runEsbuild({ platform: 'neutral', entryPoints: [join(folder, 'main.cjs')] })
  },
}

async function runEsbuild(options) {
  const { outputFiles, warnings } = await esbuild({
    entryPoints: [main],
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
    logLevel: 'silent',
    ...options,
  })
  return { code: outputFiles[0].text, warnings: warnings.map(({ text }) => text) }
}

async function runWebpack(name, options) {
  const path = join(folder, name)
  const stats = await new Promise((resolve, reject) => {
    const config = {
      mode: 'production',
      context: folder,
      entry: main,
      output: { path },
      performance: false,
      ...options,
    }
    webpack(config, (error, result) => (error ? reject(error) : resolve(result)))
  })
  const { errors, warnings } = stats.toJson({ all: false, errors: true, warnings: true })
  const said = [...errors, ...warnings].map(({ message }) => message)
  const file = errors.length === 0 ? readdirSync(path).find((entry) => entry.endsWith('.js')) : undefined
  return { code: file ? readFileSync(join(path, file), 'utf8') : '', warnings: said }
}

/** No edge runtime lets code be made of strings, and nothing of Node belongs into any of these. */
const FORBIDDEN = /\beval\(|\bnew Function\b|\bBuffer\b|\bprocess\.|["']node:|\bdocument\./

const user = { username: 'ada', password: 'Correct-Horse-7' }
const clientId = 'client'
const userPoolId = 'us-east-1_Example12'
const pool = createUserPool({ id: userPoolId, clients: [{ clientId }], users: [{ ...user, attributes: {} }] })

/** Signs in with the right and with a wrong password. */
async function problemsOf(code) {
  const requests = []
  const fetch = (url, { method, headers, body }) => {
    requests.push(url)
    return pool.handle(new Request(url, { method, headers, body }))
  }
  const crypto = { getRandomValues: (array) => webcrypto.getRandomValues(array) }
  const context = createContext({ fetch, crypto, setTimeout, clearTimeout, AbortController })
  new Script(code).runInContext(context)
  const problems = []
  const values = { endpoint: 'http://127.0.0.1/', userPoolId, clientId, ...user }
  const right = await context.app(values)
  const wrong = await context.app({ ...values, password: 'Wrong-Horse-7' })
  const hash = createHmac('sha256', 'secret').update(`ada${clientId}`).digest('base64')
  for (const kind of ['kind', 'leanKind']) {
    if (right[kind] !== 'signed-in') problems.push(`${kind}: the right password gives ${right[kind]}`)
    if (wrong[kind] !== 'NotAuthorizedException') problems.push(`${kind}: a wrong password gives ${wrong[kind]}`)
  }
  if (!right.sameErrors) problems.push('FlowError is bundled twice')
  if (right.secretHash !== hash) problems.push('secretHash differs')
  if (requests.length < 8) problems.push(`only ${requests.length} requests`)
  return problems
}

let failed = 0
for (const [name, build] of Object.entries(BUNDLERS)) {
  const began = performance.now()
  const { code, warnings } = await build().catch((error) => ({ code: '', warnings: [error.message] }))
  const problems = warnings.map((text) => `says: ${text}`)
  const [stray] = code.match(FORBIDDEN) ?? []
  if (stray) problems.push(`the bundle contains ${stray}`)
  if (problems.length === 0) problems.push(...(await problemsOf(code).catch((error) => [String(error)])))
  const seconds = ((performance.now() - began) / 1000).toFixed(1)
  console.log(`${problems.length === 0 ? 'ok  ' : 'FAIL'} ${name}: ${code.length} bytes (${seconds} s)`)
  for (const problem of problems) console.error(`       ${problem}`)
  if (problems.length > 0) failed++
}
process.exitCode = failed > 0 ? 1 : 0
