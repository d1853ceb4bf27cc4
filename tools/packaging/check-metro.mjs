// The packed packages bundled by Metro without its reading of `exports`, as React Native before 0.79 has it: every entry is
// found, and the bundle signs in from Hermes.
import { cpSync, mkdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { SIGN_IN_TWICE, signInTwiceInHermes } from '../testing/hermes.mjs'
import { captureNode, root } from '../workspace/run.mjs'
import { installFixture } from './fixtures.mjs'
import { entriesOf, install, manifestOf, packAll, temporaryFolder } from './pack.mjs'

const LIBRARIES = ['@srp6a/srp', 'cognito-srp-flows']
/** Of Node alone, and of the AWS SDK, whose own files are its affair. */
const NOT_FOR_PHONES = ['@srp6a/srp/node', 'cognito-srp-flows/sdk']

const folder = temporaryFolder('metro')
mkdirSync(join(folder, 'tarballs'))
const packed = await packAll(join(folder, 'tarballs'))
const beside = join(folder, 'beside')
await install(beside, packed)
const emulator = createRequire(join(beside, 'x.js'))('cognito-user-pool-emulator')

const app = join(folder, 'app')
await install(
  app,
  packed.filter(({ name }) => LIBRARIES.includes(name)),
)
// A copy: Metro did not follow links before 0.79.
const jsbi = join(app, 'node_modules/jsbi')
cpSync(realpathSync(join(root, 'packages/srp/node_modules/jsbi')), jsbi, { recursive: true })
const entries = LIBRARIES.flatMap((name) => entriesOf(manifestOf(app, name))).filter(
  (entry) => !NOT_FOR_PHONES.includes(entry),
)
// Compiled ES modules in the form that React Native's preset gives them.
const main = `
const entries = [${entries.map((entry) => `require('${entry}')`).join(', ')}]
if (entries.some((entry) => Object.keys(entry).length === 0)) throw new Error('an entry is empty')
const { signIn, deviceStore } = require('cognito-srp-flows')
const { fetchApi } = require('cognito-srp-flows/fetch')
const poolOf = (phone) => ({
  api: fetchApi({ region: 'us-east-1' }),
  userPoolId: 'us-east-1_AbCdEfGhI',
  clientId: '1example23456789',
  random: (length) => phone.randomBytes(length),
  devices: deviceStore({
    get: (key) => phone.read(key.replace(/[^A-Za-z0-9._-]/g, '_')),
    set: (key, value) => phone.write(key.replace(/[^A-Za-z0-9._-]/g, '_'), value),
    remove: (key) => phone.erase(key.replace(/[^A-Za-z0-9._-]/g, '_')),
  }),
})
${SIGN_IN_TWICE}`
writeFileSync(join(app, 'main.js'), main)
writeFileSync(join(app, 'package.json'), '{ "name": "app", "version": "1.0.0", "private": true }\n')

let failed = false
for (const name of ['metro-oldest', 'metro-newest']) {
  const fixture = await installFixture(name)
  if (fixture.missing) {
    console.log(`skipped: ${name}: ${fixture.missing}`)
    continue
  }
  const { version } = createRequire(join(fixture.folder, 'x.js'))('metro/package.json')
  const out = join(folder, `${name}.js`)
  const build = join(root, 'tools/packaging/metro/build.cjs')
  const { code, output } = await captureNode(build, [fixture.folder, out], { cwd: app })
  try {
    if (code !== 0) throw new Error(output)
    await signInTwiceInHermes(readFileSync(out, 'utf8'), folder, emulator)
    console.log(`     Metro ${version}: ${entries.length} entries, and two sign-ins in Hermes`)
  } catch (error) {
    failed = true
    console.error(`Metro ${version}: ${error.message}`)
  }
}
process.exitCode = failed ? 1 : 0
