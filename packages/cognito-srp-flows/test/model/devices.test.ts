import { expect, it } from 'vitest'
import type { Settings } from './actions.js'
import { finale } from './finale.js'
import { Play } from './play.js'

const user = { sms: true, email: false, totp: false, addresses: true, mustChange: false }
const settings: Settings = {
  mfa: 'ON',
  methods: ['SMS_MFA'],
  deviceTracking: 'always',
  skipsMfa: true,
  allowTotpReuse: false,
  secret: false,
  rotation: false,
  legacy: false,
  store: true,
  ada: user,
  bob: user,
}
const given = { slot: 0, choice: 0, abort: undefined } as const

// The model once took every device of such a pool for a remembered one: one run in thousands failed.
it.each([
  [[false], { remembered: 0, ordinary: 1 }],
  [[false, true], { remembered: 1, ordinary: 0 }],
])('the model follows a device that is told whether to be remembered: %j', async (told, expected) => {
  const play = new Play(settings, new Map())
  await play.do({ does: 'sign in', name: 'ada', right: true, flow: 'USER_SRP_AUTH', preferred: undefined, ...given })
  await play.do({ does: 'answer', how: 'right', ...given })
  for (const yes of told) await play.do({ does: 'remember device', slot: 0, yes })
  const { mayBeRemembered, mayBeOrdinary } = play.model
  expect({ remembered: mayBeRemembered.size, ordinary: mayBeOrdinary.size }).toEqual(expected)
  await finale(play)
})
