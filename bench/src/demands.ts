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
const COLD_FACTOR = 16

/** Only those for which the results have the figures. */
export function demands(results: Results): Demand[] {
  const { signIn, first, hermes, otherNodes } = results
  const found: Demand[] = []
  const atLeast = (what: string, bound: number, value: number | undefined): void => {
    if (value !== undefined)
      found.push({ what, bound: `at least ${bound}`, reached: exact(value), met: value >= bound })
  }
  const atMost = (what: string, bound: number, value: number | undefined): void => {
    if (value !== undefined) found.push({ what, bound: `at most ${bound}`, reached: exact(value), met: value <= bound })
  }
  const faster = (peer: string): number | undefined => signIn?.[peer]?.overOurs?.median
  atLeast('warm sign-in, faster than amazon-cognito-identity-js', 22, faster('amazon-cognito-identity-js'))
  atLeast('warm sign-in, faster than cognito-srp-helper', 22, faster('cognito-srp-helper'))
  for (const peer of ['amazon-cognito-identity-js', 'cognito-srp-helper']) {
    atLeast(`first sign-in, faster than ${peer}'s first`, COLD_FACTOR, coldFactor(first, peer))
  }
  atLeast('warm sign-in, faster than amazon-cognito-passwordless-auth', 6, faster('amazon-cognito-passwordless-auth'))
  atLeast('warm sign-in, faster than franken-srp', 6, faster('franken-srp'))
  const node = results.runtime.node.split('.')[0] ?? ''
  const limits: Record<string, number> = { '20': 3.4, '26': 1.7 }
  const here = limits[node]
  if (here !== undefined)
    atMost(`default engine over OpenSSL, Node ${node}`, here, signIn?.default?.overOpenssl?.median)
  // BigInt became twice as fast after Node 20.
  if (node === '20') atMost('wasm engine over default, Node 20', 0.5, signIn?.wasm?.overOurs?.median)
  atMost(`node engine over OpenSSL, Node ${node}`, 1.25, signIn?.node?.overOpenssl?.median)
  for (const [major, other] of Object.entries(otherNodes ?? {})) {
    const there = limits[major]
    if (there !== undefined) {
      atMost(`default engine over OpenSSL, Node ${major}`, there, other.signIn.default?.overOpenssl?.median)
    }
  }
  const jsbi = signIn?.jsbi?.overOurs?.median
  const jsbn = faster('amazon-cognito-identity-js')
  if (jsbi !== undefined && jsbn !== undefined) atMost('jsbi engine over amazon-cognito-identity-js', 1, jsbi / jsbn)
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

/** First sign-in against first sign-in, the import not counted. */
export function coldFactor(first: Results['first'], peer: string): number | undefined {
  const ours = first?.default?.signInMs.median
  const theirs = first?.[peer]?.signInMs.median
  return ours === undefined || theirs === undefined ? undefined : theirs / ours
}
