import type { FetchLike } from 'cognito-srp-flows/fetch'
import type { UserPool } from 'cognito-user-pool-emulator'

/** Faults that can happen to one request between the client and the emulator. */
export const TROUBLES = [
  ...(['drop', 'drop-after', 'twice', 'late', 'truncated', 'no-json', 'field-gone', 'field-wrong', 'proxy'] as const),
]
export type Trouble = (typeof TROUBLES)[number]

/** The trouble that waits for the next requests, in turn, and whether a reply was bent since this was last cleared. */
export interface Wire {
  waiting: Trouble[]
  bent: boolean
  requests: number
  readonly fetch: FetchLike
}

const WRONG = [null, 7, true, [], {}, '', '\u0000']

/** One field of a reply, wherever it stands, gone or of another type. Never a reply that the service did not give. */
function bend(text: string, trouble: Trouble, pick: number): string {
  if (trouble === 'truncated') return text.slice(0, Math.floor(text.length / 2))
  if (trouble === 'no-json') return '<html>'
  const whole: unknown = JSON.parse(text || '{}')
  const places: [Record<string, unknown>, string][] = []
  const collect = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return
    for (const [name, member] of Object.entries(value)) {
      places.push([value as Record<string, unknown>, name])
      collect(member)
    }
  }
  collect(whole)
  const [holder, name] = places[pick % Math.max(places.length, 1)] ?? [{}, '']
  if (trouble === 'field-gone') delete holder[name]
  else holder[name] = WRONG[pick % WRONG.length]
  return JSON.stringify(whole)
}

const cut = () => new TypeError('fetch failed')

/** `fetch` in process, with the signal of a real one, and with whatever trouble is waiting. */
export function wireTo(client: UserPool): Wire {
  const wire: Wire = {
    waiting: [],
    bent: false,
    requests: 0,
    fetch(url, { signal, ...init }) {
      const aborted = signal as AbortSignal
      return new Promise((resolve, reject) => {
        const abort = () => reject(aborted.reason ?? new DOMException('aborted', 'AbortError'))
        if (aborted.aborted) return abort()
        aborted.addEventListener('abort', abort)
        send(url, init).then(resolve, reject)
      })
    },
  }

  async function send(url: string, init: RequestInit) {
    const trouble = wire.waiting.shift()
    const pick = ++wire.requests
    const handle = () => client.handle(new Request(url, init))
    if (trouble === 'drop') throw cut()
    if (trouble === 'proxy') return new Response('<html>', { status: 503 })
    let response = await handle()
    if (trouble === 'twice') response = await handle()
    if (trouble === 'drop-after') throw cut()
    if (trouble === 'late') for (let i = 0; i < 3; i++) await new Promise((done) => setImmediate(done))
    if (trouble === undefined || trouble === 'twice' || trouble === 'late') return response
    wire.bent = true
    return new Response(bend(await response.text(), trouble, pick), response)
  }
  return wire
}
