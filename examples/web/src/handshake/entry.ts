/** The one who may know a value that travels, or that does not. */
export type Secrecy =
  /** Anybody may read it. */
  | 'public'
  /** Proves something once, and is worth nothing to anyone who reads it later. */
  | 'proof'
  /** Anyone who has it can act as the user: shown by its length only. */
  | 'secret'

/** One field of a request or a reply. */
export interface Field {
  readonly name: string
  /** Empty when it is a secret. */
  readonly value: string
  /** In characters. */
  readonly length: number
  readonly secrecy: Secrecy
  readonly meaning: string
}

/** A value that never leaves its side. */
export interface Kept {
  readonly name: string
  readonly what: string
  /** A few digits that tell two of them apart and say nothing about them. */
  readonly fingerprint?: string
}

/** One thing that happened, in the order in which it happened. */
export type Entry =
  | {
      /** Worked out in the browser. */
      readonly kind: 'here'
      readonly title: string
      readonly formula?: string
      readonly milliseconds?: number
      readonly kept: readonly Kept[]
    }
  | {
      /** Done by the pool with a request; `milliseconds` is what its server measured. */
      readonly kind: 'there'
      readonly title: string
      readonly formula?: string
      readonly milliseconds?: number
    }
  | {
      readonly kind: 'sent' | 'came'
      readonly title: string
      readonly note?: string
      readonly failed?: boolean
      readonly fields: readonly Field[]
      /** Length of the body. */
      readonly bytes: number
      /** For a reply: from the request's start to the last byte. */
      readonly milliseconds?: number
    }
  | { readonly kind: 'lost'; readonly title: string }

/** Totals of the whole conversation. */
export interface Totals {
  readonly requests: number
  readonly bytes: number
  /** Of our arithmetic, in milliseconds. */
  readonly arithmetic: number
  /** The number of request bodies a password was found in. */
  readonly withPassword: number
}
