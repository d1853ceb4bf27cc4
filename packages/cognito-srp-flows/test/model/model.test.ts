import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { action, settings } from './actions.js'
import { finale } from './finale.js'
import { type Ends, Play } from './play.js'

// `npm run fuzz:model -- --minutes N` runs this for longer and draws again. What it prints of a failure, --seed and --path
// repeat. A plain test run is the same every time: it tells of a change, not of luck.
const { MODEL_MINUTES, MODEL_SEED, MODEL_PATH } = process.env
const seconds = Number(MODEL_MINUTES ?? 0) * 60
const again = { ...(MODEL_SEED && { seed: Number(MODEL_SEED) }), ...(MODEL_PATH && { path: MODEL_PATH }) }

const rejections: unknown[] = []
const onRejection = (reason: unknown) => void rejections.push(reason)
beforeAll(() => void process.on('unhandledRejection', onRejection))
afterAll(() => void process.off('unhandledRejection', onRejection))

const turn = () => new Promise((done) => setImmediate(done))

it('whatever users, clocks and networks do, no one gets in without proof, and no one is locked out', {
  timeout: seconds * 1000 + 120_000,
}, async () => {
  const ends: Ends = new Map()
  let runs = 0
  let actions = 0
  const property = fc.asyncProperty(
    settings,
    fc.array(action, { minLength: 3, maxLength: 30, size: 'max' }),
    async (given, course) => {
      const play = new Play(given, ends)
      for (const one of course) await play.do(one)
      await finale(play)
      await turn()
      expect(rejections, 'unhandled rejections').toEqual([])
      runs++
      actions += course.length
    },
  )
  await fc.assert(property, {
    ...(seconds > 0 ? { numRuns: 1_000_000_000, interruptAfterTimeLimit: seconds * 1000 } : { numRuns: 30, seed: 1 }),
    ...again,
  })
  const reached = [...ends].sort(([, a], [, b]) => b - a).map(([end, count]) => `${end} ${count}`)
  console.log(`${runs} runs, ${actions} actions: ${reached.join(', ')}`)
  // It got somewhere: a model that never signs in would find nothing.
  if (!MODEL_PATH)
    for (const end of ['signed-in', 'code', 'NotAuthorizedException']) expect([...ends.keys()]).toContain(end)
})
