// Cloudflare's workerd, with a compatibility date: before 2025 there is neither process nor Buffer.
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { start, TIME_LIMIT_MS } from '../processes.mjs'

const COUNT = 5

export const workerdHost =
  (compatibilityDate, options) =>
  async ({ program, folder, bundle, pools, settings }) => {
    const here = join(folder, `workerd-${compatibilityDate}`)
    mkdirSync(here, { recursive: true })
    copyFileSync(await bundle('worker'), join(here, 'worker.mjs'))
    for (const name of ['modular.wasm', 'modular-fma.wasm']) {
      copyFileSync(join(folder, 'node_modules/@srp6a/srp/dist', name), join(here, name))
    }
    writeFileSync(join(here, 'config.capnp'), config(compatibilityDate))
    const address = `127.0.0.1:${await freePort()}`
    const server = start(program, ['serve', join(here, 'config.capnp'), `--socket-addr=http=${address}`])
    try {
      await listening(`http://${address}/sign-ins?count=0`, server)
      const body = JSON.stringify({ pools, settings, ...options })
      const reply = await fetch(`http://${address}/`, {
        method: 'POST',
        body,
        signal: AbortSignal.timeout(TIME_LIMIT_MS),
      })
      const text = await reply.text()
      if (!reply.ok) throw new Error(`workerd answers ${reply.status}: ${text} ${server.printed.stderr.slice(-1000)}`)
      const time = (engine) => timeOfSignIn(`http://${address}`, engine, settings.batches)
      return { ...JSON.parse(text), signInMs: await time('default'), signInWasmMs: await time('wasm') }
    } finally {
      await server.kill()
    }
  }

/** From outside, less what a request costs that signs no one in. */
async function timeOfSignIn(url, engine, batches) {
  const time = async (count) => {
    const times = []
    for (let i = 0; i < batches; i++) {
      const began = performance.now()
      await (await fetch(`${url}/sign-ins?engine=${engine}&count=${count}`)).text()
      times.push(performance.now() - began)
    }
    return Math.min(...times)
  }
  await time(COUNT)
  return ((await time(COUNT)) - (await time(0))) / COUNT
}

const config = (compatibilityDate) => `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "main", worker = .suite),
    (name = "loopback", network = (allow = ["local", "private"])),
  ],
  sockets = [(name = "http", http = (), service = "main")],
);
const suite :Workerd.Worker = (
  modules = [
    (name = "worker", esModule = embed "worker.mjs"),
    (name = "@srp6a/srp/modular.wasm", wasm = embed "modular.wasm"),
    (name = "@srp6a/srp/modular-fma.wasm", wasm = embed "modular-fma.wasm"),
  ],
  compatibilityDate = "${compatibilityDate}",
  globalOutbound = "loopback",
);
`

async function freePort() {
  const server = createServer()
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address()
  await new Promise((resolve) => server.close(resolve))
  return port
}

async function listening(url, server) {
  let ended = false
  server.ended.then(
    () => {
      ended = true
    },
    () => {
      ended = true
    },
  )
  for (let i = 0; i < 300 && !ended; i++) {
    const reply = await fetch(url).catch(() => undefined)
    if (reply?.ok) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error(`workerd does not listen: ${server.printed.stderr.slice(-2000)}`)
}
