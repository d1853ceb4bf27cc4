import type { Tokens } from 'cognito-srp-flows'
import { usage } from './failure.js'
import { PrivateFolder, stateFolder } from './private-folder.js'
import type { Settings } from './settings.js'

/** The content of the file that `sign-in --save` writes. */
export interface Session {
  readonly userPoolId?: string | undefined
  readonly region?: string | undefined
  readonly clientId: string
  readonly endpoint?: string | undefined
  /** The real user name, and what was typed. */
  readonly username: string
  readonly alias?: string | undefined
  readonly deviceKey?: string | undefined
  readonly tokens: Tokens
}

type Place = { readonly env: NodeJS.ProcessEnv; readonly home: string; readonly warn: (message: string) => void }

/** Device records, for `deviceStore`. */
export const deviceFolder = ({ env, home, warn }: Place): PrivateFolder =>
  new PrivateFolder(`${stateFolder(env, home)}/devices`, warn)

/** Sessions, one for each user of each app client. */
export class Sessions {
  readonly #folder: PrivateFolder
  readonly #warn: (message: string) => void

  constructor({ env, home, warn }: Place) {
    this.#folder = new PrivateFolder(`${stateFolder(env, home)}/sessions`, warn)
    this.#warn = warn
  }

  async save(session: Session): Promise<string> {
    const key = keyOf(session)
    await this.#folder.set(key, JSON.stringify(session))
    return this.#folder.file(key)
  }

  async remove(session: Session): Promise<void> {
    await this.#folder.remove(keyOf(session))
  }

  /**
   * The one that fits the pool, app client and user, as far as those are set.
   *
   * @throws Failure `usage` when several fit
   */
  async find(settings: Settings): Promise<Session | undefined> {
    const { userPoolId, clientId, username, endpoint } = settings
    const all = (await this.#folder.list()).flatMap(({ value }) => this.#read(value))
    const fitting = all.filter(
      (one) =>
        (!userPoolId || one.userPoolId === undefined || one.userPoolId === userPoolId) &&
        (!clientId || one.clientId === clientId) &&
        // A token goes nowhere but where it came from.
        (!endpoint || one.endpoint === endpoint) &&
        (!username || one.username === username || one.alias === username),
    )
    if (fitting.length < 2) return fitting[0]
    throw usage(
      'Several sessions are kept. Say which one:',
      ...fitting.map(
        (one) => `  ${one.alias ?? one.username} --user-pool-id ${one.userPoolId ?? '?'} --client-id ${one.clientId}`,
      ),
    )
  }

  #read(value: string): Session[] {
    try {
      const session = JSON.parse(value)
      const whole = [session.clientId, session.username, session.tokens.accessToken, session.tokens.idToken]
      if (whole.every((text) => typeof text === 'string')) return [session]
    } catch {
      // Said below.
    }
    this.#warn('A kept session is damaged and counts as absent.')
    return []
  }
}

const keyOf = ({ userPoolId, region, clientId, username }: Session) => `${userPoolId ?? region}/${clientId}/${username}`
