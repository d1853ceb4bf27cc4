// cognito-srp-flows: what the service says. Every field of every reply, from a service that lies in one of them.
import * as flows from 'cognito-srp-flows'
import { isText, peer, type Rule } from '../rules.js'
import { codeOf, type Subject, type Table } from '../run.js'
import { CHALLENGES } from './challenges.js'
import { bad, isName, isObject, listOf, nullable, text, token, unnamed, WHOLE } from './reply-rules.js'
import { MFA, service, TOKENS } from './service.js'

type Given = Readonly<Record<string, unknown>>
/** A reply of another operation than those that ask. */
const reply = (right: Given, run: (reply: never, engine: never) => unknown, rules: Record<string, Rule>): Subject => ({
  params: ['reply'],
  args: (engine) => [right, engine],
  run,
  rules: { reply: WHOLE, ...rules },
  work: 2,
})

/** A sign-in whose service gives `replies`; a device that could not be confirmed counts as refused, and must leave nothing. */
const signInTo = async (replies: Record<string, unknown>, engine: never) => {
  const made = service(replies, { engine })
  try {
    const step = await flows.signIn(made.client, { username: 'ada', password: 'p', flow: 'USER_PASSWORD_AUTH' })
    if (step.kind === 'signed-in' && step.device?.status === 'failed') throw step.device.error
    return step
  } catch (error) {
    made.unchanged()
    throw error
  }
}
/** @throws if a step that was answered can be saved, which one that is still open can */
const expectEnded = (step: flows.PendingStep) => {
  let code = 'none'
  try {
    step.save()
  } catch (error) {
    code = codeOf(error)
  }
  if (code !== 'session-lost' && code !== 'step-used') throw new Error(`the step that was answered says ${code}`)
}
const seconds = peer((value) => Number.isFinite(value), bad, { 'a text of digits': '3600' })
const result = (): Record<string, Rule> => ({
  'reply.AuthenticationResult': unnamed({ ...WHOLE, takes: () => false }),
  'reply.AuthenticationResult.AccessToken': token,
  'reply.AuthenticationResult.IdToken': token,
  'reply.AuthenticationResult.RefreshToken': nullable(token),
  'reply.AuthenticationResult.TokenType': nullable(token),
  'reply.AuthenticationResult.ExpiresIn': seconds,
  'reply.AuthenticationResult.NewDeviceMetadata': unnamed(peer((value) => value === undefined || value === null, bad)),
  'reply.AuthenticationResult.NewDeviceMetadata.DeviceKey': deviceText,
  'reply.AuthenticationResult.NewDeviceMetadata.DeviceGroupKey': deviceText,
})
/** The rule for a text of a device that is signed, which has a limit of its own. */
const deviceText: Rule = { ...text, takes: isName, named: false }
const device = { NewDeviceMetadata: { DeviceKey: 'us-east-1_k', DeviceGroupKey: 'g' } }
const tokens = { AuthenticationResult: { ...TOKENS.AuthenticationResult, ...device } }
const setUp = {
  ChallengeName: 'MFA_SETUP',
  ChallengeParameters: { MFAS_CAN_SETUP: '["SOFTWARE_TOKEN_MFA"]' },
  Session: 's',
}
const api = (given: never, engine: never) => service({ any: given }, { engine }).client
const date = nullable(
  peer(
    (value) =>
      (value instanceof Date && !Number.isNaN(value.getTime())) ||
      (typeof value === 'number' && Math.abs(value) <= 8.64e12),
    bad,
    { 'beyond all dates': 8.64e12 + 1, 'the last of them': 8.64e12 },
  ),
)

