import { base64url } from 'jose'
import { toBase64Url, utf8 } from '../config/encoding.js'
import { invalidParameter } from '../config/errors.js'

/** A list that comes in pages. */
export interface Paged<T> {
  /** its entries in their order, which stays the same from one page to the next */
  readonly all: readonly T[]
  /** tells its tokens from those of other lists, as in `users us-east-1_Emulator0` */
  readonly scope: string
  /** the name of an entry within the list */
  keyOf(entry: T): string
}

/** Read a token that this list gave: where the next page begins, and with which entry. */
function readToken(scope: string, token: string): readonly [start: number, key: string] {
  try {
    const [of, start, key]: unknown[] = JSON.parse(new TextDecoder().decode(base64url.decode(token)))
    if (of === scope && Number.isInteger(start) && typeof key === 'string') return [Number(start), key]
  } catch {
    // no token of ours: refused below
  }
  throw invalidParameter('Invalid pagination token given.')
}

/**
 * Return one page of a list. The token names the entry that comes next, so that entries which are deleted between two pages
 * do not make others be passed over.
 *
 * @param limit the most entries, 0 to 60; 0 and undefined are 60
 * @param token what the page before gave
 * @throws ServiceError InvalidParameterException for a limit out of range or a token that this list did not give
 */
export function page<T>(
  { all, scope, keyOf }: Paged<T>,
  limit = 60,
  token?: string,
): { readonly items: readonly T[]; readonly next: string | undefined } {
  if (!Number.isInteger(limit) || limit < 0 || limit > 60) {
    throw invalidParameter(
      `1 validation error detected: Value '${limit}' at 'limit' failed to satisfy constraint: Member must have value less than or equal to 60`,
    )
  }
  let start = 0
  if (token !== undefined) {
    const [position, key] = readToken(scope, token)
    const found = all.findIndex((entry) => keyOf(entry) === key)
    start = found === -1 ? position : found
  }
  const end = start + (limit === 0 ? 60 : limit)
  const following = all[end]
  const next = following === undefined ? undefined : toBase64Url(utf8(JSON.stringify([scope, end, keyOf(following)])))
  return { items: all.slice(start, end), next }
}
