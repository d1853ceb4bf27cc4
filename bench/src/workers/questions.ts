// Questions to a process of its own, one at a time, each with its answer.
import { describe, forkWorker, type Running } from './protocol.js'

type Answer = { value: unknown } | { failure: string }

export interface Asked {
  ask<T>(question: unknown): Promise<T>
  /** Ends the process. */
  end(): void
}

/** Forks `file` with `request` as its argument; the file calls `answerQuestions`. */
export function askProcess(file: string, request: unknown, running: Running = {}): Asked {
  const child = forkWorker(file, request, running)
  let waiting: { resolve(value: unknown): void; reject(error: Error): void } | undefined
  let gone: Error | undefined
  child.on('message', (answer: Answer) => {
    const asked = waiting
    waiting = undefined
    if ('failure' in answer) asked?.reject(new Error(answer.failure))
    else asked?.resolve(answer.value)
  })
  child.once('error', leave)
  child.once('exit', (code, signal) =>
    leave(
      new Error(`${file} ended with ${signal ?? `exit code ${code}`}; it was asked for ${JSON.stringify(request)}`),
    ),
  )
  function leave(error: Error): void {
    gone ??= error
    waiting?.reject(gone)
  }
  return {
    ask: <T>(question: unknown) =>
      new Promise<T>((resolve, reject) => {
        if (gone !== undefined) return reject(gone)
        waiting = { resolve: resolve as (value: unknown) => void, reject }
        // A send that fails means that the process is going: how it went says more.
        child.send({ question }, () => {})
      }),
    end: () => void child.kill(),
  }
}

/** The child's side. */
export function answerQuestions<Question>(answer: (question: Question) => Promise<unknown>): void {
  const send = (message: Answer): void => void process.send?.(message)
  process.on('message', ({ question }: { question: Question }) => {
    answer(question).then(
      (value) => send({ value }),
      (error: unknown) => send({ failure: describe(error) }),
    )
  })
  // Without the parent no one asks any more.
  process.on('disconnect', () => process.exit())
}
