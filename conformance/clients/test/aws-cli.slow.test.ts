// Amazon's example scenario as commands of the real AWS CLI, with and without a client secret.
import { describe, expect, it } from 'vitest'
import { against, missing, recorded, scenarioPool } from './programs.js'

const why = missing('aws')
if (why) console.log(`skipped: the AWS CLI's scenario, ${why}`)

describe.skipIf(why)('the AWS CLI', () => {
  it.each([
    ['without a client secret', undefined],
    ['with a client secret', '9example-secret-of-a-client-0123456789abcdefghijk'],
  ])('runs the scenario to its end %s', { timeout: 300_000 }, async (_, clientSecret) => {
    const { code, output } = await against(scenarioPool(clientSecret), 'bash', ['aws_cli_scenario.sh'])
    expect({ code, output }).toEqual({ code: 0, output: recorded('aws-cli') })
  })
})
