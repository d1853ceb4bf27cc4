import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { checkSeed } from './check-options.js'
import { createUserPool } from './create-user-pool.js'
import type { UserPoolSeed } from './options.js'
import { serve } from './serve.js'

const HELP = `Usage: cognito-user-pool-emulator --seed pool.json [--port 9229] [--host 127.0.0.1] [--quiet]

A local Cognito user pool that really verifies SRP. A development tool: do not put real users in it.

  --seed FILE   the pool as JSON: clients, users, and how it behaves (see the README)
  --port N      default 9229; 0 takes any free port
  --host NAME   default 127.0.0.1, which only this machine can reach
  --quiet       no line for each request
  --help        this text

Exit codes: 0 ended by a signal, 1 the server could not start, 2 a wrong option or seed.
`

/** Ends with one clear line instead of a stack trace. */
class Failure extends Error {
  readonly exitCode: number

  constructor(message: string, exitCode: number) {
    super(message)
    this.exitCode = exitCode
  }
}

const reason = (error: unknown): string => (error instanceof Error ? error.message : String(error))

function readSeed(file: string): UserPoolSeed {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    throw new Failure(`cannot read the seed: ${reason(error)}`, 2)
  }
  try {
    const seed: unknown = JSON.parse(text)
    checkSeed(seed)
    return seed
  } catch (error) {
    throw new Failure(`${file}: ${reason(error)}`, 2)
  }
}

function readArguments(): { seed: string; port: number; host: string; quiet: boolean } | undefined {
  const options = {
    seed: { type: 'string' },
    port: { type: 'string', default: '9229' },
    host: { type: 'string', default: '127.0.0.1' },
    quiet: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  } as const
  let values: ReturnType<typeof parseArgs<{ options: typeof options }>>['values']
  try {
    values = parseArgs({ options }).values
  } catch (error) {
    throw new Failure(`${reason(error)}\nTry --help.`, 2)
  }
  if (values.help) return undefined
  const port = /^\d{1,5}$/.test(values.port) ? Number(values.port) : Number.NaN
  if (!(port <= 65_535)) throw new Failure(`--port must be a number from 0 to 65535, not ${values.port}`, 2)
  if (values.seed === undefined) throw new Failure('--seed is missing: the pool as a JSON file. Try --help.', 2)
  return { seed: values.seed, port, host: values.host, quiet: values.quiet }
}

async function main(): Promise<void> {
  const options = readArguments()
  if (options === undefined) {
    process.stdout.write(HELP)
    return
  }
  const { port, host, quiet } = options
  const seed = readSeed(options.seed)
  let pool: ReturnType<typeof createUserPool>
  try {
    pool = createUserPool(seed)
  } catch (error) {
    throw new Failure(`${options.seed}: ${reason(error)}`, 2)
  }
  const server = await serve(pool, { port, host }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'EADDRINUSE') {
      throw new Failure(`port ${port} of ${host} is in use; choose another with --port, or --port 0 for a free one`, 1)
    }
    throw new Failure(`cannot listen on ${host}:${port}: ${error.message}`, 1)
  })
  if (!quiet) {
    pool.onExchange(({ operation, status, milliseconds }) => {
      process.stdout.write(`${operation} ${status} ${milliseconds.toFixed(0)} ms\n`)
    })
  }
  process.stdout.write(`User pool ${pool.id} at ${server.url}\n`)
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      void server.close().then(() => process.exit(0))
    })
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`cognito-user-pool-emulator: ${reason(error)}\n`)
  process.exitCode = error instanceof Failure ? error.exitCode : 1
})
