import { readFileSync, watch } from 'node:fs'
import { basename, dirname } from 'node:path'
import { parseArgs } from 'node:util'
import { checkSeed } from './config/check-options.js'
import type { PrivateJwk, UserPoolSeed } from './config/options.js'
import { createUserPool, type UserPool } from './create-user-pool.js'
import { newSigningKey } from './credentials/signing-key.js'
import { describeExchange, describeMessage } from './http/log.js'
import { isLoopback, NOTICE, productionRefusal } from './http/loopback.js'
import { serve } from './http/serve.js'

const HELP = `Usage: cognito-user-pool-emulator --seed pool.json [--port 9229] [--host 127.0.0.1] [--watch] [--quiet]

A local Cognito user pool that really verifies SRP. A development tool: do not put real users in it.
It refuses to start where NODE_ENV is production.

  --seed FILE   the pool as JSON: clients, users, and how it behaves (see the README)
  --port N      default 9229; 0 takes any free port
  --host NAME   default 127.0.0.1, which only this machine can reach
  --allow-remote  for a --host that other machines can reach too: they can then sign in as anybody
  --allow-host NAME  a name beside its own under which it may be called, as in the Host header; may be repeated
  --watch       starts the pool afresh whenever the seed changes; a broken seed leaves the running pool alone
  --quiet       no line for each request and each message
  --help        this text

Exit codes: 0 ended by a signal, 1 the server could not start, 2 a wrong option or seed,
or NODE_ENV is production.
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
const say = (line: string): boolean => process.stdout.write(`${line}\n`)

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

/** The key stays the same over a changed seed, so that verifiers that keep jwks.json go on working. */
function build(seed: UserPoolSeed, signingKey: PrivateJwk, { seed: file, quiet }: Arguments): UserPool {
  let pool: UserPool
  try {
    pool = createUserPool({ signingKey, ...seed })
  } catch (error) {
    throw new Failure(`${file}: ${reason(error)}`, 2)
  }
  if (!quiet) {
    pool.onExchange((exchange) => say(describeExchange(exchange, new Date())))
    pool.outbox.onMessage((message) => say(describeMessage(message)))
  }
  return pool
}

interface Arguments {
  readonly seed: string
  readonly port: number
  readonly host: string
  readonly allowRemote: boolean
  readonly allowedHosts: readonly string[]
  readonly watch: boolean
  readonly quiet: boolean
}

function readArguments(): Arguments | undefined {
  const options = {
    seed: { type: 'string' },
    port: { type: 'string', default: '9229' },
    host: { type: 'string', default: '127.0.0.1' },
    'allow-remote': { type: 'boolean', default: false },
    'allow-host': { type: 'string', multiple: true, default: [] as string[] },
    watch: { type: 'boolean', default: false },
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
  const { seed, host, watch, quiet, 'allow-remote': allowRemote, 'allow-host': allowedHosts } = values
  if (!isLoopback(host) && !allowRemote) {
    throw new Failure(`--host ${host} can be reached from other machines; if that is meant, add --allow-remote`, 2)
  }
  return { seed, port, host, allowRemote, allowedHosts, watch, quiet }
}

/** Calls back shortly after the file has changed. Editors replace files, so it is the folder that is watched. */
function onChange(file: string, changed: () => void): () => void {
  let timer: NodeJS.Timeout | undefined
  const watcher = watch(dirname(file), (_, name) => {
    if (name !== null && name !== basename(file)) return
    clearTimeout(timer)
    timer = setTimeout(changed, 100)
  })
  return () => {
    clearTimeout(timer)
    watcher.close()
  }
}

async function main(): Promise<void> {
  const options = readArguments()
  if (options === undefined) {
    process.stdout.write(HELP)
    return
  }
  const refusal = productionRefusal(process.env)
  if (refusal !== undefined) throw new Failure(refusal, 2)
  const { port, host, allowRemote, allowedHosts } = options
  const seed = readSeed(options.seed)
  const signingKey = await newSigningKey()
  let pool = build(seed, signingKey, options)
  const server = await serve(
    { handle: (request) => pool.handle(request) },
    { port, host, allowRemote, allowedHosts },
  ).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'EADDRINUSE') {
      throw new Failure(`port ${port} of ${host} is in use; choose another with --port, or --port 0 for a free one`, 1)
    }
    throw new Failure(`cannot listen on ${host}:${port}: ${error.message}`, 1)
  })
  const stopWatching = !options.watch
    ? undefined
    : onChange(options.seed, () => {
        try {
          pool = build(readSeed(options.seed), signingKey, options)
          say(`Seed changed: user pool ${pool.id} started afresh`)
        } catch (error) {
          process.stderr.write(`${reason(error)}\nThe running pool stays as it is.\n`)
        }
      })
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      stopWatching?.()
      void server.close().then(() => process.exit(0))
    })
  }
  // Last: whoever waits for this line may end the process at once.
  say(`User pool ${pool.id} at ${server.url}\n${NOTICE}`)
}

main().catch((error: unknown) => {
  process.stderr.write(`cognito-user-pool-emulator: ${reason(error)}\n`)
  process.exitCode = error instanceof Failure ? error.exitCode : 1
})
