import { type AppClient, readClient } from '../app-client.js'
import { booleanIfAny, object, own, text, textIfAny } from '../errors.js'
import { type LocksLike, platform, sleep } from '../platform.js'
import { refresh } from '../refresh.js'
import { present } from '../requests.js'
import { type SignInRequest, signIn } from '../sign-in.js'
import type { DeviceInfo, Step, Tokens } from '../step.js'
import { storageLock } from './lock.js'
import { SETTLE } from './platform.js'
import { newRecord, readTokens, type SessionRecord, seconds } from './record.js'
import { type ItemStorage, type KeyValueStorage, method } from './storage.js'
import { recordStore, type SessionEvent, type SessionUser, userOf } from './store.js'
import type { Tabs } from './tabs.js'

/** The storage of a session, and its settings. */
export interface SessionOptions {
  /** `localStorage`, `sessionStorage`, `AsyncStorage`, `memoryStorage()`, `cookieStorage(…)`, or three functions. */
  readonly storage: KeyValueStorage | ItemStorage
  /** Seconds before the end of a token from which on it is replaced; 120 if left out, and half its lifetime at most. */
  readonly refreshAhead?: number | undefined
  /** Seconds that the service's clock is ahead of this one; measured at each sign-in if left out. Give 0 on a server. */
  readonly clockSkew?: number | undefined
  /** `navigator.locks` if left out, a lock in the storage where there is none; false for no lock at all. */
  readonly locks?: LocksLike | false | undefined
  /** The way to reach other tabs; BroadcastChannel if left out, false for none. */
  readonly tabs?: Tabs | false | undefined
}

/** The options of `tokens`. */
export interface TokensOptions {
  /** True: replace the tokens now, e.g. after a change of attributes. False: return valid ones or none, and ask nothing. */
  readonly refresh?: boolean | undefined
}

/** The options of `signOut`. */
export interface SignOutOptions {
  /** End the user's sessions on all devices, by GlobalSignOut. */
  readonly everywhere?: boolean | undefined
}

/** The session of one app client: a user who is signed in, or none. */
export interface Session {
  /** The app client, for the functions of `cognito-srp-flows/account`. */
  readonly client: AppClient
  /**
   * Begin a sign-in, as the function `signIn` does. The tokens are stored once a step is `signed-in`.
   *
   * @param request - The request of `signIn`: the `username`, the `password` and the `flow`.
   * @returns `signed-in`, or the step that waits for an answer.
   */
  signIn(request: SignInRequest): Promise<Step>
  /**
   * Take a step from elsewhere, e.g. of `resume`, into this session.
   *
   * @param step - The step; its `answer` leads on in this session. The tokens of a `signed-in` step are stored at once.
   * @param clockSkew - Seconds that the service's clock is ahead of this one, for tokens that were issued a while ago.
   * @returns The same step.
   */
  follow(step: Step, clockSkew?: number): Promise<Step>
  /**
   * Return tokens that are valid, replaced by newer ones where they end soon.
   *
   * @param options - `refresh`: true replaces them now, false returns valid ones or none and asks nothing; near their
   * end if left out.
   * @returns The tokens, or undefined where the user has to sign in: no one is signed in, or the service refused.
   * @throws What the transport threw, where new tokens are needed and could not be had. The session goes on.
   */
  tokens(options?: TokensOptions): Promise<Tokens | undefined>
  /**
   * Return who is signed in. The service is not asked.
   *
   * @returns The user, or undefined.
   */
  user(): Promise<SessionUser | undefined>
  /**
   * Forget the tokens here, then revoke them at the service (RevokeToken, or GlobalSignOut for all devices).
   *
   * @param options - `everywhere`: true ends the user's sessions on all devices; this session alone if left out.
   * @throws What the transport threw, once the tokens are forgotten: the service may not know.
   */
  signOut(options?: SignOutOptions): Promise<void>
  /**
   * Call a function when something happens to the session, here or in another tab.
   *
   * @param listener - The function.
   * @returns A function that ends this.
   */
  subscribe(listener: (event: SessionEvent) => void): () => void
}

interface Answerable {
  answer(...args: unknown[]): Promise<Step>
}

/**
 * Return an error by which the service says that the user, or the token, is no longer good, and throw any other. A wrong
 * client secret says nothing of either.
 */
function refusal(error: unknown): unknown {
  const refused =
    error instanceof Error &&
    /^(NotAuthorized|RefreshTokenReuse|PasswordResetRequired|UserNot)/.test(error.name) &&
    !/secret/i.test(error.message)
  if (refused) return error
  throw error
}

/**
 * Open the session of an app client: the tokens of one user in a storage, valid whenever they are asked for. Tokens are
 * replaced ahead of their end, by one tab at a time. A lost connection or a throttled request never ends a session; a
 * refusal by the service does.
 *
 * @param client - The app client.
 * @param options - `storage`; `refreshAhead` and `clockSkew` in seconds; `locks`: a lock manager, or false; `tabs`: a
 * channel to other tabs, or false.
 * @returns The session. Nothing is read before it is asked for.
 * @throws TypeError or RangeError that names a wrong argument. The methods reject with the exceptions of the service, and
 * with `FlowError`: `storage` when the storage fails, `bad-session` for a record that is damaged or of another version,
 * `wrong-pool` for one of another app client. `signIn` and `signOut` get rid of such a record.
 * @example
 * const session = createSession(client, { storage: localStorage })
 * const step = await session.signIn({ username, password })
 * const tokens = await session.tokens()
 */
