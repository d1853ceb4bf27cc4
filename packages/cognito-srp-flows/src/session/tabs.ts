import { platform } from './platform.js'

/** How the sessions of several tabs, or of several parts of a program, tell each other that a record has changed. */
export interface Tabs {
  /** Tell the others; `kind` is the kind of the event. */
  post(kind: string): void
  /** Call `heard` when another one posts, until the function that comes back is called. */
  listen(heard: (kind?: unknown) => void): () => void
}

/**
 * Return the way to the other tabs by BroadcastChannel, if there is one. It carries the kinds of events, no tokens.
 *
 * @param name - The name of the channel.
 * @returns The way to the other tabs, or undefined.
 */
export function otherTabs(name: string): Tabs | undefined {
  const { BroadcastChannel } = platform
  return (
    BroadcastChannel && {
      post(kind) {
        const channel = new BroadcastChannel(name)
        channel.postMessage(kind)
        channel.close()
      },
      listen(heard) {
        const channel = new BroadcastChannel(name)
        channel.unref?.()
        channel.onmessage = ({ data }) => heard(data)
        return () => channel.close()
      },
    }
  )
}
