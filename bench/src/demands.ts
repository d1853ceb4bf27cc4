// The bounds which the library sets itself, and whether a run kept them. Ratios only: they hold on any machine.
import type { Results } from './results.js'
import { exact, milliseconds } from './tables.js'

export interface Demand {
  what: string
  bound: string
  reached: string
  met: boolean
}

const HERMES_LIMIT_MS = 40

/** Of the wasm engine over OpenSSL's three powers, by the kernel that the runtime has. */
const WASM_OVER_OPENSSL: Readonly<Record<string, number>> = { fma: 0.75, extmul: 1.4 }
/** Nodes on which autoEngine must be so many times faster than jsbn. */
const AUTO_FACTOR = 85
const AUTO_FROM = 24

/** Only those for which the results have the figures. */
export function demands(results: Results): Demand[] {
  const { signIn, hermes, otherNodes, runtime } = results
  const found: Demand[] = []
  const atLeast = (what: string, bound: number, value: number | undefined): void => {
    if (value !== undefined)
      found.push({ what, bound: `at least ${bound}`, reached: exact(value), met: value >= bound })
  }
  const atMost = (what: string, bound: number, value: number | undefined): void => {
    if (value !== undefined) found.push({ what, bound: `at most ${bound}`, reached: exact(value), met: value <= bound })
  }
  const PEERS = ['amazon-cognito-identity-js', 'cognito-srp-helper']
  for (const peer of PEERS) atLeast(`warm sign-in, faster than ${peer}`, 22, signIn?.[peer]?.overOurs?.median)
  const places = [{ node: runtime.node, kernel: runtime.kernel, signIn }]
  for (const other of Object.values(otherNodes ?? {}))
    places.push({ ...other, node: other.version, kernel: other.kernel })
  for (const { node, kernel = '', signIn: entries } of places) {
    const wasm = WASM_OVER_OPENSSL[kernel]
    if (wasm !== undefined)
      atMost(`wasm engine (${kernel}) over OpenSSL, Node ${node}`, wasm, entries?.wasm?.overOpenssl?.median)
    atMost(`node engine over OpenSSL, Node ${node}`, 1.25, entries?.node?.overOpenssl?.median)
    if (Number.parseInt(node, 10) < AUTO_FROM) continue
    for (const peer of PEERS)
      atLeast(`auto engine, faster than ${peer}, Node ${node}`, AUTO_FACTOR, quotient(entries, peer, 'auto'))
  }
  atMost('jsbi engine over amazon-cognito-identity-js', 1, quotient(signIn, 'jsbi', 'amazon-cognito-identity-js'))
  if (hermes !== undefined) {
    const met = hermes.ms.median < HERMES_LIMIT_MS
    found.push({
      what: 'one sign-in on Hermes',
      bound: `below ${HERMES_LIMIT_MS} ms`,
      reached: milliseconds(hermes.ms),
      met,
    })
  }
  return found
}

/** The ratio of their times, by the ratios that both have to our default engine. */
export function quotient(entries: Results['signIn'], name: string, other: string): number | undefined {
  const [over, under] = [entries?.[name]?.overOurs?.median, entries?.[other]?.overOurs?.median]
  return over === undefined || under === undefined ? undefined : over / under
}

/** First sign-in against first sign-in, the import not counted. */
export function coldFactor(first: Results['first'], peer: string): number | undefined {
  const ours = first?.default?.signInMs.median
  const theirs = first?.[peer]?.signInMs.median
  return ours === undefined || theirs === undefined ? undefined : theirs / ours
}
