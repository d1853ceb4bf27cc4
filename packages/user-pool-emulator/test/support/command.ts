// The command, run from its sources as a process of its own.
import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const cli = fileURLToPath(new URL('../../src/cli.ts', import.meta.url))
const root = fileURLToPath(new URL('../../../../', import.meta.url))
const children = new Set<ChildProcess>()

export interface Command {
  /** everything that it printed so far */
  readonly text: () => string
  /** the address that it printed; rejects with what it printed when it ends before */
  readonly url: Promise<string>
  readonly ended: Promise<{ readonly code: number | null; readonly text: string }>
  /** send a signal, and wait for the end */
  kill(signal: NodeJS.Signals): Promise<{ readonly code: number | null; readonly text: string }>
  /** wait until it has printed something that fits */
  printed(pattern: RegExp): Promise<void>
}

export function command(args: readonly string[], env: NodeJS.ProcessEnv = {}): Command {
  const child = spawn(process.execPath, ['--import', 'tsx', cli, ...args], {
    cwd: root,
    env: { ...process.env, ...env },
  })
  children.add(child)
  let text = ''
  const waiting = new Set<() => void>()
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (data) => {
      text += String(data)
      for (const check of waiting) check()
    })
  }
  const ended = new Promise<{ code: number | null; text: string }>((resolve) =>
    child.once('close', (code) => {
      children.delete(child)
      resolve({ code, text })
    }),
  )
  const printed = (pattern: RegExp): Promise<void> =>
    new Promise((resolve, reject) => {
      const check = (): void => {
        if (!pattern.test(text)) return
        waiting.delete(check)
        resolve()
      }
      waiting.add(check)
      check()
      void ended.then(() => reject(new Error(text)))
    })
  const url = printed(/at http:\/\/127\.0\.0\.1:\d+\n/).then(
    () => /at (http:\/\/127\.0\.0\.1:\d+)\n/.exec(text)?.[1] ?? '',
  )
  url.catch(() => {})
  return {
    text: () => text,
    url,
    ended,
    printed,
    kill(signal) {
      child.kill(signal)
      return ended
    },
  }
}

/** End what a failed test left behind. */
export function killAll(): void {
  for (const child of children) child.kill('SIGKILL')
}
