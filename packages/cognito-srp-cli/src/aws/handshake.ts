import { randomBytes } from 'node:crypto'
import { openState, sealState } from '@srp6a/srp'
import { type CognitoClient, startCognitoClient } from '@srp6a/srp/cognito'
import { usage } from '../failure.js'
import { PrivateFolder, stateFolder } from '../private-folder.js'

/** Seconds between two commands; the service keeps a sign-in for 15 minutes at most. */
const LIFETIME = 15 * 60

interface Place {
  readonly env: NodeJS.ProcessEnv
  readonly home: string
  readonly now: () => Date
  readonly warn: (message: string) => void
}

/**
 * The private value of a handshake between two commands: kept in a file of the user's, sealed under a key of the user's,
 * for one app client, and good for one answer within 15 minutes.
 */
export class Handshakes {
  readonly #folder: PrivateFolder
  readonly #place: Place

  constructor(place: Place) {
    this.#place = place
    this.#folder = new PrivateFolder(`${stateFolder(place.env, place.home)}/handshakes`, place.warn)
  }

  /** Begin a handshake and keep it. */
  async begin(context: string): Promise<CognitoClient> {
    const privateKey = new Uint8Array(randomBytes(32))
    const client = startCognitoClient({ random: () => privateKey.slice() })
    const sealed = await sealState(privateKey, await this.#key(), { context, lifetime: LIFETIME, now: this.#place.now })
    await this.#folder.set(context, Buffer.from(sealed).toString('base64'))
    privateKey.fill(0)
    return client
  }

  /** Take the kept handshake up again, once. */
  async resume(context: string): Promise<CognitoClient> {
    const sealed = await this.#folder.get(context)
    const again = 'Begin again: initiate --auth-flow USER_SRP_AUTH, without SRP_A.'
    if (sealed === undefined)
      throw usage('No handshake is kept for this app client: SRP_A was not computed here.', again)
    await this.#folder.remove(context)
    let privateKey: Uint8Array
    try {
      privateKey = await openState(new Uint8Array(Buffer.from(sealed, 'base64')), await this.#key(), {
        context,
        now: this.#place.now,
      })
    } catch {
      throw usage(
        'The kept handshake cannot be opened: it is older than 15 minutes, or sealed under another key.',
        again,
      )
    }
    return startCognitoClient({ random: () => privateKey })
  }

  /** COGNITO_STATE_KEY, or a key that is made once and kept beside. */
  async #key(): Promise<Uint8Array> {
    const { env, home, warn } = this.#place
    const folder = new PrivateFolder(stateFolder(env, home), warn)
    const given = env.COGNITO_STATE_KEY || (await folder.get('state key'))
    if (given === undefined) {
      const made = randomBytes(32)
      await folder.set('state key', made.toString('base64'))
      return new Uint8Array(made)
    }
    const key = new Uint8Array(Buffer.from(given, 'base64'))
    if (key.length !== 32)
      throw usage('COGNITO_STATE_KEY: expected 32 bytes as base64.', 'Make one: openssl rand -base64 32')
    return key
  }
}
