// Every preset against handshakes that the package it is for has answered, each with a zero byte in front of one value.
import { suites } from '@srp6a/srp'
import { enrollWithSalt, startClientWithKey, startServerWithKey } from '@srp6a/srp/testing'
import { describe, expect, it } from 'vitest'
import { finish } from '../support/finish.js'
import { share } from '../support/share.js'
import { answers, answersOf, fieldsOf, PRESETS } from './answers.js'
import { isAlone, secretsOf, wantedOf } from './handshakes.js'
import { answer, FORMULAS } from './reference.js'

it('there are answers for every preset and no others', () => {
  expect(answers.map(({ suite }) => suite).sort()).toEqual(PRESETS.map(({ name }) => name).sort())
  const offered = Object.values(suites).filter((value) => typeof value !== 'function')
  for (const preset of offered) expect(PRESETS).toContain(preset)
})

describe.each(PRESETS.map((suite, number) => ({ suite, number, name: suite.name })))('$name', ({ suite, number }) => {
  const { oracle, handshakes } = answersOf(suite)
  it('has a handshake for a zero byte in front of each value', () => {
    expect(handshakes.map(({ zero }) => zero)).toEqual(wantedOf(suite))
  })

  it.each(share(handshakes, 11, number).map((handshake) => ({ ...handshake, oracle })))(
    'zero in $zero, as $oracle says',
    (handshake) => {
      const { zero, seed, oracle: _, ...known } = handshake
      const { username, password, salt, a, b } = secretsOf(seed)
      expect(isAlone(suite, seed, zero)).toBe(true)
      const { verifier } = enrollWithSalt(suite, { username, password }, salt)
      const server = startServerWithKey(suite, { username, salt, verifier }, b)
      const client = startClientWithKey(suite, a)
      const { sessionKey: K, clientProof: M1, serverProof: M2 } = finish(client, server, { username, password, salt })
      const ours = { v: verifier, B: server.serverPublicKey, K, M1, M2 }
      expect(fieldsOf(ours)).toEqual(known)
    },
  )
})

describe('reference.ts, for the suites without a package', () => {
  const names = ['rfc5054', 'hap', 'appleGsa', 'swiftSrp', 'rustCrypto', 'srptools'] as const
  it.each(names)('%s', (name) => {
    const { handshakes } = answersOf(suites[name])
    for (const { zero: _, seed, ...known } of share(handshakes, 11, names.indexOf(name))) {
      expect(fieldsOf(answer(FORMULAS[name], secretsOf(seed)))).toEqual(known)
    }
  })
})
