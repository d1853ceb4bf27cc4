// A session as a value that can be read at once and watched: what the stores of all frameworks want.
import type { Session, SessionEvent, SessionUser } from 'cognito-srp-flows/session'

/** The state that a page shows: nothing yet, a user, or the way to sign in, and why. */
export type SessionState =
  | { readonly status: 'loading' }
  | { readonly status: 'signed-in'; readonly user: SessionUser }
  | { readonly status: 'signed-out'; readonly why?: 'signed-out' | 'expired' }

/** A state that changes, and a way to hear of it. */
export interface SessionStore {
  /** Return the state. It is the same object as long as nothing changed. */
  readonly get: () => SessionState
  /** Call `changed` after each change, until the function that comes back is called. */
  readonly subscribe: (changed: () => void) => () => void
}

/** Watch a session. */
export function sessionStore(session: Session): SessionStore {
  let state: SessionState = { status: 'loading' }
  const listeners = new Set<() => void>()
  const set = (next: SessionState) => {
    state = next
    for (const listener of listeners) listener()
  }
  const hear = (event: SessionEvent) => {
    if (event.kind === 'signed-in' || event.kind === 'refreshed') set({ status: 'signed-in', user: event.user })
    else if (event.kind !== 'not-stored') set({ status: 'signed-out', why: event.kind })
  }
  let stop: (() => void) | undefined
  const begin = () => {
    stop = session.subscribe(hear)
    session.user().then(
      (user) => set(user ? { status: 'signed-in', user } : { status: 'signed-out' }),
      // A record that cannot be read is as good as none.
      () => set({ status: 'signed-out' }),
    )
  }
  return {
    get: () => state,
    subscribe(changed) {
      if (listeners.size === 0) begin()
      listeners.add(changed)
      return () => {
        listeners.delete(changed)
        if (listeners.size === 0) stop?.()
      }
    },
  }
}
