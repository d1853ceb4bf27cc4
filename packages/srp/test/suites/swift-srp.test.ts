// The proofs that swift-srp 2.3.0 tests itself with: its Tests/SRPTests/SRPTests.swift.
import { sha1 } from '@noble/hashes/legacy.js'
import { groups, suites } from '@srp6a/srp'
import { expect, it } from 'vitest'
import { utf8 } from '../../src/bytes.js'
import { digest } from '../../src/suite.js'
import { hex, unhex } from './peers.js'

const suite = suites.swiftSrpWith(groups.rfc5054_1024, sha1)

it('makes the client’s proof', () => {
  const A = unhex(
    'b525e8fe2eac8f5da6b3220e66a0ab6f833a59d5f079fe9ddcdf111a22eaec95850374d9d7597f45497eb429bcde5057a450948de7d48edc034264916a01e6c0690e14b0a527f107d3207fd2214653c9162f5745e7cbeb19a550a072d4600ce8f4ef778f6d6899ba718adf0a462e7d981ed689de93ea1bda773333f23ebb4a9b',
  )
  const B = unhex(
    '2bfc8559a022497f1254af3c76786b95cb0dfb449af15501aa51eefe78947d7ef06df4fcc07a899bcaae0e552ca72c7a1f3016f3ec357a86a1428dad9f98cb8a69d405404e57e9aaf01e51a46a73b3fc7bc1d212569e4a882ae6d878599e098c89033838ec069fe368a49461f531e5b4662700d56d8c252d0aea9da6abe9b014',
  )
  const K = unhex('b6288955afd690a13686d65886b5f82018515df3')
  const M1 = digest(suite, suite.M1, { I: utf8('alice'), s: unhex('bafa3be2813c9326'), A, B, K })
  expect(hex(M1)).toBe('2dbc18fd8bbb6574fd318e96fbc92c4c8dc8a5e8')
})

it('makes the server’s proof', () => {
  const A = unhex(
    'eade4992a46182e9ffe2e69f3e2639ca5f8c29b2868083c45d0972b72bb6003911b64a7ea6738061d705d368ddbe2bdb251bec63184db09b8990d8a7415dc449fbab720626fc25d6bd33c32234973c1e41c25b18d1824590c807c491221be5493878bd27a5ca507fd3963c849b07a9ec413e13253c6c61e7f3219b247cfa574a',
  )
  const K = unhex('d89740e18a9fb597aef8f2ecc0e66f4b31c2ae08')
  const M2 = digest(suite, suite.M2, { A, M1: unhex('e1a8629a723039a61be91a173ab6260fc582192f'), K })
  expect(hex(M2)).toBe('8342bd06bdf4d263de2df9a56da8e581fb38c769')
})