const DEVICE = {
  DeviceKey: 'k',
  DeviceAttributes: [{ Name: 'n', Value: 'v' }],
  DeviceCreateDate: 1,
  DeviceLastModifiedDate: 2,
  DeviceLastAuthenticatedDate: 3,
}
const ofDevice = (place: string): Record<string, Rule> => ({
  [`${place}.DeviceKey`]: text,
  [`${place}.DeviceAttributes`]: nullable(
    unnamed(
      peer(
        listOf((one) => isText(Object(one).Name)),
        bad,
      ),
    ),
  ),
  [`${place}.DeviceAttributes[]`]: WHOLE,
  [`${place}.DeviceAttributes[].Name`]: text,
  [`${place}.DeviceAttributes[].Value`]: nullable(text),
  [`${place}.DeviceCreateDate`]: date,
  [`${place}.DeviceLastModifiedDate`]: date,
  [`${place}.DeviceLastAuthenticatedDate`]: date,
})

export const REPLIES: Table = {
  ...CHALLENGES,
  'reply InitiateAuth': reply(
    tokens,
    (given, engine) => signInTo({ InitiateAuth: given, ConfirmDevice: {} }, engine),
    result(),
  ),
  'reply RespondToAuthChallenge': reply(
    tokens,
    async (given, engine) => {
      const made = service(
        {
          InitiateAuth: { ChallengeName: 'SMS_MFA', ChallengeParameters: {} },
          RespondToAuthChallenge: given,
          ConfirmDevice: {},
        },
        { engine },
      )
      const step = await flows.signIn(made.client, { username: 'ada', password: 'p', flow: 'USER_PASSWORD_AUTH' })
      if (step.kind !== 'code') throw new Error(step.kind)
      try {
        const end = await step.answer('1')
        if (end.kind === 'signed-in' && end.device?.status === 'failed') throw end.device.error
      } catch (error) {
        made.unchanged()
        // The service has taken the answer: the step cannot be used again, and says so.
        // A reply that throws when it is looked at was never received.
        if (codeOf(error) !== 'Trap') expectEnded(step)
        throw error
      }
    },
    result(),
  ),
  'reply ConfirmDevice': reply(
    {},
    (given, engine) => signInTo({ InitiateAuth: tokens, ConfirmDevice: given }, engine),
    {
      reply: { ...WHOLE, takes: (value) => isObject(value) && !(value instanceof Promise) },
      'reply.UserConfirmationNecessary': nullable(peer((value) => typeof value === 'boolean', bad)),
    },
  ),
  'reply AssociateSoftwareToken': reply(
    { SecretCode: 'JBSWY3DPEHPK3PXP', Session: 's' },
    (given, engine) => signInTo({ InitiateAuth: setUp, AssociateSoftwareToken: given }, engine),
    {
      'reply.SecretCode': text,
      'reply.Session': nullable(text),
    },
  ),
  'reply VerifySoftwareToken': reply(
    { Status: 'SUCCESS', Session: 's' },
    async (given, engine) => {
      const step = await signInTo(
        { ...MFA, InitiateAuth: setUp, VerifySoftwareToken: given, RespondToAuthChallenge: TOKENS },
        engine,
      )
      if (step.kind !== 'set-up-totp') throw new Error(step.kind)
      return step.answer('123456')
    },
    { 'reply.Status': { ...text, takes: (value) => value === 'SUCCESS' }, 'reply.Session': nullable(text) },
  ),
  'reply GetTokensFromRefreshToken': reply(
    tokens,
    (given, engine) => flows.refresh(api(given, engine), { refreshToken: 'r' }),
    result(),
  ),
  'reply ListDevices': reply(
    { Devices: [DEVICE] },
    (given, engine) => flows.listDevices(api(given, engine), { accessToken: 'a' }),
    {
      reply: { ...WHOLE, takes: (value) => isObject(value) && !(value instanceof Promise) },
      'reply.Devices': nullable(peer((value) => Array.isArray(value) && value.length === 0, bad)),
      'reply.Devices[]': { ...WHOLE },
      ...ofDevice('reply.Devices[]'),
      'reply.PaginationToken': nullable(text),
    },
  ),
  'reply GetDevice': reply(
    { Device: DEVICE },
    (given, engine) => flows.getDevice(api(given, engine), { accessToken: 'a', deviceKey: 'k' }),
    { 'reply.Device': unnamed(WHOLE), ...ofDevice('reply.Device') },
  ),
}
