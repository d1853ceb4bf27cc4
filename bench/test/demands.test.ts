import { describe, expect, it } from 'vitest'
import { demands } from '../src/demands.js'
import { summary } from '../src/summary.js'
import { exact } from '../src/tables.js'
import { sampleResults } from './sample.js'

function met(change: (results: ReturnType<typeof sampleResults>) => void): Record<string, boolean> {
  const results = sampleResults()
  change(results)
  return Object.fromEntries(demands(results).map((demand) => [demand.what, demand.met]))
}

describe('demands', () => {
  it('compares with the bound itself, not with what rounding makes of it', () => {
    const over = (value: number) =>
      met(({ signIn }) => {
        if (signIn?.default?.overOpenssl) signIn.default.overOpenssl.median = value
      })['default engine over OpenSSL, Node 20']
    expect(over(3.4)).toBe(true)
    expect(over(3.401)).toBe(false)
  })

  it('asks for the first sign-in and for Hermes', () => {
    const what = met(() => undefined)
    expect(what["first sign-in, faster than amazon-cognito-identity-js's first"]).toBe(true)
    expect(what['one sign-in on Hermes']).toBe(true)
    const slow = met(({ first, hermes }) => {
      if (first?.default) first.default.signInMs.median = 12.6
      if (hermes) hermes.ms.median = 40
    })
    expect(slow["first sign-in, faster than amazon-cognito-identity-js's first"]).toBe(false)
    expect(slow['one sign-in on Hermes']).toBe(false)
  })

  it('says nothing about what was not measured', () => {
    expect(Object.keys(met((results) => delete results.signIn))).toHaveLength(2)
  })
})

describe('summary', () => {
  it('shows every section, the demands, and results that were wrong', () => {
    const results = sampleResults()
    expect(summary(results)).not.toContain('Wrong results')
    const peer = results.signIn?.['amazon-cognito-identity-js']
    if (peer) peer.wrong = 1
    const text = summary(results)
    expect(text).toContain('Wrong results: amazon-cognito-identity-js, sign-in: 1 of 3.')
    expect(text).toContain('| @srp6a/srp, verify |')
    expect(text).toContain('Hermes 0.12.0: 30 ms')
    expect(text).toContain('10 KiB more than before')
  })
})

describe('exact', () => {
  it('has three digits', () => {
    expect([3.3951, 22, 0.2189, 184.6].map(exact)).toEqual(['3.4', '22', '0.219', '185'])
  })
})
