import { openSync } from 'node:fs'
import { homedir } from 'node:os'
import { ReadStream, WriteStream } from 'node:tty'
import { version } from '../package.json'
import { EXIT } from './failure.js'
import type { Io } from './io.js'
import { run } from './run.js'

/** The terminal behind pipes: /dev/tty, which Windows does not have. */
function openTerminal(): ReturnType<Io['openTerminal']> {
  try {
    const input = new ReadStream(openSync('/dev/tty', 'r'))
    const output = new WriteStream(openSync('/dev/tty', 'w'))
    return {
      input,
      output,
      close() {
        input.destroy()
        output.destroy()
      },
    }
  } catch {
    // A build server, a cron job: no one is there.
    return undefined
  }
}

// Anyone who reads the output has seen enough, as in `… | head -1`: what is left to do, such as keeping tokens, is done.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', ({ code }: NodeJS.ErrnoException) => {
    if (code === 'EPIPE') return
    if (stream === process.stdout) process.stderr.write(`cognito-srp: Cannot write to standard output: ${code}\n`)
    process.exit(EXIT.usage)
  })
}

process.exitCode = await run(
  process.argv.slice(2),
  {
    env: process.env,
    cwd: process.cwd(),
    home: homedir(),
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    now: () => new Date(),
    openTerminal,
  },
  version,
)
