// Makes known-answers.json: for every preset, handshakes with a zero byte in front of one value and of no other, answered
// by the package that the preset is for. `node node_modules/tsx/dist/cli.mjs packages/srp/test/suites/make-known-answers.ts`
import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { type Suite, suites } from '@srp6a/srp'
import { answers, fieldsOf } from './answers.js'
import { isAlone, type KnownAnswers, type Seed, search, secretsOf, wantedOf } from './handshakes.js'
import { thinbus } from './peer-thinbus.js'
import * as peers from './peers.js'
import { findPython, runJobs } from './pysrp.js'
import { type Answer, answer, FORMULAS } from './reference.js'

interface Source {
  readonly suite: Suite
  readonly oracle: string
  answer(seed: Seed): Promise<Answer>
}

/** The package's client against its own server. */
const ofPeer = (peer: peers.Peer): Source => ({
  suite: peer.suite,
  oracle: peer.name,
  async answer(seed) {
    const { username, password, salt, a, b } = secretsOf(seed)
    const verifier = await peer.verifier({ username, password, salt })
    const server = await peer.server({ username, salt, verifier, b })
    const client = await peer.client({ username, password, salt, a, B: server.B })
    const reply = await server.check(client.A, client.M1)
    if (!reply || !(await client.accepts(reply.M2))) throw new Error(`${peer.name} refuses itself`)
    return { v: verifier, B: server.B, K: client.K, M1: client.M1, M2: reply.M2 }
  },
})

const python = findPython()
if (!python) throw new Error('the module srp of Python is needed: apt-get install python3-srp')

const ofPysrp = (suite: Suite, rfc5054: boolean): Source => ({
  suite,
  oracle: `python srp ${python.version}`,
  async answer(seed) {
    const { username, password, salt, a, b } = secretsOf(seed)
    const fixed = { username, password: Buffer.from(password).toString('hex'), salt: peers.hex(salt) }
    const keys = { a: peers.hex(a), b: peers.hex(b) }
    const how = { backend: '_ctsrp', rfc5054, hash: 'sha1', bits: 2048, ...fixed, ...keys } as const
    const ask = (messages: { A: string; B: string; M1: string; M2: string }) => {
      const [result] = runJobs(python.command, [{ ...how, ...messages }])
      if (!result) throw new Error('no answer')
      return result
    }
    // Its two sides are made in one go, so each message is learnt before the next one is sent.
    const { A } = ask({ A: '02', B: '02', M1: '00', M2: '00' })
    const { B } = ask({ A, B: '02', M1: '00', M2: '00' })
    const { M1 } = ask({ A, B, M1: '00', M2: '00' })
    const { M2, v, clientKey } = ask({ A, B, M1, M2: '00' })
    if (M2 === null || !ask({ A, B, M1, M2 }).clientAccepts) throw new Error('Python srp refuses itself')
    const [bytes, key, first, second] = [v, clientKey, M1, M2].map(peers.unhex)
    if (!bytes || !key || !first || !second) throw new Error('no answer')
    return { v: bytes, B: peers.unhex(B), K: key, M1: first, M2: second }
  },
})

const ofReference = (suite: Suite, name: keyof typeof FORMULAS): Source => ({
  suite,
  oracle: 'reference.ts',
  answer: async (seed) => answer(FORMULAS[name], secretsOf(seed)),
})

/**
 * A program that is not on npm: it reads lines of hex, "username password salt a b", and writes "v B K M1 M2". The variable
 * names its command; without it, what it has answered before stands.
 */
const ofProgram = (suite: Suite, oracle: string, variable: string): Source => ({
  suite,
  oracle,
  async answer(seed) {
    const command = process.env[variable]
    if (!command) throw new Error(`${suite.name}: ${variable} must name the command of ${oracle}`)
    const { username, password, salt, a, b } = secretsOf(seed)
    const line = [Buffer.from(username), Buffer.from(password), salt, a, b].map((bytes) => peers.hex(bytes)).join(' ')
    const { stdout, stderr } = spawnSync(command, { shell: true, input: `${line}\n`, encoding: 'utf8' })
    const [v, B, K, M1, M2] = stdout.trim().split(' ').map(peers.unhex)
    if (!(v && B && K && M1 && M2)) throw new Error(`${oracle} gives no answer: ${stderr}`)
    return { v, B, K, M1, M2 }
  },
})

const recorded = (suite: Suite, seed: Seed): KnownAnswers['handshakes'][number] | undefined =>
  answers
    .find((one) => one.suite === suite.name)
    ?.handshakes.find((one) => JSON.stringify(one.seed) === JSON.stringify(seed))

const sources: readonly Source[] = [
  ofReference(suites.rfc5054, 'rfc5054'),
  ofReference(suites.hap, 'hap'),
  ofReference(suites.appleGsa, 'appleGsa'),
  ...[peers.secureRemotePassword, peers.hapFastSrp, peers.nodeSrp, peers.nodeSrpSha1].map(ofPeer),
  ...[peers.jsrp, peers.jsrpSha1, peers.tssrp6a, thinbus].map(ofPeer),
  ofPysrp(suites.pysrp, false),
  ofPysrp(suites.pysrpRfc5054, true),
  ofReference(suites.srptools, 'srptools'),
  ofProgram(suites.bouncyCastle, 'bcprov 1.72', 'SRP_ORACLE_BOUNCY_CASTLE'),
  ofReference(suites.rustCrypto, 'rustCrypto'),
  ofProgram(suites.rustCryptoLegacy, 'RustCrypto srp 0.6.0', 'SRP_ORACLE_RUST_CRYPTO_LEGACY'),
  ofProgram(suites.srpNet, 'srp.net at 176098e', 'SRP_ORACLE_SRP_NET'),
  ofReference(suites.swiftSrp, 'swiftSrp'),
  ofProgram(suites.goSrp, 'opencoff/go-srp at bca3c5f', 'SRP_ORACLE_GO_SRP'),
]

const all: KnownAnswers[] = []
for (const { suite, oracle, answer } of sources) {
  const handshakes: KnownAnswers['handshakes'][number][] = []
  for (const zero of wantedOf(suite)) {
    // The search takes minutes: what was found before is taken again.
    const old = answers.find((one) => one.suite === suite.name)?.handshakes.find((one) => one.zero === zero)?.seed
    const seed = old && isAlone(suite, old, zero) ? old : search(suite, zero)
    try {
      handshakes.push({ zero, seed, ...fieldsOf(await answer(seed)) })
    } catch (error) {
      // Only a program that is not installed has nothing to say of a handshake that it has answered before.
      const before = recorded(suite, seed)
      if (!before || !/must name the command/.test(String(error))) throw error
      handshakes.push(before)
    }
    console.log(suite.name, zero, JSON.stringify(seed))
  }
  all.push({ suite: suite.name, oracle, handshakes })
}
writeFileSync(new URL('known-answers.json', import.meta.url), `${JSON.stringify({ answers: all }, null, 1)}\n`)