export function createSession(client: AppClient, options: SessionOptions): Session {
  const known = readClient(client)
  const { now = () => new Date() } = known
  const given = own(options, 'options')
  const { refreshAhead = 120, clockSkew, locks = platform.navigator?.locks } = given
  seconds(refreshAhead, 'refreshAhead', 0)
  seconds(clockSkew, 'clockSkew', -Infinity)
  const { storage, key, load, save, end, subscribe } = recordStore(known, given.storage, given.tabs)
  const lock = locks === undefined ? storageLock(storage) : locks !== false && method(locks, 'locks', 'request')
  let renewing: Promise<SessionRecord | undefined> | undefined

  /** Seconds since 1970. */
  const time = () => (typeof now === 'function' ? now() : now).getTime() / 1000

  /** Seconds until the tokens end. More than they ever had: the clock was set back, and they count as ended. */
  const left = ({ expires, skew, tokens }: SessionRecord) => {
    const rest = expires / 1000 - time() - (clockSkew ?? skew)
    return clockSkew === undefined && rest > tokens.expiresIn + 60 ? 0 : rest
  }

  /** Work that one tab does at a time. The lock is held until the other tabs can read what was written. */
  const exclusively = <T>(work: () => Promise<T>): Promise<T> => {
    if (!lock) return work()
    return new Promise((done, fail) => {
      const held = lock(key, async () => {
        await work().then(done, fail)
        await sleep(SETTLE)
      })
      Promise.resolve(held).catch(fail)
    })
  }

  const refreshed = ({ tokens, username, deviceKey }: SessionRecord) =>
    refresh(known, { refreshToken: tokens.refreshToken as string, username: username || undefined, deviceKey })

  const renew = async (before: SessionRecord): Promise<SessionRecord | undefined> => {
    const record = await load()
    // Another tab was faster.
    if (record !== before) return record
    let error: unknown
    if (record.tokens.refreshToken) {
      const asked = time()
      const tokens = await refreshed(record).catch((thrown) => {
        error = refusal(thrown)
      })
      if (tokens) {
        const next = newRecord(tokens, asked, clockSkew, record.deviceKey)
        const stands = await save(next, 'refreshed', record)
        // A sign-out meanwhile has revoked the token of before, and knew of no other.
        if (!stands && tokens.refreshToken !== record.tokens.refreshToken) await revoke(next, false).catch(refusal)
        return stands
      }
      // A client without refresh tokens keeps its tokens to their end.
    } else if (left(record) > 0) return record
    // A token that another tab replaced meanwhile was refused; its successor was not.
    await sleep(SETTLE)
    if ((await load()) === record) await end('expired', error)
    return load()
  }

  /** Tells the service that a session is over. */
  const revoke = async (record: SessionRecord, everywhere: boolean | undefined): Promise<void> => {
    const { api, clientId: ClientId, clientSecret: ClientSecret } = known
    const { refreshToken: Token } = record.tokens
    if (everywhere) {
      const { accessToken } = left(record) <= 0 && Token ? await refreshed(record) : record.tokens
      await api.call('GlobalSignOut', { AccessToken: accessToken })
    } else if (Token) {
      await api.call('RevokeToken', present<unknown>({ Token, ClientId, ClientSecret }))
    }
  }

  /** Takes the step that comes of a request. It counts when that went out: a device may sleep before it reads the answer. */
  const ask = async (request: () => Promise<Step> | Step, skew?: number): Promise<Step> => {
    const asked = time()
    const step = await request()
    object(step, 'step')
    text(step.kind, 'step.kind')
    if (step.kind === 'signed-in') {
      const { device = {} as Partial<DeviceInfo> } = step
      const { deviceKey } = own(device, 'step.device')
      textIfAny(deviceKey, 'step.device.deviceKey')
      await save(newRecord(readTokens(step.tokens, 'step.tokens'), asked, clockSkew ?? skew, deviceKey), 'signed-in')
      return step
    }
    const answer = method(step as Answerable, 'step', 'answer')
    // The step itself: a copy would lose what is not enumerable.
    return Object.assign(step, { answer: (...args: unknown[]) => ask(() => answer(...args)) })
  }

  return {
    client: known,
    signIn: (request) => ask(() => signIn(known, request)),
    async follow(step, skew) {
      seconds(skew, 'clockSkew', -Infinity)
      return ask(() => step, skew)
    },
    async tokens(options = {}) {
      const { refresh: wanted } = own(options, 'options')
      booleanIfAny(wanted, 'refresh')
      const record = await load()
      if (!record) return undefined
      const { tokens } = record
      const life = left(record)
      const valid = life > 0 ? tokens : undefined
      const fresh = life > Math.min(refreshAhead, tokens.expiresIn / 2)
      if (wanted === false || (!wanted && fresh)) return valid
      renewing ??= exclusively(() => renew(record)).finally(() => {
        renewing = undefined
      })
      try {
        return (await renewing)?.tokens
      } catch (error) {
        // Ahead of time there is time to try again.
        if (wanted || !valid) throw error
        return valid
      }
    },
    async user() {
      const record = await load()
      return record && userOf(record)
    },
    async signOut(options = {}) {
      const { everywhere } = own(options, 'options')
      booleanIfAny(everywhere, 'everywhere')
      const record = await load().catch(() => undefined)
      // That it was over already is no failure.
      await end('signed-out').finally(() => record && revoke(record, everywhere).catch(refusal))
    },
    subscribe,
  }
}
