import { PassThrough } from 'node:stream'
import type { Io, Output } from '../src/io.js'
import { run } from '../src/run.js'
import { plain } from './recorder.js'

export interface Run {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

export interface World {
  readonly env?: Record<string, string>
  readonly cwd?: string
  /** What is piped in; nothing by default. */
  readonly stdin?: string
  /** What somebody at a terminal types, each after the text that must be on the screen before. */
  readonly types?: readonly (readonly [sees: string, line: string])[]
  readonly now?: () => Date
  /** Standard output is a terminal; it is one where somebody types. */
  readonly isTerminal?: boolean
}

/** Run the command line in this process: quicker than a process of its own, and without a real terminal. */
export async function inProcess(args: readonly string[], world: World = {}): Promise<Run> {
  const { env = {}, stdin = '', types, now = () => new Date() } = world
  const isTTY = types !== undefined || world.isTerminal === true
  const input = Object.assign(new PassThrough(), types && { isTTY })
  if (!types) input.end(stdin)
  let stdout = ''
  let stderr = ''
  const waiting = [...(types ?? [])]
  let seen = 0
  const answer = () => {
    const [next] = waiting
    if (!next || stderr.indexOf(next[0], seen) < 0) return
    seen = stderr.indexOf(next[0], seen) + next[0].length
    waiting.shift()
    // A control character is a key, and needs no Enter.
    setImmediate(() => input.write(next[1] < ' ' ? next[1] : `${next[1]}\r`))
  }
  const screen = Object.assign(
    new PassThrough({
      transform(chunk, _encoding, done) {
        stderr += chunk
        answer()
        done()
      },
    }),
    types && { isTTY, columns: 110 },
  )
  const out: Output = {
    isTTY,
    write(text) {
      stdout += text
    },
  }
  const io: Io = {
    env: { NO_COLOR: '1', ...env },
    cwd: world.cwd ?? env.HOME ?? '/',
    home: env.HOME ?? '/nowhere',
    stdin: input as unknown as Io['stdin'],
    stdout: out,
    stderr: screen as unknown as Output,
    now,
    openTerminal: () => undefined,
  }
  const code = await run(args, io, '0.0.0')
  if (waiting.length > 0) throw new Error(`never saw ${JSON.stringify(waiting[0]?.[0])}:\n${stderr}`)
  return { code, stdout, stderr: types ? plain(stderr) : stderr }
}
