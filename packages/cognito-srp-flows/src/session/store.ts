import type { AppClient } from '../app-client.js'
import { claimsOf } from '../claims.js'
import { FlowError } from '../errors.js'
import { present } from '../requests.js'
import { readRecord, recordKey, type SessionRecord, writeRecord } from './record.js'
import { type ItemStorage, type KeyValueStorage, keyValueStorage, method } from './storage.js'
import { otherTabs, type Tabs } from './tabs.js'

/** The user who is signed in. */
export interface SessionUser {
  /** The real user name. */
  readonly username: string
  /** The claims of the ID token, e.g. `sub`, `email`, `cognito:groups`. They were read, not verified. */
  readonly claims: Readonly<Record<string, unknown>>
}

/** A change of a session. `elsewhere` says that another tab made it. */
export type SessionEvent =
  | { readonly kind: 'signed-in' | 'refreshed'; readonly user: SessionUser; readonly elsewhere: boolean }
  | { readonly kind: 'signed-out'; readonly elsewhere: boolean }
  /** The service refused to refresh the tokens; `error` is its exception, absent where it came to another tab. */
  | { readonly kind: 'expired'; readonly error?: unknown; readonly elsewhere: boolean }
  /** The storage failed: the session lasts as long as this object does. `error.cause` is what the storage threw. */
  | { readonly kind: 'not-stored'; readonly error: FlowError; readonly elsewhere: false }

type Kind = SessionEvent['kind']

/** @internal The record of a session: in the storage, in memory, and in the other tabs. */
export interface RecordStore {
  readonly storage: KeyValueStorage
  readonly key: string
  /** Take over what another tab wrote, and tell the listeners. `kind` is what the other tab said. */
  load(kind?: unknown): Promise<SessionRecord | undefined>
  /** Write a record; with `over`, only if that record still stands in the storage. Return what stands there then. */
  save(next: SessionRecord, kind: Kind, over?: SessionRecord): Promise<SessionRecord | undefined>
  /** Remove the record. */
  end(kind: Kind, error?: unknown): Promise<void>
  subscribe(listener: (event: SessionEvent) => void): () => void
}

/** @internal */
export const userOf = ({ username, tokens }: SessionRecord): SessionUser => ({
  username,
  claims: claimsOf(tokens.idToken),
})

/** @internal Open the record of an app client's session. Nothing is read yet. */
export function recordStore(
  client: AppClient,
  where: KeyValueStorage | ItemStorage,
  tabs: Tabs | false | undefined,
): RecordStore {
  const storage = keyValueStorage(where)
  const key = recordKey(client)
  const others = tabs === undefined ? otherTabs(key) : tabs
  const post = others === false ? undefined : method(others, 'tabs', 'post')
  const listen = others === false ? undefined : method(others, 'tabs', 'listen')
  const listeners = new Set<{ readonly listener: (event: SessionEvent) => void }>()
  let stop: (() => void) | undefined
  /** The content of the storage at the last look; undefined before. */
  let seen: unknown
  let record: SessionRecord | undefined
  let queue: Promise<unknown> = Promise.resolve()

  const tell = (kind: Kind, elsewhere: boolean, error?: unknown) => {
    if (!elsewhere) post?.(kind)
    const user = record && userOf(record)
    const event = present<unknown>({ kind, user, elsewhere, error }) as unknown as SessionEvent
    // A listener that throws is reported as an unhandled rejection, and stops nothing here.
    for (const { listener } of listeners) Promise.resolve(event).then(listener)
  }

  /** Storage operations of this session come one after another, each seeing what the one before left. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const done = queue.then(work)
    queue = done.catch(() => {})
    return done
  }

  const failed = (cause: unknown) => new FlowError('storage', 'the storage failed', cause)

  const write = async (text: string | null) => {
    await (text === null ? storage.remove(key) : storage.set(key, text))
    seen = text
  }

  const look = async (kind?: unknown): Promise<SessionRecord | undefined> => {
    let text: unknown
    try {
      text = (await storage.get(key)) ?? null
    } catch (cause) {
      // A session that could not be stored lasts without its storage.
      if (record) return record
      throw failed(cause)
    }
    if (text === seen) return record
    const before = record
    const first = seen === undefined
    record = text === null ? undefined : readRecord(client, text)
    seen = text
    if (first) return record
    if (record) tell(before?.username === record.username ? 'refreshed' : 'signed-in', true)
    else if (before) tell(kind === 'expired' ? kind : 'signed-out', true)
    return record
  }

  return {
    storage,
    key,
    load: (kind) => inTurn(() => look(kind)),
    save: (next, kind, over) =>
      inTurn(async () => {
        // Before a sign-in no one may have looked, and what stands there need not be readable.
        await look().catch(() => {})
        // A sign-out meanwhile stays one.
        if (over && record !== over) return record
        const before = record
        record = next
        try {
          await write(writeRecord(client, next))
        } catch (cause) {
          // Better no record than a token that was replaced.
          if (before?.tokens.refreshToken !== next.tokens.refreshToken) await write(null).catch(() => {})
          tell('not-stored', false, failed(cause))
        }
        tell(kind, false)
        return record
      }),
    end: (kind, error) =>
      inTurn(async () => {
        const before = record
        record = undefined
        try {
          await write(null)
        } catch (cause) {
          throw failed(cause)
        } finally {
          if (before) tell(kind, false, error)
        }
      }),
    subscribe(listener) {
      if (typeof listener !== 'function') throw new TypeError('listener: expected a function')
      // One entry each time: two parts of an app may give the same function.
      const entry = { listener }
      listeners.add(entry)
      stop ??= listen?.((kind) => void inTurn(() => look(kind)).catch(() => {}))
      return () => {
        listeners.delete(entry)
        if (!listeners.size) {
          if (typeof stop === 'function') stop()
          stop = undefined
        }
      }
    },
  }
}
