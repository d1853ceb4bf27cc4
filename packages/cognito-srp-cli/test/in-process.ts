import { PassThrough } from 'node:stream'
import { version } from '../package.json'
import type { Io, Output } from '../src/io.js'
import { run } from '../src/run.js'
import { type Driver, plain, Screen } from './screen.js'

export interface Run {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

export interface World {
  readonly env?: Record<string, string>
  readonly cwd?: string
  /** Text for standard input; nothing by default. */
  readonly stdin?: string
  /** Lines typed at a terminal, each after the text that must be on the screen before. */
  readonly types?: readonly (readonly [sees: string, line: string])[]
  readonly now?: () => Date
  /** Standard output is a terminal; it is one where someone types. */
  readonly isTerminal?: boolean
}

const ioOf = ({ env, cwd, now }: World, streams: Pick<Io, 'stdin' | 'stdout' | 'stderr'>): Io => ({
  env: env ?? {},
  cwd: cwd ?? env?.HOME ?? '/',
  home: env?.HOME ?? '/nowhere',
  now: now ?? (() => new Date()),
  openTerminal: () => undefined,
  ...streams,
})

/** Run work with the AWS credentials of an environment, which the SDK takes from the process. */
async function withCredentials<T>(env: Readonly<Record<string, string>> = {}, work: () => Promise<T>): Promise<T> {
  const before = Object.fromEntries(Object.entries(process.env).filter(([name]) => name.startsWith('AWS_')))
  const ours = Object.entries(env).filter(([name]) => name.startsWith('AWS_'))
  for (const [name, value] of ours) process.env[name] = value
  try {
    return await work()
  } finally {
    for (const [name] of ours) delete process.env[name]
    Object.assign(process.env, before)
  }
}

/** A stream that shows all that is written to it. */
const shown = (show: (text: string) => void) =>
  new PassThrough({
    transform(chunk, _encoding, done) {
      show(String(chunk))
      done()
    },
  })

/** Run the command line in this process, at a terminal that is not one of the system's. */
export const atTerminal: Driver = async (args, { env, cwd, columns = 110 }, play = async () => {}) => {
  const input = Object.assign(new PassThrough(), { isTTY: true })
  const screen = new Screen((keys) => void setImmediate(() => input.write(keys)))
  const output = Object.assign(
    shown((text) => screen.show(text)),
    { isTTY: true, columns },
  ) as unknown as Output
  const io = ioOf({ env, cwd }, { stdin: input as unknown as Io['stdin'], stdout: output, stderr: output })
  const ended = withCredentials(env, () => run(args, io, version)).then((code) => {
    screen.end(code)
    return code
  })
  await play(screen)
  return screen.recording(await ended)
}

/** Run the command line in this process: quicker than a process of its own, and without a real terminal. */
export async function inProcess(args: readonly string[], world: World = {}): Promise<Run> {
  const { types } = world
  const isTTY = types !== undefined || world.isTerminal === true
  const input = Object.assign(new PassThrough(), types && { isTTY })
  if (!types) input.end(world.stdin ?? '')
  let stdout = ''
  // A control character is a key, and needs no Enter.
  const screen = new Screen((keys) => void setImmediate(() => input.write(keys < ' ' ? keys[0] : keys)))
  const stderr = Object.assign(
    shown((text) => screen.show(text)),
    types && { isTTY, columns: 110 },
  )
  const out: Output = {
    isTTY,
    write(text) {
      stdout += text
    },
  }
  const io = ioOf(
    { ...world, env: { NO_COLOR: '1', ...world.env } },
    { stdin: input as unknown as Io['stdin'], stdout: out, stderr: stderr as unknown as Output },
  )
  const ended = withCredentials(world.env, () => run(args, io, version)).then((code) => {
    screen.end(code)
    return code
  })
  for (const [sees, line] of types ?? []) {
    await screen.sees(sees)
    screen.types(line)
  }
  const code = await ended
  return { code, stdout, stderr: types ? plain(screen.screen) : screen.screen }
}
