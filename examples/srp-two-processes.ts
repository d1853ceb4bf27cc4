// A login served by two processes. One answers the first request, the other the second, and they share
//   1. nothing but a sealing key: the handshake travels through the client, encrypted and authenticated;
//   2. a key-value store behind two functions: the client carries an id.
// (Both know the table of users, as any two servers do.) Run it: node node_modules/tsx/dist/cli.mjs examples/srp-two-processes.ts
import { type ChildProcess, fork } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import {
  decoyRecord,
  enroll,
  fromHex,
  openState,
  resumeServer,
  SrpError,
  sealState,
  startClient,
  startServer,
  suites,
  toHex,
} from '@srp6a/srp'

const suite = suites.rfc5054
const bytes = (text: unknown) => fromHex(String(text))
type Json = Readonly<Record<string, unknown>>

/** The place where a handshake waits for its second request. What `take` gives, no one can take again. */
interface HandshakeStore {
  put(id: string, state: Uint8Array): Promise<void>
  take(id: string): Promise<Uint8Array | undefined>
}

/** The settings that each server process is started with. */
interface Settings {
  readonly sealingKey: string
  readonly decoySeed: string
  readonly users: Readonly<Record<string, { readonly salt: string; readonly verifier: string }>>
  readonly storeUrl: string
}

async function post(url: string, body: Json): Promise<Json> {
  const reply = await fetch(url, { method: 'POST', body: JSON.stringify(body) })
  return { status: reply.status, ...((await reply.json()) as object) }
}

/** A server on a free port of 127.0.0.1 that answers each path with a function's result. */
function listen(paths: Readonly<Record<string, (body: Json) => Promise<Json>>>): Promise<Server> {
  const read = async (request: IncomingMessage) => {
    const parts: Buffer[] = []
    for await (const part of request) parts.push(part as Buffer)
    return JSON.parse(Buffer.concat(parts).toString()) as Json
  }
  const server = createServer(async (request, response) => {
    try {
      const answer = paths[request.url ?? '']
      if (!answer) throw new Error('no such path')
      response.end(JSON.stringify(await answer(await read(request))))
    } catch (error) {
      // One reply for a wrong password, an unknown name and a damaged or expired state.
      response.statusCode = error instanceof SrpError ? 401 : 500
      response.end(JSON.stringify({ error: error instanceof SrpError ? 'refused' : String(error) }))
    }
  })
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)))
}
const urlOf = (server: Server) => `http://127.0.0.1:${(server.address() as AddressInfo).port}`

// ── a server process ────────────────────────────────────────────────────────────────────────────────────────────────

async function serve({ sealingKey, decoySeed, users, storeUrl }: Settings): Promise<void> {
  const key = bytes(sealingKey)
  const store: HandshakeStore = {
    put: async (id, state) => void (await post(`${storeUrl}/put`, { id, state: toHex(state) })),
    take: async (id) => {
      const { state } = await post(`${storeUrl}/take`, { id })
      return typeof state === 'string' ? bytes(state) : undefined
    },
  }
  const begin = (username: string) => {
    const user = Object.hasOwn(users, username) ? users[username] : undefined
    const record = user
      ? { username, salt: bytes(user.salt), verifier: bytes(user.verifier) }
      : decoyRecord(suite, { username, seed: bytes(decoySeed) })
    const handshake = startServer(suite, record)
    const { salt, serverPublicKey } = handshake
    return { handshake, reply: { salt: toHex(salt), serverPublicKey: toHex(serverPublicKey) } }
  }
  const finish = (state: Uint8Array, body: Json): Json => {
    const [clientPublicKey, clientProof] = [bytes(body.clientPublicKey), bytes(body.clientProof)]
    // The name is the handshake's: one that the second request claims would be anybody's.
    const { username, serverProof } = resumeServer(suite, state).verify({ clientPublicKey, clientProof })
    return { username, serverProof: toHex(serverProof), by: process.pid }
  }
  // A state that was sealed for something else, or for another tenant, does not open here.
  const context = 'sign-in'
  const server = await listen({
    '/sealed/hello': async ({ username }) => {
      const { handshake, reply } = begin(String(username))
      return { ...reply, carry: toHex(await sealState(handshake.save(), key, { context })) }
    },
    '/sealed/proof': async (body) => finish(await openState(bytes(body.carry), key, { context }), body),
    '/store/hello': async ({ username }) => {
      const { handshake, reply } = begin(String(username))
      const id = toHex(randomBytes(16))
      await store.put(id, handshake.save())
      return { ...reply, carry: id }
    },
    '/store/proof': async (body) => {
      const state = await store.take(String(body.carry))
      if (!state) throw new SrpError('invalid-state', 'no such handshake')
      return finish(state, body)
    },
  })
  process.once('disconnect', () => process.exit(0))
  process.send?.(urlOf(server))
}

