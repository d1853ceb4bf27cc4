// The npm packages behind the presets, each behind the same interface, with its private keys given.
import { createRequire } from 'node:module'
import { sha1 } from '@noble/hashes/legacy.js'
import { groups, type Suite, suites } from '@srp6a/srp'
import { SRP, SrpClient, SrpServer } from 'fast-srp-hap'
import * as srpClient from 'secure-remote-password/client.js'
import * as srpServer from 'secure-remote-password/server.js'
import { SRPClientSession, SRPParameters, SRPRoutines, SRPServerSession } from 'tssrp6a'
import { fromBig, power, toBig } from '../support/reference.js'

type Bytes = Uint8Array
export interface PeerAnswer {
  readonly A: Bytes
  readonly M1: Bytes
  readonly K: Bytes
  accepts(M2: Bytes): Promise<boolean>
}
export interface PeerServer {
  readonly B: Bytes
  /** M2 and K, or undefined for a wrong proof. */
  check(A: Bytes, M1: Bytes): Promise<{ readonly M2: Bytes; readonly K: Bytes } | undefined>
}
export interface Peer {
  readonly name: string
  readonly suite: Suite
  verifier(of: { username: string; password: string; salt: Bytes }): Promise<Bytes>
  client(of: { username: string; password: string; salt: Bytes; a: Bytes; B: Bytes }): Promise<PeerAnswer>
  server(of: { username: string; salt: Bytes; verifier: Bytes; b: Bytes }): Promise<PeerServer>
}

const require = createRequire(import.meta.url)
const versionOf = (name: string): string => `${name} ${require(`${name}/package.json`).version}`
export const hex = (bytes: Bytes): string => Buffer.from(bytes).toString('hex')
export const unhex = (text: string): Bytes => Uint8Array.from(Buffer.from(text.length % 2 ? `0${text}` : text, 'hex'))
const buffer = (bytes: Bytes): Buffer => Buffer.from(bytes)

async function accepted(check: () => unknown): Promise<boolean> {
  try {
    await check()
    return true
  } catch {
    return false
  }
}

function publicKey({ group }: Suite, key: Bytes): Bytes {
  const N = toBig(group.modulus)
  return fromBig(power(toBig(group.generator), toBig(key), N), group.modulus.length)
}

const SRPInteger = require('secure-remote-password/lib/srp-integer.js') as {
  randomInteger(bytes: number): unknown
  fromHex(text: string): unknown
}

export const secureRemotePassword: Peer = {
  name: versionOf('secure-remote-password'),
  suite: suites.secureRemotePassword,
  verifier: async ({ username, password, salt }) =>
    unhex(srpClient.deriveVerifier(srpClient.derivePrivateKey(hex(salt), username, password))),
  async client({ username, password, salt, a, B }) {
    const x = srpClient.derivePrivateKey(hex(salt), username, password)
    const A = publicKey(this.suite, a)
    const session = srpClient.deriveSession(hex(a), hex(B), hex(salt), username, x)
    return {
      A,
      M1: unhex(session.proof),
      K: unhex(session.key),
      accepts: (M2) => accepted(() => srpClient.verifySession(hex(A), session, hex(M2))),
    }
  },
  async server({ username, salt, verifier, b }) {
    const random = SRPInteger.randomInteger
    SRPInteger.randomInteger = () => SRPInteger.fromHex(hex(b))
    const { secret, public: B } = srpServer.generateEphemeral(hex(verifier))
    SRPInteger.randomInteger = random
    return {
      B: unhex(B),
      async check(A, M1) {
        try {
          const { proof, key } = srpServer.deriveSession(secret, hex(A), hex(salt), username, hex(verifier), hex(M1))
          return { M2: unhex(proof), K: unhex(key) }
        } catch {
          return undefined
        }
      },
    }
  },
}

/** @param hap what M1 takes in: HomeKit's way, or that of Mozilla's node-srp, which this package was made from */
function fastSrpHap(suite: Suite, bits: 'hap' | 2048 | 1024, hap: boolean): Peer {
  const params = SRP.params[bits]
  return {
    name: versionOf('fast-srp-hap') + (hap ? '' : ', as node-srp'),
    suite,
    verifier: async ({ username, password, salt }) =>
      SRP.computeVerifier(params, buffer(salt), Buffer.from(username), Buffer.from(password)),
    async client({ username, password, salt, a, B }) {
      const [I, P] = [Buffer.from(username), Buffer.from(password)]
      const client = new SrpClient(params, buffer(salt), I, P, buffer(a), hap)
      client.setB(buffer(B))
      const accepts = (M2: Bytes) => accepted(() => client.checkM2(buffer(M2)))
      return { A: client.computeA(), M1: client.computeM1(), K: client.computeK(), accepts }
    },
    async server({ username, salt, verifier, b }) {
      const server = hap
        ? new SrpServer(params, { username, salt: buffer(salt), verifier: buffer(verifier) }, buffer(b))
        : new SrpServer(params, buffer(verifier), buffer(b))
      return {
        B: server.computeB(),
        async check(A, M1) {
          server.setA(buffer(A))
          const good = await accepted(() => server.checkM1(buffer(M1)))
          return good ? { M2: server.computeM2(), K: server.computeK() } : undefined
        },
      }
    },
  }
}

