// Vue: a composable.
import { onScopeDispose, type Ref, shallowRef } from 'vue'
import type { SessionState, SessionStore } from './session-store.js'

/** Return the state of the session as a ref that follows it, in this tab and in others. */
export function useSession(store: SessionStore): Readonly<Ref<SessionState>> {
  const state = shallowRef(store.get())
  onScopeDispose(
    store.subscribe(() => {
      state.value = store.get()
    }),
  )
  return state
}
