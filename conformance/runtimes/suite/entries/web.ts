// Browsers and the edge VM: one script that leaves a function behind.
import { jsbiEngine } from '@srp6a/srp/jsbi'
import type { Host } from '../host.js'
import { type Outcome, runAll, timesOfSignIn } from '../main.js'

const now = () => (typeof performance === 'object' ? performance.now() : Date.now())

export async function runSuite(host: Omit<Host, 'engines'>): Promise<Outcome> {
  const outcome: Outcome = await runAll({ ...host, engines: [jsbiEngine] })
  Object.assign(outcome, timesOfSignIn(now, host))
  return outcome
}
Object.assign(globalThis, { runSuite })
