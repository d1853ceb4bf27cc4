import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { version } from '../package.json'
import { readSeeds } from './config/check-options.js'
import type { PrivateJwk, UserPoolSeed } from './config/options.js'
import { AdjustableClock } from './control/adjustable-clock.js'
import { Emulator } from './control/emulator.js'
import { withControl } from './control/http.js'
import { keepState, readState } from './control/state-file.js'
import { watchFile } from './control/watch-file.js'
import type { UserPool } from './create-user-pool.js'
import { newSigningKey } from './credentials/signing-key.js'
import { describeExchange, describeMessage } from './http/log.js'
import { isLoopback, NOTICE, productionRefusal } from './http/loopback.js'
import { serve } from './http/serve.js'

const HELP = `Usage: cognito-user-pool-emulator --seed pool.json [--port 9229] [--host 127.0.0.1] [--watch] [--state FILE] [--quiet]

A local Cognito user pool that really verifies SRP. A development tool: do not put real users in it.
It refuses to start where NODE_ENV is production.

  --seed FILE   the pool as JSON: clients, users, and how it behaves (see the README); { "pools": [...] } for several
  --port N      default 9229; 0 takes any free port
  --host NAME   default 127.0.0.1, which only this machine can reach
  --allow-remote  for a --host that other machines can reach too: they can then sign in as anybody
  --allow-host NAME  a name beside its own under which it may be called, as in the Host header; may be repeated
  --watch       starts the pool afresh whenever the seed changes; a broken seed leaves the running pool alone
  --state FILE  keeps users, sessions and tokens over restarts; from then on the seed serves --watch and reset only
  --control-token TOKEN  for control over HTTP; better in EMULATOR_CONTROL_TOKEN, as other users of this machine see options.
                Without either a token is made and printed
  --quiet       no line for each request and each message
  --version     the version
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

function readSeed(file: string): readonly UserPoolSeed[] {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    throw new Failure(`cannot read the seed: ${reason(error)}`, 2)
  }
  try {
    return readSeeds(JSON.parse(text))
  } catch (error) {
    throw new Failure(`${file}: ${reason(error)}`, 2)
  }
}

/** Keys stay the same over a changed seed and a restart, so that verifiers that keep jwks.json go on working. */
class Keys {
  readonly #keys = new Map<string, PrivateJwk>()

  set(id: unknown, key: unknown): void {
    if (typeof id === 'string' && typeof key === 'object' && key !== null) this.#keys.set(id, key as PrivateJwk)
  }

  async add(seeds: readonly UserPoolSeed[]): Promise<readonly UserPoolSeed[]> {
    const withKeys: UserPoolSeed[] = []
    for (const seed of seeds) {
      const id = seed.id ?? 'us-east-1_Emulator0'
      const signingKey = seed.signingKey ?? this.#keys.get(id) ?? (await newSigningKey())
      this.#keys.set(id, signingKey)
      withKeys.push({ ...seed, signingKey })
    }
    return withKeys
  }
}

/** Start from the state that was kept, else from the seed. */
async function build(options: Arguments, keys: Keys): Promise<Emulator> {
  const { seed: file, state: stateFile, quiet } = options
  const clock = new AdjustableClock()
  const attach = (pool: UserPool): void => {
    if (quiet) return
    pool.onExchange((exchange) => say(describeExchange(exchange, new Date())))
    pool.outbox.onMessage((message) => say(describeMessage(message)))
  }
  const seeds = readSeed(file)
  let state: ReturnType<typeof readState>
  try {
    state = stateFile === undefined ? undefined : readState(stateFile)
    if (state !== undefined) clock.restore(state.clock)
    for (const { id, signingKey } of state?.snapshot.pools ?? []) keys.set(id, signingKey)
  } catch (error) {
    throw new Failure(`${stateFile}: ${reason(error)}`, 2)
  }
  const withKeys = await keys.add(seeds)
  try {
    return new Emulator(withKeys, clock, attach, state?.snapshot)
  } catch (error) {
    throw new Failure(`${state === undefined ? file : stateFile}: ${reason(error)}`, 2)
  }
}

interface Arguments {
  readonly seed: string
  readonly port: number
  readonly host: string
  readonly allowRemote: boolean
  readonly allowedHosts: readonly string[]
  readonly watch: boolean
  readonly state: string | undefined
  readonly controlToken: string | undefined
  readonly quiet: boolean
}

/** Return what was asked for, or a text to print instead. */
function readArguments(): Arguments | string {
  const options = {
    seed: { type: 'string' },
    port: { type: 'string', default: '9229' },
    host: { type: 'string', default: '127.0.0.1' },
    'allow-remote': { type: 'boolean', default: false },
    'allow-host': { type: 'string', multiple: true, default: [] as string[] },
    watch: { type: 'boolean', default: false },
    state: { type: 'string' },
    'control-token': { type: 'string' },
    quiet: { type: 'boolean', default: false },
    version: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  } as const
  let values: ReturnType<typeof parseArgs<{ options: typeof options }>>['values']
  try {
    values = parseArgs({ options }).values
  } catch (error) {
    throw new Failure(`${reason(error)}\nTry --help.`, 2)
  }
  if (values.help) return HELP
  if (values.version) return `${version}\n`
  const port = /^\d{1,5}$/.test(values.port) ? Number(values.port) : Number.NaN
  if (!(port <= 65_535)) throw new Failure(`--port must be a number from 0 to 65535, not ${values.port}`, 2)
  if (values.seed === undefined) throw new Failure('--seed is missing: the pool as a JSON file. Try --help.', 2)
  const { seed, host, watch, quiet, state, 'allow-remote': allowRemote, 'allow-host': allowedHosts } = values
  if (!isLoopback(host) && !allowRemote) {
    throw new Failure(`--host ${host} can be reached from other machines; if that is meant, add --allow-remote`, 2)
  }
  const controlToken = values['control-token'] ?? process.env.EMULATOR_CONTROL_TOKEN
  if (controlToken !== undefined && !/^[\x21-\x7e]{8,512}$/.test(controlToken)) {
    throw new Failure('--control-token must be 8 to 512 characters of ASCII without spaces', 2)
  }
  return { seed, port, host, allowRemote, allowedHosts, watch, state, controlToken, quiet }
}

async function main(): Promise<void> {
  const options = readArguments()
  if (typeof options === 'string') {
    process.stdout.write(options)
    return
  }
  const refusal = productionRefusal(process.env)
  if (refusal !== undefined) throw new Failure(refusal, 2)
  const { port, host, allowRemote, allowedHosts } = options
  const keys = new Keys()
  const emulator = await build(options, keys)
  const token = options.controlToken ?? randomBytes(24).toString('base64url')
  const handler = withControl(emulator, token)
  const listening = serve(handler, { port, host, allowRemote, allowedHosts })
  const server = await listening.catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'EADDRINUSE') {
      throw new Failure(`port ${port} of ${host} is in use; choose another with --port, or --port 0 for a free one`, 1)
    }
    throw new Failure(`cannot listen on ${host}:${port}: ${error.message}`, 1)
  })
  const kept =
    options.state === undefined
      ? undefined
      : keepState(
          emulator,
          options.state,
          (error) => process.stderr.write(`cannot write the state: ${reason(error)}\n`),
          (left) => say(`The first state is written when the verifiers of ${left} more users are worked out`),
        )
  const reseed = async (): Promise<void> => {
    try {
      emulator.reseed(await keys.add(readSeed(options.seed)))
      say(`Seed changed: user pool ${emulator.pool.id} started afresh`)
    } catch (error) {
      process.stderr.write(`${reason(error)}\nThe running pool stays as it is.\n`)
    }
  }
  const stopWatching = options.watch ? watchFile(options.seed, () => void reseed()) : undefined
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      stopWatching?.()
      void server.close().then(() => {
        kept?.flush()
        process.exit(0)
      })
    })
  }
  // Last: anyone who waits for this line may end the process at once.
  const made = options.controlToken === undefined ? `Control: ${server.url}/_emulator/ with the token ${token}\n` : ''
  say(`${made}User pool ${emulator.pool.id} at ${server.url}\n${NOTICE}`)
}

main().catch((error: unknown) => {
  process.stderr.write(`cognito-user-pool-emulator: ${reason(error)}\n`)
  process.exitCode = error instanceof Failure ? error.exitCode : 1
})
