// The server's half, which none of the other Cognito libraries has: B for a challenge, and the check of a signature.
import {
  type CognitoAnswer,
  type CognitoServer,
  SrpError,
  startCognitoClient,
  startCognitoServer,
} from '@srp6a/srp/cognito'
import { SeededRandom } from 'srp6a-tools/measure/random.mjs'
import type { Task } from '../rounds.js'
import { type Challenge, makeChallenge } from './challenge.js'
import type { Engine } from './ours.js'
import { userChallenge } from './user-challenge.js'

const USERS = 8

const ENGINES: Record<string, () => Promise<Engine | undefined>> = {
  default: async () => undefined,
  auto: async () => (await import('@srp6a/srp/auto')).autoEngine,
  wasm: async () => (await import('@srp6a/srp/wasm')).wasmEngine,
  integers: async () => (await import('@srp6a/srp/wasm')).integerWasmEngine,
  node: async () => (await import('@srp6a/srp/node')).nodeEngine,
  jsbi: async () => (await import('@srp6a/srp/jsbi')).jsbiEngine,
}

export const SERVER_PARTS: readonly string[] = ['start', 'verify']

type Start = () => { user: Challenge; server: CognitoServer }

interface Pending {
  server: CognitoServer
  answer: CognitoAnswer
}

/** `names` are an engine, a slash and `start` or `verify`. */
export async function serverTasks(names: readonly string[], seed: number): Promise<Task[]> {
  const random = new SeededRandom(seed)
  const users = Array.from({ length: USERS }, () => makeChallenge(random))
  const tasks: Task[] = []
  for (const name of names) {
    const [engineName, part] = name.split('/')
    const load = ENGINES[engineName ?? '']
    // Never the default in its place: its times would stand under another's name.
    if (load === undefined) throw new RangeError(`no engine is called ${engineName}`)
    const engine = await load()
    const options = engine === undefined ? {} : { engine }
    let next = 0
    const start: Start = () => {
      const user = users[next++ % USERS] as Challenge
      const { scope, userId, verifier } = user.server
      const server = startCognitoServer({ scope, userId, salt: user.salt, verifier: verifier.toString(16) }, options)
      return { user, server }
    }
    tasks.push(part === 'start' ? startTask(name, start) : verifyTask(name, start))
  }
  return tasks
}

function startTask(name: string, start: Start): Task {
  return {
    name,
    run: start,
    // A client that answers this B and is believed has seen the right one.
    check: (last) => {
      const { user, server } = last as ReturnType<Start>
      return accepts(server, answerOf(user, server))
    },
  }
}

function answerOf(user: Challenge, server: CognitoServer): CognitoAnswer {
  const client = startCognitoClient()
  const claim = client.answerUser(userChallenge({ ...user, salt: server.SALT, srpB: server.SRP_B }))
  return { SRP_A: client.srpA, ...claim }
}

function accepts(server: CognitoServer, answer: CognitoAnswer): boolean {
  try {
    server.verify(answer)
    return true
  } catch (error) {
    if (error instanceof SrpError && error.code === 'wrong-proof') return false
    throw error
  }
}

function verifyTask(name: string, start: Start): Task {
  const waiting: Pending[] = []
  return {
    name,
    prepare(count) {
      waiting.length = 0
      for (let index = 0; index < count; index++) {
        const { user, server } = start()
        waiting.push({ server, answer: answerOf(user, server) })
      }
    },
    run() {
      const next = waiting.pop()
      if (next === undefined) throw new Error('no answer was prepared')
      next.server.verify(next.answer)
      return next
    },
    check(last) {
      const { server, answer } = last as Pending
      return accepts(server, answer) && !accepts(server, { ...answer, TIMESTAMP: `${answer.TIMESTAMP} ` })
    },
  }
}
