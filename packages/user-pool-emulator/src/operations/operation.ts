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

/** Return the ClientMetadata of a request. */
export const metadataOf = ({ input }: Call): Record<string, string> =>
  Object.fromEntries(input.stringMap('ClientMetadata'))

/** The client that events of administrators name. */
export const NO_CLIENT = 'CLIENT_ID_NOT_APPLICABLE'

/** `open`: no credentials. `signed`: SigV4 (looked for, not verified). Access tokens are checked by the operation itself. */
export interface Operation {
  readonly access: 'open' | 'signed'
  readonly run: (call: Call) => Json | Promise<Json>
}

export type Operations = Readonly<Record<string, Operation>>

export const open = (run: Operation['run']): Operation => ({ access: 'open', run })
export const signed = (run: Operation['run']): Operation => ({ access: 'signed', run })
