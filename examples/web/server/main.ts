// The command behind `npm run demo:web`. `--port N` takes a port of your own; Ctrl-C ends it.
import { parseArgs } from 'node:util'
import { startDemo } from './demo.js'

const DEFAULT_PORT = 4321

const { values } = parseArgs({ options: { port: { type: 'string' } } })
const asked = values.port === undefined ? undefined : Number(values.port)

/** On the usual port, or on any other when someone has it already; a port that was asked for is not exchanged. */
async function start(): Promise<Awaited<ReturnType<typeof startDemo>>> {
  if (asked !== undefined) return startDemo(asked)
  return startDemo(DEFAULT_PORT).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EADDRINUSE') throw error
    return startDemo(0)
  })
}

try {
  const demo = await start()
  console.log(`A sign-in page, and a user pool for it on this machine:\n\n  ${demo.url}\n\nCtrl-C ends it.`)
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      void demo.close()
    })
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
