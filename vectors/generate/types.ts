// The shape of what is written; ../schema.json says the same to readers of the files.
import type { Shape, ValueName } from './shape.js'

/** Text, or a long text described: `prefix`, then `repeat` so many times. */
export type Text = string | { readonly prefix?: string; readonly repeat: string; readonly count: number }

export interface OracleAnswer {
  /** name@version */
  readonly package: string
  /** The values it computed that equal the expected ones. */
  readonly same: readonly string[]
  /** The values it computed that do not. */
  readonly differs?: Readonly<Record<string, string>>
  /** The message of the error that it threw. */
  readonly error?: string
}

export interface Vector {
  readonly id: string
  readonly kind: 'user' | 'device' | 'device-verifier' | 'timestamp' | 'secret-hash' | 'signed-bytes'
  /** The one condition this vector is about. */
  readonly condition: string
  readonly inputs: Readonly<Record<string, string>>
  readonly expected: Readonly<Record<string, string>>
  readonly shapes?: Readonly<Partial<Record<ValueName, Shape>>>
  readonly oracles: readonly OracleAnswer[]
  readonly agree: boolean
  /** The place where the oracles disagree: what is right, and why. */
  readonly decision?: string
}

/** A vector before the oracles were asked. */
export interface Draft extends Omit<Vector, 'oracles' | 'agree'> {}

export interface Rejection {
  readonly id: string
  readonly condition: string
  readonly target: 'claim' | 'server'
  /** Replaces a field of the document's `base.inputs`. */
  readonly inputs: Readonly<Record<string, Text>>
  readonly expected: { readonly code: 'invalid-encoding' | 'too-large' | 'invalid-public-key' }
  /** For information: what each published client does with it. */
  readonly oracles: readonly { readonly package: string; readonly outcome: string }[]
}

/** An oracle's values for one conversation; undefined where it has no such value or does not show it. */
export interface Conversation {
  readonly scope: string
  readonly userId: string
  readonly password: string
  /** Hex of whole bytes. */
  readonly privateKey: string
  readonly salt: string
  readonly srpB: string
  readonly secretBlock: string
  readonly now: string
}
export type Values = Readonly<Record<string, string>>

export interface Oracle {
  readonly package: string
  user(conversation: Conversation): Promise<Values>
  device(conversation: Conversation): Promise<Values>
  deviceVerifier(inputs: DeviceInputs): Promise<Values>
  timestamp(now: string): Promise<Values>
  secretHash?(username: string, clientId: string, clientSecret: string): Promise<Values>
  signedBytes?(hex: string): Promise<Values>
}

export interface DeviceInputs {
  readonly deviceGroupKey: string
  readonly deviceKey: string
  /** base64 of 40 bytes */
  readonly devicePassword: string
  /** Hex of whole bytes. */
  readonly salt: string
}
