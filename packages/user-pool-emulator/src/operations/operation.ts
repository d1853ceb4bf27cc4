import type { Json } from '../config/json.js'
import type { Host } from '../model/pool.js'
import type { Input } from './input.js'

/** One request, dispatched. */
export interface Call {
  readonly host: Host
  readonly input: Input
  /** scheme and host of the request */
  readonly origin: string
}

/** `open`: no credentials. `signed`: SigV4 (looked for, not verified). Access tokens are checked by the operation itself. */
export interface Operation {
  readonly access: 'open' | 'signed'
  readonly run: (call: Call) => Json | Promise<Json>
}

export type Operations = Readonly<Record<string, Operation>>

export const open = (run: Operation['run']): Operation => ({ access: 'open', run })
export const signed = (run: Operation['run']): Operation => ({ access: 'signed', run })
