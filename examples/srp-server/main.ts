// One process of the server. It listens on a free port of 127.0.0.1 and tells its parent which.
//
//   REDIS_URL   redis://127.0.0.1:6379
//   HANDSHAKES  redis or sealed
//   KEY, SEED   32 bytes in hex, the same for every process: the seals' key, and that of the decoys
//   ENGINE      bigint (default), wasm or node
import { serve } from '@hono/node-server'
import { createClient } from '@redis/client'
import { bigintEngine, type Engine, fromHex } from '@srp6a/srp'
import { nodeEngine } from '@srp6a/srp/node'
import { wasmEngine } from '@srp6a/srp/wasm'
import { createApp, type StoredUser } from './app.js'
import { type Redis, sealedHandshakes, storedHandshakes } from './handshakes.js'

const { REDIS_URL = 'redis://127.0.0.1:6379', HANDSHAKES, KEY = '', SEED = '', ENGINE = 'bigint' } = process.env
const engines: Readonly<Record<string, Engine>> = { bigint: bigintEngine, wasm: wasmEngine, node: nodeEngine }
const engine = engines[ENGINE]
if (!engine) throw new RangeError(`ENGINE: expected bigint, wasm or node, not ${ENGINE}`)

const redis = await createClient({ url: REDIS_URL })
  .on('error', (error) => console.error(error))
  .connect()
const commands: Redis = {
  set: (key, value, options) => redis.set(key, value, { EX: options.EX, ...(options.NX && { NX: true }) }),
  getDel: (key) => redis.getDel(key),
}

const app = createApp({
  handshakes: HANDSHAKES === 'sealed' ? sealedHandshakes(commands, fromHex(KEY)) : storedHandshakes(commands),
  async find(username) {
    const user = await redis.get(`user:${username}`)
    return user === null ? undefined : (JSON.parse(user) as StoredUser)
  },
  decoySeed: fromHex(SEED),
  engine,
})
const server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 }, ({ port }) => {
  if (process.send) process.send(port)
  else console.log(`http://127.0.0.1:${port}`)
})

process.on('SIGTERM', () => server.close(() => redis.close()))
