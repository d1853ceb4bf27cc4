import { describe, expect, it } from 'vitest'
import evidence from '../results/features.json' with { type: 'json' }
import { FEATURES, featureTable, findFeatures, OURS } from '../src/features.js'

describe('features', () => {
  const found = findFeatures()

  it('are those of the libraries that are installed', () => {
    expect(evidence).toEqual(found)
  })

  it('have a file to show for each yes', () => {
    expect(Object.keys(found)).toEqual(FEATURES.map(({ name }) => name))
    const peer = found['remembered devices, by SRP'] ?? {}
    expect(peer['amazon-cognito-identity-js']).toMatch(/^amazon-cognito-identity-js.*\.js$/)
    expect(peer['amazon-cognito-passwordless-auth']).toBeNull()
    expect(peer[OURS]).toBe('packages/cognito-srp-flows/test/flows/devices.test.ts')
    expect(featureTable(found)).toContain('| remembered devices, by SRP | yes | yes | yes | yes |  | yes |')
  })
})
