import { invalidParameter } from '../config/errors.js'

/** One page of a list: at most `limit` (1 to 60, default 60) items from where `token` says. */
export function page<T>(
  all: readonly T[],
  limit = 60,
  token = '0',
): { readonly items: readonly T[]; readonly next: string | undefined } {
  if (!Number.isInteger(limit) || limit < 0 || limit > 60) {
    throw invalidParameter(
      `1 validation error detected: Value '${limit}' at 'limit' failed to satisfy constraint: Member must have value less than or equal to 60`,
    )
  }
  if (!/^\d{1,9}$/.test(token)) throw invalidParameter('Invalid pagination token given.')
  const start = Number(token)
  const end = start + (limit === 0 ? 60 : limit)
  return { items: all.slice(start, end), next: end < all.length ? String(end) : undefined }
}
