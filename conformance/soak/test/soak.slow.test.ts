import { expect, it } from 'vitest'
import { ACCUMULATED, accumulate, signaturesOf } from '../accumulated.js'
import { ENGINES } from '../engines.js'

it('the accumulated hash of the first 10,000 handshakes is the one checked in', { timeout: 600_000 }, () => {
  const marks = [1_000, 10_000]
  // The quickest engine makes them all; npm run soak -- --check gives the others their full share.
  const engines = ENGINES.map((one) => (one.every === 1 ? one : { ...one, every: one.every * 10 }))
  expect(accumulate(signaturesOf(engines, 10_000), marks)).toEqual(
    ACCUMULATED.hashes.filter(({ after }) => marks.includes(after)),
  )
  expect(ACCUMULATED.hashes.map(({ after }) => after)).toEqual(expect.arrayContaining(marks))
})
