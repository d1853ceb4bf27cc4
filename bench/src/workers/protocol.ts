// Messages between the main process and its workers, and the start of a worker.
import { type ChildProcess, fork } from 'node:child_process'

export type Message<T> =
  | { kind: 'progress'; done: number; total: number; task: string }
  | { kind: 'result'; value: T }
  | { kind: 'failure'; message: string }

export interface Running {
  execPath?: string
  execArgv?: readonly string[]
  onProgress?(done: number, total: number, task: string): void
}

const STUCK = 13

/** Forks `file` with `request` as its argument. */
export function forkWorker(file: string, request: unknown, { execPath, execArgv = [] }: Running): ChildProcess {
  return fork(file, [JSON.stringify(request)], {
    // None of this process's own flags (a loader, for one) may reach the worker.
    execArgv: [...execArgv],
    env: { ...process.env, NODE_OPTIONS: '' },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    ...(execPath === undefined ? {} : { execPath }),
  })
}

/** Forks the worker, hands it the request and gives back its one result. */
export function runWorker<T>(file: string, request: unknown, running: Running = {}): Promise<T> {
  return new Promise((resolve, reject) => {
    const child = forkWorker(file, request, running)
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
    await send({ kind: 'failure', message: describe(error) })
  }
  process.disconnect()
}

/** The stack, and those of the errors behind it. */
export function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return `${error.stack}${error.cause === undefined ? '' : `\n  because: ${describe(error.cause)}`}`
}

export function sendProgress(done: number, total: number, task: string): void {
  process.send?.({ kind: 'progress', done, total, task })
}
