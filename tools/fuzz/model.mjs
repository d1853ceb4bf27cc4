// `npm run fuzz:model -- --minutes 10 [--seed n --path p]`: the model-based test of whole sign-ins, for longer.
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { node, root } from '../workspace/run.mjs'

const { values } = parseArgs({
  options: { minutes: { type: 'string', default: '5' }, seed: { type: 'string' }, path: { type: 'string' } },
})
if (!(Number(values.minutes) > 0)) {
  console.error('usage: npm run fuzz:model -- [--minutes N] [--seed N] [--path P]')
  process.exit(2)
}
const { minutes, seed, path } = values
const env = { ...process.env, MODEL_MINUTES: minutes, MODEL_SEED: seed ?? '', MODEL_PATH: path ?? '' }
const vitest = join(root, 'node_modules/vitest/vitest.mjs')
process.exitCode = await node(vitest, ['run', 'packages/cognito-srp-flows/test/model'], { env })
