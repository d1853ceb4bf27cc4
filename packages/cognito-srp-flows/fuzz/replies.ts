import {
  type AppClient,
  deviceStore,
  type Flow,
  listDevices,
  refresh,
  resume,
  type Step,
  signIn,
} from 'cognito-srp-flows'
import { attempt, attemptLater, listOf, must, sameJson, type Target, textOf } from 'srp6a-tools/fuzz/target.js'
import { answer, checkStep, clientWith, isFlowError, isRefusal, isRefusalOrMistake, TOKENS } from './pool.js'

const signedIn = { AuthenticationResult: TOKENS }
const parameters = { USERNAME: 'ada', USER_ID_FOR_SRP: 'ada' }
const srp = { ...parameters, SALT: 'a1', SRP_B: 'c0ffee', SECRET_BLOCK: 'AAAA' }
const newDevice = { AuthenticationResult: { ...TOKENS, NewDeviceMetadata: { DeviceKey: 'k', DeviceGroupKey: 'g' } } }
const ask = (ChallengeName: string, more: object = {}, top: object = {}) => ({
  ChallengeName,
  ChallengeParameters: { ...parameters, ...more },
  Session: 's',
  ...top,
})
const setUp = (choices: string[]) => ask('MFA_SETUP', { MFAS_CAN_SETUP: JSON.stringify(choices) })
const passkey = { challenge: 'AAAA', rpId: 'x', allowCredentials: [{ id: 'AAAA', type: 'public-key' }] }

const seeds = [
  [signedIn],
  [ask('PASSWORD_VERIFIER', srp), signedIn],
  [ask('PASSWORD_VERIFIER', srp), ask('DEVICE_SRP_AUTH'), ask('DEVICE_PASSWORD_VERIFIER', srp), newDevice, {}],
  [ask('SMS_MFA', { CODE_DELIVERY_DESTINATION: '+1' }), newDevice, { UserConfirmationNecessary: true }],
  [ask('SOFTWARE_TOKEN_MFA', { FRIENDLY_DEVICE_NAME: 'x' }), signedIn],
  [setUp(['SOFTWARE_TOKEN_MFA']), { SecretCode: 'AAAA', Session: 't' }, { Status: 'SUCCESS' }, signedIn],
  [setUp(['EMAIL_OTP']), ask('EMAIL_OTP'), signedIn],
  [setUp(['SOFTWARE_TOKEN_MFA', 'EMAIL_OTP']), { SecretCode: 'AAAA' }, { Status: 'SUCCESS' }, signedIn],
  [setUp(['SMS_MFA']), signedIn],
  [ask('NEW_PASSWORD_REQUIRED', { requiredAttributes: '["userAttributes.x"]', userAttributes: '{"y":"z"}' }), signedIn],
  [ask('SELECT_MFA_TYPE', { MFAS_CAN_CHOOSE: '["SMS_MFA"]' }), ask('SMS_MFA'), signedIn],
  [ask('SELECT_CHALLENGE', {}, { AvailableChallenges: ['PASSWORD_SRP'] }), ask('PASSWORD_VERIFIER', srp), signedIn],
  [ask('WEB_AUTHN', { CREDENTIAL_REQUEST_OPTIONS: JSON.stringify(passkey) }), signedIn],
  [ask('PASSWORD_SRP'), ask('PASSWORD_VERIFIER', srp), ask('CUSTOM_CHALLENGE'), signedIn],
]

const WORDS = seeds.flatMap((replies) =>
  replies.flatMap((reply) => [
    ...Object.keys(reply),
    ...Object.keys((reply as Partial<typeof reply> & { ChallengeParameters?: object }).ChallengeParameters ?? {}),
  ]),
)

const record = JSON.stringify({ deviceKey: 'k', deviceGroupKey: 'g', devicePassword: 'p' })

/** A service that says these replies one after the other, and the last one for ever. */
function scripted(
  replies: readonly unknown[],
  more: Partial<AppClient> = {},
): { client: AppClient; requests: unknown[] } {
  const requests: unknown[] = []
  const call = async (_: string, input: unknown) => {
    requests.push(input)
    return replies[Math.min(requests.length, replies.length) - 1]
  }
  return { client: clientWith({ call }, more), requests }
}

/** True if two saved steps say the same; the order in which a sign-in came to know it does not count. */
const sameMembers = (a: string, b: string): boolean =>
  sameJson(...([a, b].map((text) => Object.entries(JSON.parse(text)).sort()) as [unknown, unknown]))

