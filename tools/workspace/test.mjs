// `npm test`: sets everything up, then every check there is; the last line counts them all.
// `npm test -- packages/srp` runs only the vitest files whose path contains that.
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { build } from './build.mjs'
import { node, root } from './run.mjs'
import { setup } from './setup.mjs'

const bin = (path) => join(root, 'node_modules', path)
const tsc = (project) => node(bin('typescript/bin/tsc'), ['-p', project])
const filters = process.argv.slice(2)

const CHECKS = [
  // First, for the packages are checked against each other's built declarations.
  ['build', () => build({ quiet: true }).then(() => 0)],
  ['types of @srp6a/srp', () => tsc('packages/srp')],
  ['types of @srp6a/srp/node', () => tsc('packages/srp/tsconfig.node.json')],
  ['types of cognito-srp-flows', () => tsc('packages/cognito-srp-flows')],
  ['types of cognito-srp-cli', () => tsc('packages/cognito-srp-cli')],
  ['types of cognito-user-pool-emulator', () => tsc('packages/user-pool-emulator')],
  ['types of tests, examples, bench and vectors', () => tsc('tsconfig.json')],
  ['types of the sign-in page', () => tsc('examples/web')],
  ['lint and format', () => node(bin('@biomejs/biome/bin/biome'), ['check', '--error-on-warnings', '.'])],
  ['layers', () => node('tools/checks/layers.mjs')],
  ['workflows', () => node('tools/checks/workflows.mjs')],
  ['dependencies', () => node('tools/checks/dependencies.mjs')],
  ['packages as published', () => node('tools/packaging/check-packages.mjs')],
  ['sizes', () => node('tools/packaging/check-sizes.mjs')],
  ['bundlers', () => node('tools/packaging/check-bundlers.mjs')],
  // The whole matrix, browsers and all, is npm run test:runtimes.
  ['runtimes, in short', () => node('conformance/runtimes/main.mjs', ['--short'])],
  ['code in the documents', () => node('tools/docs/check-code.mjs')],
  ['documents followed to the letter', () => node('tools/docs/follow.mjs')],
  ['links of the documents', () => node('tools/docs/check-links.mjs')],
  ['figures in the documents', () => node(bin('tsx/dist/cli.mjs'), ['bench/src/readme.ts', '--check'])],
  ['demo', () => node('tools/workspace/demo.mjs', ['--json'], { stdio: ['ignore', 'ignore', 'inherit'] })],
]

const count = { passed: 0, failed: 0, skipped: 0 }

async function check(name, run) {
  const began = performance.now()
  const code = await run()
  const seconds = ((performance.now() - began) / 1000).toFixed(1)
  console.log(`${code === 0 ? 'ok  ' : 'FAIL'} ${name} (${seconds} s)`)
  count[code === 0 ? 'passed' : 'failed']++
}

/** Runs vitest, prints why a test was skipped, and adds its counts. */
async function vitest() {
  const folder = bin('.cache/srp6a')
  mkdirSync(folder, { recursive: true })
  const file = join(folder, 'vitest.json')
  // Not what an earlier run has left.
  rmSync(file, { force: true })
  const code = await node(bin('vitest/vitest.mjs'), [
    'run',
    '--reporter=dot',
    '--reporter=json',
    `--outputFile=${file}`,
    ...filters,
  ])
  if (!existsSync(file)) {
    count.failed++
    return console.log('FAIL vitest did not begin')
  }
  const report = JSON.parse(readFileSync(file, 'utf8'))
  count.passed += report.numPassedTests
  count.failed += report.numFailedTests
  const skipped = report.testResults.flatMap((result) =>
    result.assertionResults.filter(
      (test) => test.status === 'skipped' || test.status === 'pending' || test.status === 'todo',
    ),
  )
  count.skipped += skipped.length
  for (const test of skipped) console.log(`skipped: ${test.fullName}`)
  // A file that cannot be loaded fails no test of its own.
  if (code !== 0 && report.numFailedTests === 0) count.failed++
  console.log(`${code === 0 ? 'ok  ' : 'FAIL'} vitest`)
}

await setup()
if (filters.length === 0) for (const [name, run] of CHECKS) await check(name, run)
await vitest()
const skippedText = count.skipped > 0 ? `, ${count.skipped} skipped` : ''
console.log(`${count.passed} passed, ${count.failed} failed${skippedText}`)
process.exitCode = count.failed > 0 ? 1 : 0
