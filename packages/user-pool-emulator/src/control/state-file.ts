import { closeSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs'
import { object } from '../config/check.js'
import { prepareSnapshot } from '../create-user-pool.js'
import type { Snapshot } from '../model/snapshot.js'
import type { AdjustableClock } from './adjustable-clock.js'
import type { Emulator } from './emulator.js'

/** Changes are gathered for this long before they are written, in milliseconds. */
const DELAY = 200

/** Requests wait no longer than this for verifiers that are worked out meanwhile, in milliseconds. */
const SLICE = 20
/** Users after which progress is told. */
const STRIDE = 1000

/** Contents of the file. */
interface State {
  readonly version: 1
  readonly clock: ReturnType<AdjustableClock['save']>
  readonly snapshot: Snapshot
}

/**
 * Read a state file.
 * @param file its path
 * @returns undefined when there is none
 * @throws TypeError when it holds something else
 */
export function readState(file: string): State | undefined {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
  const state = JSON.parse(text) as State
  object({ version: () => {}, clock: () => {}, snapshot: () => {} }, ['version', 'clock', 'snapshot'])(
    state,
    'the state',
  )
  if (state.version !== 1 || !Number.isFinite(state.clock.offset)) {
    throw new TypeError('this is no state that this version of the emulator wrote')
  }
  return state
}

/** Write a file as a whole or not at all, for its owner's eyes only: it holds verifiers and private keys. */
function replaceFile(file: string, text: string): void {
  const temporary = `${file}.tmp`
  rmSync(temporary, { force: true })
  const handle = openSync(temporary, 'wx', 0o600)
  try {
    writeSync(handle, text)
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
  renameSync(temporary, file)
}

/**
 * Keep what an emulator remembers in a file from now on: shortly after each change, and on `flush`.
 * @param emulator whose changes are followed
 * @param file path of the file, which is replaced
 * @param onError called when it cannot be written; the next change tries again
 * @param onProgress called with the number of seeded users whose verifiers are still to be worked out before the first writing
 * @returns `flush`, which writes what waits to be written
 */
export function keepState(
  emulator: Emulator,
  file: string,
  onError: (error: unknown) => void,
  onProgress: (left: number) => void = () => {},
): { flush(): void } {
  let preparing: NodeJS.Immediate | undefined
  let told = Number.POSITIVE_INFINITY
  let timer: NodeJS.Timeout | undefined
  const write = (): void => {
    clearTimeout(timer)
    clearImmediate(preparing)
    timer = undefined
    preparing = undefined
    try {
      const state: State = { version: 1, clock: emulator.clock.save(), snapshot: emulator.pool.snapshot() }
      replaceFile(file, JSON.stringify(state))
    } catch (error) {
      onError(error)
    }
  }
  emulator.onChange(() => {
    if (preparing === undefined) timer ??= setTimeout(write, DELAY)
  })
  // A snapshot of thousands of seeded users takes seconds. They are worked out between requests, and what changes in the
  // meantime is written with the first snapshot.
  const prepare = (): void => {
    const left = prepareSnapshot(emulator.pool, SLICE)
    if (left === 0) {
      write()
      return
    }
    if (left <= told - STRIDE) {
      told = left
      onProgress(left)
    }
    preparing = setImmediate(prepare)
  }
  prepare()
  return {
    flush: () => {
      if (timer !== undefined || preparing !== undefined) write()
    },
  }
}
