import { realpathSync, statSync, watch } from 'node:fs'
import { dirname } from 'node:path'

/** Editors and other tools write a file in several steps, in milliseconds. */
const SETTLED = 100

/** Return what tells one state of a file from another: which file it is, and when it was written. */
function signatureOf(file: string): { readonly path: string; readonly state: string } | undefined {
  try {
    const path = realpathSync(file)
    const { ino, mtimeNs, size } = statSync(path, { bigint: true })
    return { path, state: `${path} ${ino} ${mtimeNs} ${size}` }
  } catch {
    // Between two steps of a replacement there may be no file at all.
    return undefined
  }
}

/**
 * Call back shortly after a file has changed. Tools replace files and links, so it is folders that are watched: the file's
 * own, and that of the file which a symbolic link leads to now. A mounted ConfigMap is a chain of links that change together.
 *
 * @param file path of the file
 * @param changed called after each change
 * @returns what ends the watching
 */
export function watchFile(file: string, changed: () => void): () => void {
  let timer: NodeJS.Timeout | undefined
  let last = signatureOf(file)
  let watchers: readonly ReturnType<typeof watch>[] = []
  const close = (): void => {
    for (const watcher of watchers) watcher.close()
  }
  const check = (): void => {
    const now = signatureOf(file)
    if (now === undefined || now.state === last?.state) return
    const moved = now.path !== last?.path
    last = now
    if (moved) open()
    changed()
  }
  const open = (): void => {
    close()
    const folders = new Set([file, last?.path ?? file].map((path) => dirname(path)))
    watchers = [...folders].map((folder) =>
      watch(folder, () => {
        clearTimeout(timer)
        timer = setTimeout(check, SETTLED)
      }),
    )
  }
  open()
  return () => {
    clearTimeout(timer)
    close()
  }
}
