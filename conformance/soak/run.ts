// A stretch of handshakes, each through our client on every engine whose turn it is, compared with the oracle.
import { createDeviceVerifierWithPassword, startCognitoClientWithKey } from '@srp6a/srp/testing'
import { identityJs } from 'srp6a-vectors/generate/oracles/identity-js.js'
import { type Conditions, count, noConditions } from './conditions.js'
import type { SoakEngine } from './engines.js'
import { type Handshake, makeHandshake } from './handshake.js'
import type { Answer, Oracle } from './oracle.js'
import { SIGN_INS_PER_USER } from './user.js'

/** A value of one side beside the right one; enough to make the handshake again: `--seed s --from index --count 1`. */
export interface Mismatch {
  readonly index: number
  readonly who: string
  readonly what: string
  readonly got: string
  readonly right: string
}

export interface Stretch {
  readonly from: number
  readonly to: number
  /** Claims by each engine, then device verifiers, then claims by amazon-cognito-identity-js. */
  readonly compared: Record<string, number>
  readonly mismatches: Mismatch[]
  readonly conditions: Conditions
  /** The right signatures in order: what the accumulated hash is over. */
  readonly signatures: string[]
}

export interface StretchOptions {
  readonly seed: number
  readonly from: number
  readonly to: number
  readonly engines: readonly SoakEngine[]
  readonly oracle: Oracle
  /** amazon-cognito-identity-js answers the handshakes whose number is a multiple of this; 0 for none. */
  readonly peerEvery: number
  readonly onProgress?: (done: number) => void
}

/** Questions on their way to the oracle: it works while the next handshakes are made. */
const IN_FLIGHT = 24

interface Said {
  readonly who: string
  readonly srpA: string
  readonly signature: string
  readonly timestamp: string
}

export function ask({ engine, name }: SoakEngine, handshake: Handshake): Said {
  const { scope, userId, password, salt, srpB, secretBlock, time } = handshake
  const srp = startCognitoClientWithKey(handshake.privateKey, { engine })
  const now = new Date(time * 1000)
  try {
    // Devices' claims and users' differ in nothing else than the name of the scope.
    const challenge = { SALT: salt, SRP_B: srpB, SECRET_BLOCK: secretBlock }
    const device = { deviceGroupKey: scope, deviceKey: userId, devicePassword: password }
    const claim = srp.answerDevice({ ...device, challenge, now })
    return { who: name, srpA: srp.srpA, signature: claim.PASSWORD_CLAIM_SIGNATURE, timestamp: claim.TIMESTAMP }
  } catch (error) {
    // A refusal is a mismatch like another: every handshake here is a good one.
    return { who: name, srpA: srp.srpA, signature: `threw ${error}`, timestamp: '' }
  }
}

/** The verifier and salt a device would register, by our function. */
function register({ engine }: SoakEngine, handshake: Handshake): { verifier: string; saltBytes: string } {
  const { scope, userId, password, salt } = handshake
  const made = createDeviceVerifierWithPassword(
    {
      ...{ deviceGroupKey: scope, deviceKey: userId, devicePassword: password },
      salt: Uint8Array.from(Buffer.from(salt.length % 2 === 1 ? `0${salt}` : salt, 'hex')),
    },
    { engine },
  )
  return { verifier: made.PasswordVerifier, saltBytes: made.Salt }
}

/** The peer refuses ids of user pools over 55 characters, as the service does; some that are drawn are longer. */
const isForPeer = ({ kind, scope }: Handshake): boolean => kind === 'device' || `us-east-1_${scope}`.length <= 55

async function askPeer(handshake: Handshake): Promise<Said> {
  const { kind, scope, userId, password, salt, srpB, time } = handshake
  // It reads padded standard base64 and no other.
  const secretBlock = Buffer.from(handshake.secretBlock, 'base64').toString('base64')
  const privateKey = Buffer.from(handshake.privateKey).toString('hex')
  const now = new Date(time * 1000).toISOString()
  const said = await identityJs[kind]({ scope, userId, password, privateKey, salt, srpB, secretBlock, now })
  const { A = '', signature = '', timestamp = '' } = said
  return { who: identityJs.package, srpA: A, signature, timestamp }
}

const bare = (hex: string): string => hex.toLowerCase().replace(/^0+(?=.)/, '')

/** Compares one stretch, handshake by handshake. */
export async function soak(options: StretchOptions): Promise<Stretch> {
  const { seed, from, to, engines, oracle, peerEvery, onProgress } = options
  const conditions = noConditions()
  const mismatches: Mismatch[] = []
  const compared: Record<string, number> = {}
  const signatures: string[] = []
  const waiting: Promise<void>[] = []

  const compare = (index: number, who: string, pairs: Record<string, readonly [got: string, right: string]>): void => {
    compared[who] = (compared[who] ?? 0) + 1
    for (const [what, [got, right]] of Object.entries(pairs)) {
      if (got !== right) mismatches.push({ index, who, what, got, right })
    }
  }
  function settle(handshake: Handshake, said: Said[], devices: ReturnType<typeof register>[], right: Answer): void {
    const { index } = handshake
    const srpA = said[0]?.srpA ?? ''
    if (right.index !== index) throw new Error(`the oracle answered ${right.index} when asked for ${index}`)
    for (const what of right.wrong) mismatches.push({ index, who: oracle.name, what, got: '', right: '' })
    for (const one of said) {
      compare(index, one.who, {
        A: [bare(one.srpA), bare(srpA)],
        signature: [one.signature, right.signature],
        timestamp: [one.timestamp, right.timestamp],
      })
    }
    for (const { verifier, saltBytes } of devices) {
      compare(index, 'device verifiers', {
        verifier: [verifier, right.verifier],
        saltBytes: [saltBytes, right.saltBytes],
      })
    }
    count(conditions, handshake, srpA, right)
    signatures[index - from] = right.signature
  }

  for (let index = from; index < to; index++) {
    const handshake = makeHandshake(seed, index)
    const mine = engines.filter(({ every }) => index % every === 0)
    const said = mine.map((engine) => ask(engine, handshake))
    // Here, and not while others wait: it runs with a clock of its own.
    if (peerEvery > 0 && index % peerEvery === 0 && isForPeer(handshake)) said.push(await askPeer(handshake))
    const registers = handshake.kind === 'device' && index % SIGN_INS_PER_USER === 0
    const devices = registers ? mine.map((engine) => register(engine, handshake)) : []
    const answer = oracle.ask(handshake, said[0]?.srpA ?? '')
    const settled = answer.then((right) => settle(handshake, said, devices, right))
    // Looked at in order, further down; without this a failure meanwhile would count as unhandled.
    settled.catch(() => undefined)
    waiting.push(settled)
    if (waiting.length >= IN_FLIGHT) await waiting.shift()
    onProgress?.(index + 1 - from)
  }
  for (const one of waiting) await one
  return { from, to, compared, mismatches, conditions, signatures }
}