// ── the client ──────────────────────────────────────────────────────────────────────────────────────────────────────

async function signIn(way: string, [first, second]: readonly string[], username: string, password: string) {
  const client = startClient(suite)
  const hello = await post(`${first}/${way}/hello`, { username })
  const [salt, serverPublicKey] = [bytes(hello.salt), bytes(hello.serverPublicKey)]
  const answer = client.answer({ username, password, salt, serverPublicKey })
  const message = {
    clientPublicKey: toHex(answer.clientPublicKey),
    clientProof: toHex(answer.clientProof),
    carry: hello.carry,
  }
  const reply = await post(`${second}/${way}/proof`, message)
  const signedIn = reply.status === 200
  if (signedIn) answer.confirm({ serverProof: bytes(reply.serverProof) })
  return { signedIn, as: reply.username, again: () => post(`${second}/${way}/proof`, message) }
}

async function main(): Promise<void> {
  const kept = new Map<string, unknown>()
  const store = await listen({
    '/put': async ({ id, state }) => {
      kept.set(String(id), state)
      return {}
    },
    '/take': async ({ id }) => {
      const state = kept.get(String(id))
      kept.delete(String(id))
      return { state }
    },
  })
  const { salt, verifier } = enroll(suite, { username: 'ada', password: 'correct horse' })
  const settings: Settings = {
    sealingKey: toHex(randomBytes(32)),
    decoySeed: toHex(randomBytes(32)),
    users: { ada: { salt: toHex(salt), verifier: toHex(verifier) } },
    storeUrl: urlOf(store),
  }
  const children: ChildProcess[] = []
  try {
    const urls: string[] = []
    for (const name of ['first', 'second']) {
      const child = fork(fileURLToPath(import.meta.url), ['serve'])
      children.push(child)
      const started = new Promise<string>((resolve, reject) => {
        child.once('message', (url) => resolve(String(url)))
        child.once('exit', (code) => reject(new Error(`the ${name} process ended with ${code}`)))
      })
      child.send(settings)
      urls.push(await started)
      console.log(`${name} process: ${child.pid}`)
    }
    const expectThat = (what: string, is: boolean) => {
      if (!is) throw new Error(`not so: ${what}`)
      console.log(`  ${what}`)
    }
    for (const way of ['sealed', 'store']) {
      console.log(way === 'sealed' ? 'sharing a key:' : 'sharing a store:')
      const right = await signIn(way, urls, 'ada', 'correct horse')
      expectThat('what the first process began, the second finished', right.signedIn && right.as === 'ada')
      expectThat('a wrong password is refused', !(await signIn(way, urls, 'ada', 'wrong')).signedIn)
      expectThat('and so is an unknown user', !(await signIn(way, urls, 'bob', 'correct horse')).signedIn)
      // Anyone who recorded the second request can send it again while the seal lasts; a store gives a state only once.
      const { status } = await right.again()
      if (way === 'sealed')
        expectThat('the same request passes again, so its reply must be of no use alone', status === 200)
      else expectThat('the same request is refused the second time', status === 401)
    }
  } finally {
    for (const child of children) child.disconnect()
    store.close()
    store.closeAllConnections()
  }
}

if (process.argv.includes('serve')) process.once('message', (settings) => serve(settings as Settings))
else await main()
