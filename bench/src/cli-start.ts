import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { cpus } from 'node:os'
import { fileURLToPath } from 'node:url'
import { median } from './statistics.js'

// The time that the built command line takes to print its help, beside Node itself and the AWS CLI: `npm run
// bench:cli`. It reports and judges nothing; run it where nothing else runs.

const ROUNDS = Number(process.argv[2] ?? 21)
const cli = fileURLToPath(new URL('../../packages/cognito-srp-cli/bin/cognito-srp.js', import.meta.url))
const aws = ['/usr/bin/aws', '/usr/local/bin/aws'].find((path) => existsSync(path))

const contenders: Record<string, readonly string[]> = {
  'node -e 0': [process.execPath, '-e', '0'],
  'cognito-srp --help': [process.execPath, cli, '--help'],
  'cognito-srp help sign-in': [process.execPath, cli, 'help', 'sign-in'],
  ...(aws && {
    'aws --version': [aws, '--version'],
    'aws cognito-idp admin-initiate-auth help': [aws, 'cognito-idp', 'admin-initiate-auth', 'help'],
  }),
}

/** Milliseconds of one run, from the start of the process to its end. */
function run([program = '', ...args]: readonly string[]): number {
  const env = { ...process.env, PAGER: 'cat', AWS_PAGER: 'cat', NO_COLOR: '1' }
  const began = performance.now()
  const { status, error, stderr } = spawnSync(program, args, { env, encoding: 'utf8', maxBuffer: 1 << 24 })
  const took = performance.now() - began
  if (error || status !== 0) throw error ?? new Error(`${program} ${args.join(' ')}: exit code ${status}\n${stderr}`)
  return took
}

if (!(Number.isInteger(ROUNDS) && ROUNDS > 0)) throw new Error('the number of rounds: expected a positive integer')
if (!existsSync(cli.replace(/bin.*$/, 'dist/cli.js'))) throw new Error('build first: npm run build')
const names = Object.keys(contenders)
const times = new Map(names.map((name) => [name, [] as number[]]))
// They take turns, so that a slow moment hits all; the first round warms the disk's cache and does not count.
for (let round = 0; round <= ROUNDS; round++) {
  for (const name of names) {
    const took = run(contenders[name] ?? [])
    if (round > 0) times.get(name)?.push(took)
  }
}
const bare = median(times.get('node -e 0') ?? [])
console.log(`Start to end in ms, median of ${ROUNDS} rounds; Node ${process.versions.node}, ${cpus()[0]?.model}`)
for (const [name, all] of times) {
  const middle = median(all)
  const beside = name === 'node -e 0' ? '' : `   ${(middle / bare).toFixed(2)} times node -e 0`
  console.log(`${name.padEnd(42)}${middle.toFixed(0).padStart(6)}   fastest ${Math.min(...all).toFixed(0)}${beside}`)
}
if (!aws) console.log('The AWS CLI is not installed: not measured.')
