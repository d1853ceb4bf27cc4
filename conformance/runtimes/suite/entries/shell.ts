// Shells of bare engines: no fetch, no crypto, no console; `print` writes a line. HOST stands above the bundle.
import { jsbiEngine } from '@srp6a/srp/jsbi'
import { flowCases } from '../flows.js'
import { runAsyncCases, runCases } from '../harness.js'
import { type Host, predictable } from '../host.js'
import { leanCases } from '../lean.js'
import { type Outcome, runWithoutFetch, timesOfSignIn } from '../main.js'

declare const HOST: Omit<Host, 'engines' | 'random'>
declare function print(line: string): void

const random = predictable(1)
const host: Host = { ...HOST, engines: [jsbiEngine], random, bare: true }
const outcome: Outcome = runCases(flowCases(host), runWithoutFetch(host))
Object.assign(outcome, timesOfSignIn(Date.now, host))
// No wait at the top: the script is lowered to ES5 for Hermes.
runAsyncCases(leanCases(host), outcome).then(() => print(`REPORT ${JSON.stringify(outcome)}`))
