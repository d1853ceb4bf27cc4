// The judge of what is right: Python in a child process, JSON lines over pipes; plain BigInt where there is no Python.
import { type ChildProcessWithoutNullStreams, spawn, spawnSync } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import * as reference from 'srp6a-vectors/generate/reference.js'
import type { Handshake } from './handshake.js'

/** The oracle's values. Integers in hex without leading zeros; digests and keys in hex at their full length. */
export interface Answer {
  readonly index: number
  /** Names of values sent to it that differ from its own: `A`, `B`. */
  readonly wrong: readonly string[]
  readonly timestamp: string
  readonly signature: string
  /** The verifier that ConfirmDevice takes, base64. */
  readonly verifier: string
  readonly saltBytes: string
  readonly v: string
  readonly u: string
  readonly x: string
  readonly S: string
  /** k·v mod N, and B - k·v mod N. */
  readonly kv: string
  readonly base: string
  readonly inner: string
  readonly key: string
  readonly M: string
}

export interface Oracle {
  readonly name: string
  /** Answers come in the order of the questions. */
  ask(handshake: Handshake, srpA: string): Promise<Answer>
  end(): Promise<void>
}

/** A costs as much to compute as to check, and a wrong one gives a wrong S: so it is computed for a share only. */
const CHECK_A_EVERY = 20

const showsKey = ({ b, index, privateKey }: Handshake): boolean =>
  b === undefined || index % CHECK_A_EVERY === 0 || privateKey.length !== 32

const hex = (value: bigint): string => value.toString(16)

function findPython(): { command: string; version: string } | undefined {
  for (const command of ['python3', '/usr/bin/python3']) {
    const { status, stdout } = spawnSync(command, ['--version'], { encoding: 'utf8' })
    if (status === 0) return { command, version: stdout.trim() }
  }
  return undefined
}

/** Python's oracle; undefined where there is no Python 3. */
export function pythonOracle(): Oracle | undefined {
  const python = findPython()
  if (python === undefined) return undefined
  const child: ChildProcessWithoutNullStreams = spawn(python.command, [
    fileURLToPath(new URL('oracle.py', import.meta.url)),
  ])
  const waiting: { resolve(answer: Answer): void; reject(error: Error): void }[] = []
  let complaint = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaint = (complaint + text).slice(-4000)
  })
  const fail = (why: string): void => {
    for (const { reject } of waiting.splice(0)) reject(new Error(`the oracle ${why}: ${complaint}`))
  }
  child.on('error', ({ message }) => fail(message))
  child.stdin.on('error', ({ message }) => fail(message))
  const ended = new Promise<void>((resolve) => {
    child.on('close', (code) => {
      fail(`ended with ${code}`)
      resolve()
    })
  })
  createInterface({ input: child.stdout }).on('line', (line) => {
    waiting.shift()?.resolve(JSON.parse(line) as Answer)
  })
  return {
    name: `${python.version}, hashlib and pow`,
    ask(handshake, srpA) {
      const { privateKey, verifier: _, b, B: __, ...sent } = handshake
      const job = {
        ...sent,
        A: srpA,
        ...(b === undefined ? {} : { b: hex(b) }),
        ...(showsKey(handshake) ? { a: Buffer.from(privateKey).toString('hex') } : {}),
      }
      return new Promise((resolve, reject) => {
        waiting.push({ resolve, reject })
        child.stdin.write(`${JSON.stringify(job)}\n`)
      })
    },
    end() {
      child.stdin.end()
      return ended
    },
  }
}

/** Make an oracle of node:crypto and BigInt with `%`: also independent of the library, and slower than Python. */
export function plainOracle(): Oracle {
  const { N, k, g, modpow, signedBytes } = reference
  return {
    name: 'node:crypto and plain BigInt',
    async ask(handshake, srpA) {
      const { index, scope, userId, password, secretBlock, b, privateKey } = handshake
      const [A, B] = [BigInt(`0x${srpA}`), BigInt(`0x${handshake.srpB}`)]
      const a = reference.toInteger(privateKey)
      const salt = reference.readHex(handshake.salt)
      const inner = reference.identityHash(scope, userId, password)
      const x = reference.computeX(salt, inner)
      const v = modpow(g, x, N)
      const kv = (k * v) % N
      const u = reference.computeU(A, B)
      const wrong = [
        ...(showsKey(handshake) && modpow(g, a, N) !== A ? ['A'] : []),
        ...(b !== undefined && (kv + modpow(g, b, N)) % N !== B % N ? ['B'] : []),
      ]
      const S = b === undefined ? reference.computeS(B, v, x, a, u) : modpow(A * modpow(v, u, N), b, N)
      const key = reference.computeKey(S, u)
      const timestamp = reference.timestampOf(new Date(handshake.time * 1000))
      const signature = reference.computeSignature(key, scope, userId, secretBlock, timestamp)
      return {
        ...{ index, wrong, timestamp, signature },
        verifier: signedBytes(v).toString('base64'),
        saltBytes: signedBytes(salt).toString('base64'),
        ...{ v: hex(v), u: hex(u), x: hex(x), S: hex(S), kv: hex(kv), base: hex((((B - kv) % N) + N) % N) },
        ...{ inner: inner.toString('hex'), key: key.toString('hex') },
        M: Buffer.from(signature, 'base64').toString('hex'),
      }
    },
    end: () => Promise.resolve(),
  }
}
