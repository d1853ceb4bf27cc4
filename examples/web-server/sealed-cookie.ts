// A text in the browser that only the server can read: encrypted and authenticated by jose, with an end to its life.
import { EncryptJWT, errors, jwtDecrypt } from 'jose'

/** Browsers keep about 4096 bytes of a cookie, its name and attributes included; a longer text goes into several. */
const PIECE = 3500

export interface SealedCookie {
  /** Values for `Set-Cookie`, one header each. */
  set(text: string, request: Request): Promise<string[]>
  /** The text, or undefined if there is none, or it is damaged, of another key, or too old. */
  read(request: Request): Promise<string | undefined>
  /** Values for `Set-Cookie` that take back the cookies that the browser sent, one header each. */
  clear(request: Request): string[]
}

export interface SealedCookieOptions {
  readonly name: string
  /** 32 random bytes, the same on every server. */
  readonly key: Uint8Array
  readonly lifetimeSeconds: number
  /**
   * True by default: https only, and under a name that begins with `__Host-`, so that no other host of the domain can set
   * it. False is for development on http.
   */
  readonly secure?: boolean
}

export function sealedCookie(options: SealedCookieOptions): SealedCookie {
  const { key, lifetimeSeconds, secure = true } = options
  // Browsers take a name of this prefix only with Secure, with Path=/ and without Domain (RFC 6265bis, section 4.1.3.2).
  const name = secure ? `__Host-${options.name}` : options.name
  const attributes = `Path=/; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`
  const gone = (piece: string) => `${piece}=; Max-Age=0; ${attributes}`
  const sent = (request: Request) => cookiesOf(request).filter(([piece]) => pieceNumber(name, piece) >= 0)
  return {
    async set(text, request) {
      const token = await new EncryptJWT({ text })
        .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
        .setAudience(name)
        .setExpirationTime(Math.floor(Date.now() / 1000) + lifetimeSeconds)
        .encrypt(key)
      const pieces = token.match(new RegExp(`.{1,${PIECE}}`, 'g')) ?? []
      const headers = pieces.map((piece, i) => `${name}.${i}=${piece}; Max-Age=${lifetimeSeconds}; ${attributes}`)
      // The rest of a longer one would be read as the end of this one.
      const old = sent(request).filter(([piece]) => pieceNumber(name, piece) >= pieces.length)
      return [...headers, ...old.map(([piece]) => gone(piece))]
    },
    async read(request) {
      const pieces = sent(request).sort(([a], [b]) => pieceNumber(name, a) - pieceNumber(name, b))
      if (pieces.length === 0) return undefined
      try {
        const { payload } = await jwtDecrypt(pieces.map(([, value]) => value).join(''), key, {
          audience: name,
          keyManagementAlgorithms: ['dir'],
          contentEncryptionAlgorithms: ['A256GCM'],
        })
        return typeof payload.text === 'string' ? payload.text : undefined
      } catch (error) {
        if (error instanceof errors.JOSEError) return undefined
        throw error
      }
    },
    clear: (request) => sent(request).map(([piece]) => gone(piece)),
  }
}

/** -1 for another cookie. */
function pieceNumber(name: string, cookie: string): number {
  return cookie.startsWith(`${name}.`) && /\.\d+$/.test(cookie) ? Number(cookie.slice(name.length + 1)) : -1
}

function cookiesOf(request: Request): [string, string][] {
  return (request.headers.get('cookie') ?? '').split(/; */).map((pair) => {
    const at = pair.indexOf('=')
    return at < 0 ? [pair, ''] : [pair.slice(0, at), pair.slice(at + 1)]
  })
}
