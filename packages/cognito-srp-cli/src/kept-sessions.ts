import type { CognitoApi, Tokens } from 'cognito-srp-flows'
import { createSession, type KeyValueStorage, type Session, type SessionOptions } from 'cognito-srp-flows/session'
import { usage } from './failure.js'
import { fileLock } from './file-lock.js'
import { PrivateFolder, stateFolder } from './private-folder.js'
import type { Settings } from './settings.js'

/** The way to a session, and its name. It stands beside the library's record, in the same file. */
export interface SessionDetails {
  readonly userPoolId?: string | undefined
  readonly region?: string | undefined
  readonly clientId: string
  readonly endpoint?: string | undefined
  /** The real user name, and what was typed. */
  readonly username: string
  readonly alias?: string | undefined
}

/** A session of `sign-in --save`: a file with a record of `cognito-srp-flows/session`. */
export interface KeptSession extends SessionDetails {
  readonly file: string
  /** Open the session; `api` is asked for what the service must say. */
  open(api: CognitoApi, more: OpenOptions): Session
  /** Delete it here. */
  remove(): Promise<void>
  /** Remember the file; what comes back writes it again. */
  snapshot(): Promise<() => Promise<void>>
}

/** The parts of an app client and of a session's options that commands decide. */
export interface OpenOptions extends Pick<SessionOptions, 'refreshAhead'> {
  readonly clientSecret?: string | undefined
}

type Place = {
  readonly env: NodeJS.ProcessEnv
  readonly home: string
  readonly now: () => Date
  readonly warn: (message: string) => void
}

/** The format of the file; 1 is the one that held the tokens themselves, and no number. */
const VERSION = 2

/** The id that stands for a user pool which is not known. */
export const UNKNOWN_POOL = 'unknown_0'

/** Device records, for `deviceStore`. */
export const deviceFolder = ({ env, home, warn }: Omit<Place, 'now'>): PrivateFolder =>
  new PrivateFolder(`${stateFolder(env, home)}/devices`, warn)

const noApi: CognitoApi = { call: () => Promise.reject(new Error('nothing is asked here')) }

/** Sessions, one for each user of each app client. */
export class KeptSessions {
  readonly #folder: PrivateFolder
  readonly #place: Place

  constructor(place: Place) {
    this.#folder = new PrivateFolder(`${stateFolder(place.env, place.home)}/sessions`, place.warn)
    this.#place = place
  }

  /** Return where a session is kept, whether there is one or not. Nothing is read or written. */
  at(details: SessionDetails): KeptSession {
    const name = nameOf(details)
    const folder = this.#folder
    const { now } = this.#place
    const file = folder.file(name)
    const storage: KeyValueStorage = {
      async get(key) {
        const found = parse((await folder.get(name)) ?? '')
        return found?.key === key && typeof found.record === 'string' ? found.record : undefined
      },
      set: (key, record) => folder.set(name, JSON.stringify({ v: VERSION, ...details, key, record })),
      remove: () => folder.remove(name),
    }
    const { userPoolId = UNKNOWN_POOL, clientId } = details
    return {
      ...details,
      file,
      open: (api, { clientSecret, refreshAhead }) =>
        createSession(
          { api, userPoolId, clientId, now, clientSecret },
          { storage, refreshAhead, locks: fileLock(`${file}.lock`), tabs: false },
        ),
      remove: () => folder.remove(name),
      async snapshot() {
        const text = await folder.get(name)
        return async () => (text === undefined ? undefined : folder.set(name, text))
      },
    }
  }

  /**
   * Return the one that fits the pool, app client and user, as far as those are set.
   *
   * @throws Failure `usage` when several fit
   */
  async find(settings: Settings): Promise<KeptSession | undefined> {
    const { userPoolId, clientId, username, endpoint } = settings
    const all = (await this.#folder.list()).flatMap(({ key, value }) => this.#read(key, value))
    const fitting: KeptSession[] = []
    for (const { details, tokens } of all) {
      const fits =
        (!userPoolId || details.userPoolId === undefined || details.userPoolId === userPoolId) &&
        (!clientId || details.clientId === clientId) &&
        // A token goes nowhere but where it came from.
        (!endpoint || details.endpoint === endpoint) &&
        (!username || details.username === username || details.alias === username)
      if (fits && (await this.#isWhole(details, tokens))) fitting.push(this.at(details))
    }
    if (fitting.length < 2) return fitting[0]
    throw usage(
      'Several sessions are kept. Say which one:',
      ...fitting.map(
        (one) => `  ${one.alias ?? one.username} --user-pool-id ${one.userPoolId ?? '?'} --client-id ${one.clientId}`,
      ),
    )
  }

  /** Check that the library can read the record. The tokens of an older file become a record first. */
  async #isWhole(details: SessionDetails, tokens: OldTokens | undefined): Promise<boolean> {
    const session = this.at(details).open(noApi, {})
    try {
      if (tokens) {
        const { deviceKey, ...rest } = tokens
        const device = deviceKey ? { device: { deviceKey, status: 'known' as const } } : {}
        // They were issued a while ago: that says nothing of the clock.
        await session.follow({ kind: 'signed-in', username: details.username, tokens: rest, ...device }, 0)
      }
      if (await session.user()) return true
    } catch {
      // Said below. The library's message says no more than that.
    }
    return this.#damaged(nameOf(details))
  }

  #read(name: string, value: string): { details: SessionDetails; tokens: OldTokens | undefined }[] {
    const found = parse(value)
    if (found && typeof found.v === 'number' && found.v > VERSION) {
      this.#place.warn(`${this.#folder.file(name)} was kept by a newer version of this program, and counts as absent.`)
      return []
    }
    const details = found && detailsOf(found)
    if (details && nameOf(details) === name) {
      if (found.v === VERSION) return [{ details, tokens: undefined }]
      const tokens = oldTokens(found)
      if (tokens) return [{ details, tokens }]
    }
    this.#damaged(name)
    return []
  }

  #damaged(name: string): false {
    this.#place.warn(
      `${this.#folder.file(name)} is damaged and counts as absent. Delete it, or sign in again with --save.`,
    )
    return false
  }
}

type OldTokens = Tokens & { readonly deviceKey?: string | undefined }

const nameOf = ({ userPoolId, region, clientId, username }: SessionDetails) =>
  `${userPoolId ?? region}/${clientId}/${username}`

function parse(value: string): Record<string, unknown> | undefined {
  try {
    const found: unknown = JSON.parse(value)
    return typeof found === 'object' && found && !Array.isArray(found) ? (found as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}

function detailsOf(found: Record<string, unknown>): SessionDetails | undefined {
  const names = ['userPoolId', 'region', 'clientId', 'endpoint', 'username', 'alias'] as const
  const texts = Object.fromEntries(names.flatMap((name) => (found[name] === undefined ? [] : [[name, found[name]]])))
  if (!Object.values(texts).every((text) => typeof text === 'string')) return undefined
  return texts.clientId && texts.username ? (texts as unknown as SessionDetails) : undefined
}

function oldTokens({ tokens, deviceKey }: Record<string, unknown>): OldTokens | undefined {
  if (typeof tokens !== 'object' || !tokens) return undefined
  return { ...(tokens as Tokens), ...(typeof deviceKey === 'string' && { deviceKey }) }
}
