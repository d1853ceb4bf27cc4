// Runs one kind of test file and counts: `quick` are *.test.ts, `slow` are *.slow.test.ts.
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { installed, node } from './run.mjs'

const SKIPPED = new Set(['skipped', 'pending', 'todo'])

/** @returns {Promise<{ passed: number, failed: number, skipped: number }>} */
export async function runTests(project, filters) {
  const file = installed(`.cache/srp6a/vitest-${project}.json`)
  // Not what an earlier run has left.
  rmSync(file, { force: true })
  const reporters = ['--reporter=dot', '--reporter=json', `--outputFile=${file}`]
  const code = await node(installed('vitest/vitest.mjs'), ['run', '--project', project, ...reporters, ...filters])
  console.log(`${code === 0 ? 'ok  ' : 'FAIL'} ${project} tests`)
  if (!existsSync(file)) return { passed: 0, failed: 1, skipped: 0 }
  const { numPassedTests, numFailedTests, testResults } = JSON.parse(readFileSync(file, 'utf8'))
  const skipped = testResults.flatMap((result) => result.assertionResults).filter((test) => SKIPPED.has(test.status))
  for (const test of skipped) console.log(`skipped: ${test.fullName}`)
  // A file that cannot be loaded fails no test of its own.
  const failed = numFailedTests === 0 && code !== 0 ? 1 : numFailedTests
  return { passed: numPassedTests, failed, skipped: skipped.length }
}
