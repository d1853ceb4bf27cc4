// Two routes. Any process can answer the second one.
import { decoyRecord, type Engine, fromHex, resumeServer, SrpError, startServer, suites, toHex } from '@srp6a/srp'
import { Hono } from 'hono'
import type { Handshakes } from './handshakes.js'

export const suite = suites.rfc5054

export interface StoredUser {
  /** Hex, both. */
  readonly salt: string
  readonly verifier: string
}

export interface AppSettings {
  readonly handshakes: Handshakes
  find(username: string): Promise<StoredUser | undefined>
  /** 32 random bytes, the same in every process: what unknown names are answered with. */
  readonly decoySeed: Uint8Array
  readonly engine?: Engine
}

export function createApp({ handshakes, find, decoySeed, engine }: AppSettings): Hono {
  const options = engine ? { engine } : {}
  const app = new Hono()

  app.post('/sign-in/begin', async (c) => {
    const { username } = await textsOf(c.req.raw, ['username'])
    const stored = await find(username)
    // Made for every name, so that the time does not tell which ones are known.
    const decoy = decoyRecord(suite, { username, seed: decoySeed })
    const record = stored ? { username, salt: fromHex(stored.salt), verifier: fromHex(stored.verifier) } : decoy
    const server = startServer(suite, record, options)
    const handshake = await handshakes.put(server.save())
    return c.json({ salt: toHex(server.salt), serverPublicKey: toHex(server.serverPublicKey), handshake })
  })

  app.post('/sign-in/finish', async (c) => {
    const fields = await textsOf(c.req.raw, ['handshake', 'clientPublicKey', 'clientProof'])
    const server = resumeServer(suite, await handshakes.take(fields.handshake), options)
    const { username, serverProof } = server.verify({
      clientPublicKey: fromHex(fields.clientPublicKey),
      clientProof: fromHex(fields.clientProof),
    })
    // The name is the handshake's own: the second request has none that it could lie about. The session begins here.
    return c.json({ username, serverProof: toHex(serverProof) })
  })

  app.onError((error, c) => {
    // One reply for a wrong password, an unknown name, and a handshake that is damaged, used or too old.
    if (error instanceof SrpError) return c.json({ error: 'refused' }, 401)
    if (error instanceof BadRequest) return c.json({ error: error.message }, 400)
    console.error(error)
    return c.json({ error: 'the server failed' }, 500)
  })
  return app
}

class BadRequest extends Error {}

async function textsOf<Name extends string>(request: Request, names: readonly Name[]): Promise<Record<Name, string>> {
  const body: unknown = await request.json().catch(() => undefined)
  const fields = new Map(Object.entries(Object(body)))
  for (const name of names) {
    const value = fields.get(name)
    if (typeof value !== 'string' || value === '' || value.length > 8192) {
      throw new BadRequest(`${name}: expected a text of at most 8192 characters`)
    }
  }
  return Object.fromEntries(names.map((name) => [name, fields.get(name)])) as Record<Name, string>
}
