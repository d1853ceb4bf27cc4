// The examples of this package run, and end by themselves.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const root = fileURLToPath(new URL('../../../', import.meta.url))

it('srp-two-processes.ts signs in across two processes, by key and by store', () => {
  const run = spawnSync(process.execPath, ['node_modules/tsx/dist/cli.mjs', 'examples/srp-two-processes.ts'], {
    cwd: root,
    encoding: 'utf8',
    timeout: 50_000,
  })
  expect(run.stderr).toBe('')
  expect(run.status).toBe(0)
  const pids = [...run.stdout.matchAll(/process: (\d+)/g)].map(([, pid]) => pid)
  expect(new Set(pids).size).toBe(2)
  expect(run.stdout.match(/what the first process began, the second finished/g)).toHaveLength(2)
  expect(run.stdout).toContain('the same request is refused the second time')
})
