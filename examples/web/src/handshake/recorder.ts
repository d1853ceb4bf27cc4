// Stands between the library and the network, and tells what really travels.
import type { FetchLike, ResponseLike } from 'cognito-srp-flows/fetch'
import type { Purpose } from './engine.js'
import type { Entry, Totals } from './entry.js'
import { fieldsOf } from './fields.js'
import { deedOf, refusalOf, replyTitle } from './narrative.js'

type Json = Readonly<Record<string, unknown>>

const OPERATION = /[^.]+$/

/** Everything that was said since the last `clear`. */
export class Recorder {
  readonly #tell: (entry: Entry, totals: Totals) => void
  /** Passwords that were typed, to look for them in what is sent. */
  #typed = new Set<string>()
  #last: Json = {}
  #totals: Totals = { requests: 0, bytes: 0, arithmetic: 0, withPassword: 0 }

  constructor(tell: (entry: Entry, totals: Totals) => void) {
    this.#tell = tell
  }

  clear(): void {
    this.#typed = new Set()
    this.#last = {}
    this.#totals = { requests: 0, bytes: 0, arithmetic: 0, withPassword: 0 }
  }

  /** From now on every request is searched for this password. */
  watchFor(password: string): void {
    this.#typed.add(password)
  }

  /** Return the purpose of the arithmetic at this moment, by the pool's last reply. */
  purpose = (): Purpose => {
    const result = this.#last.AuthenticationResult as Json | undefined
    if (result?.NewDeviceMetadata) return 'new-device'
    return String(this.#last.ChallengeName ?? '').startsWith('DEVICE_') ? 'device' : 'user'
  }

  tell = (entry: Entry): void => {
    const milliseconds = entry.kind === 'here' ? (entry.milliseconds ?? 0) : 0
    const bytes = entry.kind === 'sent' || entry.kind === 'came' ? entry.bytes : 0
    this.#totals = {
      ...this.#totals,
      requests: this.#totals.requests + (entry.kind === 'sent' ? 1 : 0),
      arithmetic: this.#totals.arithmetic + milliseconds,
      bytes: this.#totals.bytes + bytes,
    }
    this.#tell(entry, this.#totals)
  }

  /** The platform's `fetch`, overheard. */
  fetch: FetchLike = async (url, init) => {
    const request = JSON.parse(init.body) as Json
    const operation = OPERATION.exec(init.headers['x-amz-target'] ?? '')?.[0] ?? ''
    this.#searchForPasswords(init.body)
    const answering = request.AuthFlow ?? request.ChallengeName
    this.tell({
      kind: 'sent',
      title: operation,
      ...(typeof answering === 'string' ? { note: answering } : {}),
      fields: fieldsOf(request),
      bytes: byteLength(init.body),
    })
    // A sign-in that begins again is about the user, whatever was said before.
    if (operation === 'InitiateAuth') this.#last = {}
    const began = performance.now()
    try {
      const response = await fetch(url, init)
      const text = await response.text()
      this.#reply(operation, request, response, text, performance.now() - began)
      return { status: response.status, headers: response.headers, text: async () => text }
    } catch (error) {
      this.tell({ kind: 'lost', title: 'No answer: the connection failed' })
      throw error
    }
  }

  #reply(operation: string, request: Json, response: ResponseLike, text: string, milliseconds: number): void {
    const reply = parsed(text)
    const failed = response.status >= 300
    const pool = Number(/dur=([\d.]+)/.exec(response.headers.get('server-timing') ?? '')?.[1])
    const deed = failed ? refusalOf(String(reply.__type ?? ''), request) : deedOf(operation, request)
    this.tell({ kind: 'there', ...deed, ...(Number.isFinite(pool) ? { milliseconds: pool } : {}) })
    if (!failed) this.#last = reply
    const title = failed
      ? { title: String(reply.__type ?? `HTTP ${response.status}`), note: String(reply.message ?? '') }
      : replyTitle(reply)
    this.tell({ kind: 'came', ...title, failed, fields: fieldsOf(reply), bytes: byteLength(text), milliseconds })
  }

  #searchForPasswords(body: string): void {
    // In JSON a password may be written with escapes.
    const found = [...this.#typed].some((password) => body.includes(JSON.stringify(password).slice(1, -1)))
    if (found) this.#totals = { ...this.#totals, withPassword: this.#totals.withPassword + 1 }
  }
}

const byteLength = (text: string): number => new TextEncoder().encode(text).length

function parsed(text: string): Json {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as Json) : {}
  } catch {
    // Not the service: a proxy's page, or nothing at all. The status says what there is to say.
    return {}
  }
}
