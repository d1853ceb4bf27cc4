import { platform } from '../platform.js'

/** The channel on which the sessions of several tabs, or parts of a program, announce a changed record. */
export interface Tabs {
  /** Tell the others; `kind` is the kind of the event. */
  post(kind: string): void
  /** Call `heard` when another one posts, until the function that comes back is called. */
  listen(heard: (kind?: unknown) => void): () => void
}

/**
 * Return the way to the other tabs: BroadcastChannel, which carries the kinds of events and no tokens, and the event
 * `storage`. Both are heard: in browsers with a process for each tab, a message may come before what it tells of can be read.
 *
 * @param name - The key of the record, which names the channel too.
 * @returns The way to the other tabs. Where the platform has neither, nothing is posted or heard.
 */
export function otherTabs(name: string): Tabs {
  const open = () => platform.BroadcastChannel && new platform.BroadcastChannel(name)
  return {
    post(kind) {
      const channel = open()
      channel?.postMessage(kind)
      channel?.close()
    },
    listen(heard) {
      let last: unknown
      const channel = open()
      if (channel) {
        channel.unref?.()
        channel.onmessage = ({ data }) => {
          last = data
          heard(data)
        }
      }
      const changed = ({ key }: { key?: string | null }) => {
        // Null: the whole storage was cleared.
        if (key === name || key === null) heard(last)
      }
      platform.addEventListener?.('storage', changed)
      return () => {
        channel?.close()
        platform.removeEventListener?.('storage', changed)
      }
    },
  }
}
