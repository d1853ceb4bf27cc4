// A browser as the tests need it: it keeps cookies, and sends them back where they belong.
export class Browser {
  readonly #cookies = new Map<string, { value: string; path: string }>()
  readonly #handle: (request: Request) => Promise<Response>
  readonly #origin: string

  constructor(handle: (request: Request) => Promise<Response>, origin = 'https://app.example') {
    this.#handle = handle
    this.#origin = origin
  }

  get cookies(): ReadonlyMap<string, { value: string; path: string }> {
    return this.#cookies
  }

  set(name: string, value: string): void {
    const kept = this.#cookies.get(name)
    if (kept === undefined) throw new Error(`There is no cookie ${name}`)
    this.#cookies.set(name, { ...kept, value })
  }

  async send(path: string, init: RequestInit = {}): Promise<Response> {
    const url = new URL(path, this.#origin)
    const headers = new Headers(init.headers)
    const cookies = [...this.#cookies].filter(([, cookie]) => url.pathname.startsWith(cookie.path))
    if (cookies.length > 0) headers.set('cookie', cookies.map(([name, { value }]) => `${name}=${value}`).join('; '))
    if (init.method === 'POST' && !headers.has('origin')) headers.set('origin', this.#origin)
    const response = await this.#handle(new Request(url, { redirect: 'manual', ...init, headers }))
    for (const line of response.headers.getSetCookie()) this.#keep(line)
    return response
  }

  post(path: string, body: object, headers: Record<string, string> = {}): Promise<Response> {
    return this.send(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    })
  }

  #keep(line: string): void {
    // Browsers drop what is longer, without a word.
    if (line.length > 4096) throw new Error(`A cookie of ${line.length} bytes`)
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
    const path = /; *path=([^;]+)/i.exec(line)?.[1] ?? '/'
    if (/; *max-age=0\b/i.test(line)) this.#cookies.delete(name)
    else this.#cookies.set(name, { value, path })
  }
}
