// A store for handshakes between their two requests. Each comes back once at most.
import { createHash, randomUUID } from 'node:crypto'
import { openState, SrpError, sealState } from '@srp6a/srp'

/** Seconds: a program answers, no one types anything in between. */
const LIFETIME = 60

/** The purpose of a seal: it opens nowhere else, although other seals may have the same key. */
const CONTEXT = 'srp-server/sign-in'

/** The three commands of Redis that are needed; its client fits as it is. */
export interface Redis {
  set(key: string, value: string, options: { EX: number; NX?: boolean }): Promise<string | null>
  getDel(key: string): Promise<string | null>
}

export interface Handshakes {
  /** Put a saved handshake away; the text brings it back. */
  put(state: Uint8Array): Promise<string>
  /**
   * Take it back, once.
   *
   * @throws SrpError `invalid-state` if there is none, or it was taken before; `expired-state`
   */
  take(handshake: string): Promise<Uint8Array>
}

const gone = (): SrpError => new SrpError('invalid-state', 'The handshake is unknown or was used')

/** In Redis. GETDEL reads and removes in one step, so that of two requests at once only one finds it. */
export function storedHandshakes(redis: Redis): Handshakes {
  return {
    async put(state) {
      const id = randomUUID()
      await redis.set(`handshake:${id}`, Buffer.from(state).toString('base64'), { EX: LIFETIME })
      return id
    },
    async take(handshake) {
      const state = /^[0-9a-f-]{36}$/.test(handshake) ? await redis.getDel(`handshake:${handshake}`) : null
      if (state === null) throw gone()
      return new Uint8Array(Buffer.from(state, 'base64'))
    },
  }
}

/** With the client, sealed. A seal can be opened again and again, so Redis remembers those that were, until they expire. */
export function sealedHandshakes(redis: Redis, key: Uint8Array): Handshakes {
  return {
    put: async (state) =>
      Buffer.from(await sealState(state, key, { lifetime: LIFETIME, context: CONTEXT })).toString('base64url'),
    async take(handshake) {
      const sealed = new Uint8Array(Buffer.from(handshake, 'base64url'))
      const state = await openState(sealed, key, { context: CONTEXT })
      // Of the bytes, for base64url has several texts for some of them.
      const digest = createHash('sha256').update(sealed).digest('hex')
      const first = await redis.set(`used:${digest}`, '1', { EX: LIFETIME, NX: true })
      if (first === null) throw gone()
      return state
    },
  }
}
