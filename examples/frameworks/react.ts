// React: a hook over `useSyncExternalStore`.
import { useSyncExternalStore } from 'react'
import type { SessionState, SessionStore } from './session-store.js'

/** Return the state of the session, and render again whenever it changes, in this tab or in another. */
export function useSession(store: SessionStore): SessionState {
  // The third function is for the server, which knows no session of a browser.
  return useSyncExternalStore(store.subscribe, store.get, () => LOADING)
}

const LOADING: SessionState = { status: 'loading' }