const reply: Target = {
  name: 'reply',
  files: ['replies', 'conversation', 'challenges/mfa-setup', 'challenges/passkey', 'challenges/new-password'].map(
    (name) => `packages/cognito-srp-flows/src/${name}.ts`,
  ),
  seeds: seeds.map((replies) => JSON.stringify(replies)),
  dictionary: [...new Set(WORDS), 'PASSWORD', 'ADMIN_NO_SRP_AUTH', 'null', '[1]', '{"a":1}'],
  limit: 300,
  async run(input) {
    const replies = listOf(input)
    const flow: Flow = input.length % 2 ? 'USER_SRP_AUTH' : 'USER_PASSWORD_AUTH'
    const stored = new Map([['cognito-srp-flows/us-east-1_AbCdEfGhI/ada', record]])
    const devices = deviceStore({
      get: async (key) => stored.get(key),
      set: async (key, value) => stored.set(key, value),
      remove: async (key) => stored.delete(key),
    })
    const { client, requests } = scripted(replies, input.length % 3 ? { devices } : { clientSecret: 's' })
    let step: Step | undefined = await attemptLater(
      () => signIn(client, { username: 'ada', password: 'p', flow }),
      isRefusal,
    )
    for (let turns = 0; step && turns < 6; turns++) {
      checkStep(step)
      if (step.kind === 'signed-in') break
      const pending = step
      const before = requests.length
      // A step that was saved is the same step after it was resumed.
      const saved = pending.save()
      const resumed = resume(client, saved)
      must(resumed.kind === pending.kind && sameMembers(resumed.save(), saved), 'a resumed step is another')
      step = await attemptLater(() => answer(pending), isRefusalOrMistake)
      must(requests.length - before < 8, 'one answer made more than seven requests')
      if (step) {
        const again = await attemptLater(
          () => answer(pending),
          (error) => isFlowError(error, 'step-used'),
        )
        must(again === undefined, 'a step was answered twice')
      }
    }
    for (const value of stored.values()) {
      const keys = Object.keys(JSON.parse(value)).join()
      must(keys === 'deviceKey,deviceGroupKey,devicePassword' || keys === 'username', 'half a device record')
    }
  },
}

const otherReplies: Target = {
  name: 'other-replies',
  files: ['refresh', 'devices/manage', 'replies'].map((name) => `packages/cognito-srp-flows/src/${name}.ts`),
  seeds: [
    JSON.stringify([signedIn]),
    JSON.stringify([
      {
        Devices: [{ DeviceKey: 'k', DeviceAttributes: [{ Name: 'n', Value: 'v' }], DeviceCreateDate: 1 }],
        PaginationToken: 'p',
      },
      { Devices: [], PaginationToken: 'p' },
    ]),
  ],
  dictionary: [
    'Devices',
    'DeviceKey',
    'DeviceAttributes',
    'Name',
    'PaginationToken',
    'AuthenticationResult',
    'ExpiresIn',
  ],
  limit: 100,
  async run(input) {
    const replies = listOf(input)
    const bad = (error: unknown) => isFlowError(error, 'bad-reply')
    const tokens = await attemptLater(() => refresh(scripted(replies).client, { refreshToken: 'r' }), bad)
    if (tokens) checkStep(Object.defineProperty({ kind: 'signed-in' }, 'tokens', { value: tokens }) as never)
    const listing = scripted(replies)
    const devices = await attemptLater(() => listDevices(listing.client, { accessToken: 'a' }), bad)
    must(listing.requests.length <= replies.length + 1, 'the list of devices has no end')
    for (const device of devices ?? []) must(typeof device.deviceKey === 'string', 'a device without a key')
  },
}

const client = clientWith({ call: async () => ({}) })
const savedAt = (challenge: string, more: object = {}) =>
  JSON.stringify({
    ...{ v: 1, userPoolId: client.userPoolId, clientId: client.clientId, challenge, parameters, username: 'ada' },
    ...{ session: 's', metadata: { ClientMetadata: { a: 'b' } }, ...more },
  })

const savedStep: Target = {
  name: 'saved-step',
  files: ['packages/cognito-srp-flows/src/resume.ts', 'packages/cognito-srp-flows/src/challenges/table.ts'],
  seeds: [
    savedAt('SMS_MFA'),
    savedAt('MFA_SETUP', { choices: ['SOFTWARE_TOKEN_MFA'], secretCode: 'AAAA', verified: true }),
    savedAt('MFA_SETUP', { choices: ['SOFTWARE_TOKEN_MFA', 'EMAIL_OTP'], alias: 'a@b' }),
    savedAt('SELECT_CHALLENGE', { choices: ['PASSWORD'], deviceKey: 'k' }),
    savedAt('NEW_PASSWORD_REQUIRED', { parameters: { requiredAttributes: '["a"]', userAttributes: '{"b":1}' } }),
    savedAt('WEB_AUTHN', { parameters: { CREDENTIAL_REQUEST_OPTIONS: JSON.stringify(passkey) } }),
    savedAt('__proto__'),
  ],
  dictionary: [...new Set(WORDS), 'secretCode', 'choices', 'alias', 'verified', 'deviceKey', 'metadata', 'parameters'],
  limit: 50,
  run(input) {
    const documented = (error: unknown) => isFlowError(error, 'bad-saved-step', 'wrong-pool')
    const step = attempt(() => resume(client, textOf(input)), documented)
    if (!step) return
    checkStep(step)
    const saved = step.save()
    must(resume(client, saved).save() === saved, 'a saved step is not read as it was written')
    const given = JSON.parse(textOf(input))
    const { parameters: kept, username, challenge } = JSON.parse(saved)
    must(sameJson([kept, username, challenge], [given.parameters, given.username, given.challenge]), 'it was changed')
  },
}

export const replyTargets: readonly Target[] = [reply, otherReplies, savedStep]
