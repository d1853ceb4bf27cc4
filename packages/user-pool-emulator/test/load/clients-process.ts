// The clients in a process of their own, so that they share no core and no heap with the emulator.
import { setMaxListeners } from 'node:events'
import { type LoadRun, signInAll } from './clients.js'

process.once('message', async ({ seconds, ...run }: LoadRun & { readonly seconds: number }) => {
  const signal = AbortSignal.timeout(seconds * 1000)
  // Every sign-in under way listens to it.
  setMaxListeners(0, signal)
  const report = await signInAll(run, signal)
  process.send?.(report, () => process.exit(0))
})
