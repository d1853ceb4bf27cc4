// What the main process and its workers say to each other, and how a worker is run.
import { type ForkOptions, fork } from 'node:child_process'
import type { Measured } from '../rounds.js'

export interface WarmRequest {
  section: 'sign-in' | 'latency' | 'devices' | 'servers' | 'general'
  /** Names of contenders; for `general` with the group's bits: `name/2048`. */
  names: readonly string[]
  rounds: number
  sampleMs: number
  seed: number
}

export type Message<T> =
  | { kind: 'progress'; done: number; total: number; task: string }
  | { kind: 'result'; value: T }
  | { kind: 'failure'; message: string }

export type WarmResult = Record<string, Measured>

export interface Running {
  execPath?: string
  execArgv?: readonly string[]
  onProgress?(done: number, total: number, task: string): void
}

const STUCK = 13

/** Forks the worker, hands it the request and gives back its one result. */
export function runWorker<T>(file: string, request: unknown, running: Running = {}): Promise<T> {
  return new Promise((resolve, reject) => {
    const options: ForkOptions = {
      // None of this process's own flags (a loader, for one) may reach the worker.
      execArgv: [...(running.execArgv ?? [])],
      env: { ...process.env, NODE_OPTIONS: '' },
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      ...(running.execPath === undefined ? {} : { execPath: running.execPath }),
    }
    const child = fork(file, [JSON.stringify(request)], options)
    let settled = false
    child.on('message', (message: Message<T>) => {
      if (message.kind === 'progress') {
        running.onProgress?.(message.done, message.total, message.task)
        return
      }
      settled = true
      if (message.kind === 'result') resolve(message.value)
      else reject(new Error(message.message))
    })
    child.once('error', reject)
    child.once('exit', (code, signal) => {
      if (settled) return
      // Node's code for an await that nothing can end any more.
      const why =
        code === STUCK ? 'waited for something that never came' : `ended with ${signal ?? `exit code ${code}`}`
      reject(new Error(`${file} ${why} and gave no result; it was asked for ${JSON.stringify(request)}`))
    })
  })
}

/** The worker's side: does the work, reports how it ended, and lets go of the channel. */
export async function serve<Request, T>(work: (request: Request) => Promise<T>): Promise<void> {
  const send = (message: Message<T>): Promise<void> =>
    new Promise((resolve) => {
      if (process.send === undefined) throw new Error('this file is run by the benchmark, not by hand')
      process.send(message, undefined, {}, () => resolve())
    })
  try {
    await send({ kind: 'result', value: await work(JSON.parse(process.argv[2] ?? '') as Request) })
  } catch (error) {
    await send({ kind: 'failure', message: error instanceof Error ? `${error.stack}${causeOf(error)}` : String(error) })
  }
  process.disconnect()
}

function causeOf(error: Error): string {
  if (error.cause === undefined) return ''
  return `\n  because: ${error.cause instanceof Error ? error.cause.stack : String(error.cause)}`
}

export function sendProgress(done: number, total: number, task: string): void {
  process.send?.({ kind: 'progress', done, total, task })
}
