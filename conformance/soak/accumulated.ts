// One hash over the signatures of the first handshakes of seed 1, checked in: a client that gets one of them wrong, or
// a changed generator, shows without any oracle. The oracle has said of all of them that they are right.
import { createHash } from 'node:crypto'
import accumulated from './accumulated.json' with { type: 'json' }
import type { SoakEngine } from './engines.js'
import { makeHandshake } from './handshake.js'
import { ask } from './run.js'

export interface Mark {
  /** Over so many signatures, from the first on. */
  readonly after: number
  /** SHA-256 of their base64 texts, each followed by a line feed, in hex. */
  readonly sha256: string
}

export const ACCUMULATED: { readonly seed: number; readonly hashes: readonly Mark[] } = accumulated

export function accumulate(signatures: readonly string[], marks: readonly number[]): Mark[] {
  const hash = createHash('sha256')
  const hashes: Mark[] = []
  for (const [i, signature] of signatures.entries()) {
    hash.update(`${signature}\n`)
    if (marks.includes(i + 1)) hashes.push({ after: i + 1, sha256: hash.copy().digest('hex') })
  }
  return hashes
}

/** The marks that are checked in and that these contradict. */
export function contradicted(hashes: readonly Mark[]): Mark[] {
  return hashes.filter(({ after, sha256 }) => {
    const known = ACCUMULATED.hashes.find((mark) => mark.after === after)
    return known !== undefined && known.sha256 !== sha256
  })
}

/**
 * Sign the first `count` handshakes by the engines: the first engine all of them, the others their share.
 *
 * @throws Error if two engines differ
 */
export function signaturesOf(engines: readonly SoakEngine[], count: number): string[] {
  return Array.from({ length: count }, (_, index) => {
    const handshake = makeHandshake(ACCUMULATED.seed, index)
    const [first, ...others] = engines.filter(({ every }) => index % every === 0).map((one) => ask(one, handshake))
    for (const other of others) {
      if (other.signature !== first?.signature) throw new Error(`handshake ${index}: ${other.who} signs differently`)
    }
    return first?.signature ?? ''
  })
}
