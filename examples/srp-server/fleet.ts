// Redis and some processes of the server, for the test and the measurement.
import { type ChildProcess, fork, spawn, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { fileURLToPath } from 'node:url'
import { createClient } from '@redis/client'
import { enroll, toHex } from '@srp6a/srp'
import { suite } from './app.js'

/** Say why Redis cannot be started here, or return undefined where it can. */
export function missingRedis(): string | undefined {
  const { error } = spawnSync('redis-server', ['--version'])
  return error ? 'redis-server is not installed: apt-get install redis-server' : undefined
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  server.close()
  await once(server, 'close')
  return port
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill()
  await once(child, 'exit')
}

export interface Worker {
  readonly url: string
  readonly process: ChildProcess
}

export interface Fleet {
  readonly workers: readonly Worker[]
  /** Keep a new user in Redis. */
  addUser(username: string, password: string): Promise<void>
  stop(): Promise<void>
}

/**
 * Start Redis and as many processes as asked for, on 127.0.0.1 and free ports.
 *
 * @param options.handshakes `redis` or `sealed`
 * @param options.engine `bigint`, `wasm` or `node`
 */
export async function startFleet(options: {
  readonly processes: number
  readonly handshakes: 'redis' | 'sealed'
  readonly engine?: string
}): Promise<Fleet> {
  const port = await freePort()
  const args = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no']
  const redisServer = spawn('redis-server', args, { stdio: 'ignore' })
  const url = `redis://127.0.0.1:${port}`
  const redis = createClient({ url, socket: { reconnectStrategy: (tries) => (tries > 100 ? false : 50) } })
  redis.on('error', () => undefined)
  await redis.connect()

  const env = {
    ...process.env,
    REDIS_URL: url,
    HANDSHAKES: options.handshakes,
    KEY: randomBytes(32).toString('hex'),
    SEED: randomBytes(32).toString('hex'),
    ENGINE: options.engine ?? 'bigint',
  }
  const main = fileURLToPath(new URL('main.ts', import.meta.url))
  const workers = await Promise.all(
    Array.from({ length: options.processes }, async () => {
      const child = fork(main, { env, execArgv: ['--import', 'tsx'] })
      const [workerPort] = (await once(child, 'message')) as [number]
      return { url: `http://127.0.0.1:${workerPort}`, process: child }
    }),
  )
  return {
    workers,
    async addUser(username, password) {
      const { salt, verifier } = enroll(suite, { username, password })
      await redis.set(`user:${username}`, JSON.stringify({ salt: toHex(salt), verifier: toHex(verifier) }))
    },
    async stop() {
      await Promise.all(workers.map((worker) => stop(worker.process)))
      await redis.close()
      await stop(redisServer)
    },
  }
}
