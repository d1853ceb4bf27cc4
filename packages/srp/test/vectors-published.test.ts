// Vectors published by other implementations, kept outside this repository: SRP_VECTORS_DIR names their folder.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { CHECKS, type Published } from './support/vectors-published.js'

const folder = process.env.SRP_VECTORS_DIR

describe('cognito-published.json', () => {
  if (folder === undefined || folder === '') {
    it.skip('not run: SRP_VECTORS_DIR does not name a folder of published vectors', () => {})
    return
  }
  const { count, vectors }: { count: number; vectors: Published[] } = JSON.parse(
    readFileSync(join(folder, 'cognito-published.json'), 'utf8'),
  )

  it('is complete', () => {
    expect(vectors.length).toBe(count)
    expect(vectors.length).toBeGreaterThan(0)
  })

  it.each(vectors.map((vector) => ({ vector, title: `${vector.kind}: ${vector.id}` })))('$title', ({ vector }) => {
    const check = CHECKS[vector.kind]
    if (check === undefined) throw new Error(`nothing is known of vectors of the kind ${vector.kind}`)
    check(vector)
  })
})
