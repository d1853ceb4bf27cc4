// The three test commands: `npm test` is `quick`, then there are `slow`, `packages`, and `all` for the three together.
// Paths behind the name run only those test files: `npm test -- packages/srp`. The last line counts everything.
import { mkdirSync } from 'node:fs'
import { installed } from './run.mjs'
import { setup } from './setup.mjs'

const [name = '', ...filters] = process.argv.slice(2)
const NAMES = ['quick', 'slow', 'packages']
if (name !== 'all' && !NAMES.includes(name)) {
  console.error('usage: node tools/workspace/test.mjs quick|slow|packages|all [paths of test files…]')
  process.exit(2)
}

await setup()
// After the set-up, for they import what it installs.
const { PACKAGES, QUICK, SLOW } = await import('./checks.mjs')
const { runTests } = await import('./vitest.mjs')
mkdirSync(installed('.cache/srp6a/types'), { recursive: true })

const count = { passed: 0, failed: 0, skipped: 0 }

/** Run checks side by side, as many as the smallest machine has cores, and print each as a whole when it has ended. */
async function runChecks(checks, lanes = 2) {
  const waiting = Object.entries(checks)
  const lane = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [title, check] = next
      const began = performance.now()
      const { code, output } = await check()
      const seconds = ((performance.now() - began) / 1000).toFixed(1)
      console.log(`${code === 0 ? 'ok  ' : 'FAIL'} ${title} (${seconds} s)`)
      if (code !== 0) console.log(output)
      else for (const line of output.split('\n').filter((one) => /^(skipped|note): /.test(one))) console.log(line)
      count[code === 0 ? 'passed' : 'failed']++
    }
  }
  await Promise.all(Array.from({ length: lanes }, lane))
}

async function runFiles(project) {
  const found = await runTests(project, filters)
  for (const key of Object.keys(count)) count[key] += found[key]
}

for (const one of name === 'all' ? NAMES : [name]) {
  if (one === 'packages') {
    // One after the other: each takes what the build before has made, and some measure time.
    await runChecks(PACKAGES, 1)
    continue
  }
  if (filters.length === 0) await runChecks(one === 'quick' ? QUICK : SLOW)
  await runFiles(one)
}
console.log(`${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped`)
process.exitCode = count.failed > 0 ? 1 : 0
