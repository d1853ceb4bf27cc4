// Amazon's example scenario on the real boto3, with and without a client secret.
import { describe, expect, it } from 'vitest'
import { against, missing, PYTHON, recorded, scenarioPool } from './programs.js'

const why = missing('boto3')
if (why) console.log(`skipped: boto3's scenario, ${why}`)

describe.skipIf(why)('boto3', () => {
  it.each([
    ['without a client secret', undefined],
    ['with a client secret', '9example-secret-of-a-client-0123456789abcdefghijk'],
  ])('runs the scenario to its end %s', async (_, clientSecret) => {
    const { code, output } = await against(scenarioPool(clientSecret), PYTHON, ['boto3_scenario.py'])
    expect({ code, output }).toEqual({ code: 0, output: recorded('boto3') })
  })
})
