// `npm run load -- [--users 1000] [--seconds 1200]`: everybody signs in to one emulator at once, over loopback HTTP,
// throttled and on a bad line; then time passes, and they do it again. Prints figures; ends with 1 if anything was lost.
import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { createUserPool, serve, type UserPool } from 'cognito-user-pool-emulator'
import type { LoadReport } from './clients.js'
import { type Trouble, troubled } from './trouble.js'
import { poolOptions } from './users.js'

const WAVES = 2
const DAYS_BETWEEN = 31
const TROUBLE: Trouble = { throttled: 0.2, dropped: 0.02, answerLost: 0.02, slow: 0.05, slowBy: 500 }

const { values } = parseArgs({
  options: { users: { type: 'string', default: '1000' }, seconds: { type: 'string', default: '1200' } },
})
const users = Number(values.users)
const seconds = Number(values.seconds)
const isWhole = (value: number, most: number) => Number.isInteger(value) && value >= 1 && value <= most
if (!isWhole(users, 10_000) || !isWhole(seconds, 3600)) {
  console.error('usage: npm run load -- [--users 1…10000] [--seconds 1…3600 for each wave]')
  process.exit(2)
}

const collect = (globalThis as { gc?: () => void }).gc
if (!collect) throw new Error('run it with --expose-gc')
const heap = (): number => {
  collect()
  return process.memoryUsage().heapUsed / 1024 ** 2
}

/** how far the emulator's clock is ahead, in milliseconds */
let offset = 0

const drive = (url: string, wave: number): Promise<LoadReport> =>
  new Promise((resolve, reject) => {
    const child = fork(fileURLToPath(new URL('clients-process.ts', import.meta.url)), { execArgv: ['--import', 'tsx'] })
    child.once('message', (report) => resolve(report as LoadReport))
    child.once('exit', (code) => reject(new Error(`the clients ended with ${code}`)))
    child.send({ url, users, wave, seconds, offset })
  })

const percentile = (sorted: readonly number[], share: number): string =>
  `${(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(0)} ms`

function sizes(pool: UserPool): Record<string, number> {
  const [state] = pool.snapshot().pools as unknown as [Record<string, unknown[]>]
  const names = ['sessions', 'exchanges', 'grants', 'refreshTokens', 'failures']
  return Object.fromEntries([
    ...names.map((name) => [name, state[name]?.length ?? 0]),
    ['outbox', pool.outbox.messages.length],
  ])
}

const pool = createUserPool({ ...poolOptions(users), clock: () => new Date(Date.now() + offset) })
const { handler, count } = troubled(pool, TROUBLE)
const server = await serve(handler)
console.log(`${users} users at once, ${WAVES} times, ${DAYS_BETWEEN} days apart, at ${server.url}`)
console.log(`trouble: ${JSON.stringify(TROUBLE)}`)

let failed = false
const heaps = [heap()]
for (let wave = 0; wave < WAVES; wave++) {
  const report = await drive(server.url, wave)
  heaps.push(heap())
  const { milliseconds, lost, restarts, tokensVerified, ends } = report
  console.log(
    `wave ${wave + 1}: ${JSON.stringify(ends)}, ${lost.length} lost, ${restarts} begun again, ${tokensVerified} tokens verified`,
  )
  console.log(
    `  ${(milliseconds.length / report.seconds).toFixed(1)} sign-ins/s over ${report.seconds.toFixed(1)} s, ` +
      `p50 ${percentile(milliseconds, 0.5)}, p99 ${percentile(milliseconds, 0.99)}; heap ${heaps.at(-1)?.toFixed(1)} MB; kept ${JSON.stringify(sizes(pool))}`,
  )
  for (const line of lost.slice(0, 20)) console.error(`  LOST ${line}`)
  if (lost.length > 0) failed = true
  offset += DAYS_BETWEEN * 86_400_000
}
await server.close()

console.log(`requests: ${JSON.stringify(count)}; heap ${heaps.map((one) => one.toFixed(1)).join(' → ')} MB`)
// The objects of one wave are gone after the next: only devices and users stay, of which there are no more than before.
const [, first = 0] = heaps
const last = heaps.at(-1) ?? 0
if (last > first * 1.25 + 8) {
  console.error(`FAIL the heap grew from ${first.toFixed(1)} to ${last.toFixed(1)} MB over waves of the same size`)
  failed = true
}
process.exitCode = failed ? 1 : 0