export const hapFastSrp: Peer = fastSrpHap(suites.hapFastSrp, 'hap', true)
export const nodeSrp: Peer = fastSrpHap(suites.nodeSrp, 2048, false)
export const nodeSrpSha1: Peer = fastSrpHap(suites.nodeSrpWith(groups.rfc5054_1024, sha1), 1024, false)

interface JsrpSide {
  init(options: object, ready: () => void): void
  debugInit(options: object, ready: () => void): void
  setSalt(salt: string): void
  setServerPublicKey(B: string): void
  setClientPublicKey(A: string): void
  getPublicKey(): string
  getProof(): string
  getSharedKey(): string
  checkServerProof(M2: string): boolean
  checkClientProof(M1: string): boolean
  srp: { v(of: object): Buffer }
}
const jsrpPackage = require('jsrp') as { client: new () => JsrpSide; server: new () => JsrpSide }
const ready = (begin: (done: () => void) => void): Promise<void> => new Promise(begin)

function jsrpOf(suite: Suite): Peer {
  const length = 8 * suite.group.modulus.length
  return {
    name: versionOf('jsrp'),
    suite,
    async verifier({ username, password, salt }) {
      const client = new jsrpPackage.client()
      await ready((done) => client.debugInit({ username, password, length, a: Buffer.of(1) }, done))
      return client.srp.v({ I: Buffer.from(username), P: Buffer.from(password), salt: buffer(salt) })
    },
    async client({ username, password, salt, a, B }) {
      const client = new jsrpPackage.client()
      await ready((done) => client.debugInit({ username, password, length, a: buffer(a) }, done))
      client.setSalt(hex(salt))
      client.setServerPublicKey(hex(B))
      const M1 = unhex(client.getProof())
      const accepts = async (M2: Bytes) => client.checkServerProof(hex(M2))
      return { A: unhex(client.getPublicKey()), M1, K: unhex(client.getSharedKey()), accepts }
    },
    async server({ salt, verifier, b }) {
      const server = new jsrpPackage.server()
      await ready((done) => server.init({ salt: hex(salt), verifier: hex(verifier), length, b: hex(b) }, done))
      return {
        B: unhex(server.getPublicKey()),
        async check(A, M1) {
          server.setClientPublicKey(hex(A))
          if (!server.checkClientProof(hex(M1))) return undefined
          return { M2: unhex(server.getProof()), K: unhex(server.getSharedKey()) }
        },
      }
    },
  }
}

export const jsrp: Peer = jsrpOf(suites.jsrp)
export const jsrpSha1: Peer = jsrpOf(suites.jsrpWith(groups.rfc5054_1024, sha1))

/** tssrp6a with its private values given. */
class GivenRoutines extends SRPRoutines {
  constructor(private readonly key: bigint) {
    super(new SRPParameters(SRPParameters.PrimeGroup[2048], SRPParameters.H.SHA512))
  }
  override generatePrivateValue(): bigint {
    return this.key
  }
}
const integer = (value: bigint): Bytes => unhex(value.toString(16))

export const tssrp6a: Peer = {
  name: versionOf('tssrp6a'),
  suite: suites.nimbus,
  async verifier({ username, password, salt }) {
    const routines = new GivenRoutines(1n)
    return integer(routines.computeVerifier(await routines.computeX(username, toBig(salt), password)))
  },
  async client({ username, password, salt, a, B }) {
    const session = new SRPClientSession(new GivenRoutines(toBig(a)))
    const step = await (await session.step1(username, password)).step2(toBig(salt), toBig(B))
    const accepts = (M2: Bytes) => accepted(() => step.step3(toBig(M2)))
    return { A: integer(step.A), M1: integer(step.M1), K: integer(step.S), accepts }
  },
  async server({ username, salt, verifier, b }) {
    const session = new SRPServerSession(new GivenRoutines(toBig(b)))
    const step = await session.step1(username, toBig(salt), toBig(verifier))
    return {
      B: integer(step.B),
      async check(A, M1) {
        try {
          const M2 = await step.step2(toBig(A), toBig(M1))
          return { M2: integer(M2), K: integer(await step.sessionKey(toBig(A))) }
        } catch {
          return undefined
        }
      },
    }
  },
}
