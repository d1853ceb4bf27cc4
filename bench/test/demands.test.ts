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
        if (signIn?.node?.overOpenssl) signIn.node.overOpenssl.median = value
      })['node engine over OpenSSL, Node 20.20.2']
    expect(over(1.25)).toBe(true)
    expect(over(1.251)).toBe(false)
  })

  it('asks of the wasm engine what its kernel can do, and of the auto engine on the newer Nodes', () => {
    const [slow, fused, integers] = [0.76, 0.75, 1.4].map((median, index) =>
      met((results) => {
        results.runtime = { ...results.runtime, node: '24.9.0', kernel: index === 2 ? 'extmul' : 'fma' }
        if (results.signIn?.wasm?.overOpenssl) results.signIn.wasm.overOpenssl.median = median
      }),
    )
    expect(slow?.['wasm engine (fma) over OpenSSL, Node 24.9.0']).toBe(false)
    expect(fused?.['wasm engine (fma) over OpenSSL, Node 24.9.0']).toBe(true)
    expect(integers?.['wasm engine (extmul) over OpenSSL, Node 24.9.0']).toBe(true)
    // 185 ms over 2 ms, and 185 over 2.5.
    const auto = (ms: number) =>
      met((results) => {
        results.runtime = { ...results.runtime, node: '24.9.0' }
        if (results.signIn?.auto?.overOurs) results.signIn.auto.overOurs.median = ms / 7.4
      })['auto engine, faster than amazon-cognito-identity-js, Node 24.9.0']
    expect([auto(2), auto(2.5)]).toEqual([true, false])
  })

  it('asks for Hermes', () => {
    expect(met(() => undefined)['one sign-in on Hermes']).toBe(true)
    const slow = met(({ hermes }) => {
      if (hermes) hermes.ms.median = 40
    })
    expect(slow['one sign-in on Hermes']).toBe(false)
  })

  it('says nothing about what was not measured', () => {
    expect(Object.keys(met((results) => delete results.signIn))).toHaveLength(1)
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
