// cognito-srp-flows: what the methods of the steps take.
import type * as flows from 'cognito-srp-flows'
import type { Counted } from '../engine.js'
import { isFunction, OBJECT, optional, type Rule } from '../rules.js'
import type { Subject, Table } from '../run.js'
import { isObject, metadata, options, unnamed } from './pool-rules.js'
import { type Service, service, signInTo, TEXT, TOKENS } from './service.js'

/** A step, and the service it stands in. */
interface Asked {
  readonly step: { answer(...args: unknown[]): Promise<flows.Step> }
  readonly made: Service
  readonly right: readonly unknown[]
}
interface StepOf {
  readonly name: string
  readonly parameters?: Record<string, string>
  readonly more?: object
  readonly params: readonly string[]
  readonly right: readonly unknown[]
  readonly rules: Record<string, Rule>
  readonly others?: Record<string, unknown>
}
const stepOf = ({ name, parameters = {}, more = {}, params, right, rules, others = {} }: StepOf): Subject =>
  ({
    params: [...params, 'options'],
    args: async (engine: Counted) => {
      const made = service(
        {
          ...others,
          InitiateAuth: { ChallengeName: name, ChallengeParameters: parameters, Session: 's', ...more },
          RespondToAuthChallenge: TOKENS,
        },
        { engine },
      )
      const step = await signInTo(made)
      const all = [...right, { ...metadata, password: 'p', deviceName: 'd' }]
      return [...all, { step, made, right: all }]
    },
    run: (...args: unknown[]) => (args.at(-1) as Asked).step.answer(...args.slice(0, -1)),
    rules: { ...options, ...rules },
    // Nothing went out, and the step takes the right answer.
    after: async (_: string, ...args: unknown[]) => {
      const { step, made, right: all } = args.at(-1) as Asked
      made.unchanged()
      await step.answer(...all)
    },
  }) as unknown as Subject

const choice: Rule = { takes: () => false, refuses: () => ['RangeError'] }
const someText = (name: string, place: string): Pick<StepOf, 'name' | 'params' | 'right' | 'rules'> => ({
  name,
  params: [place],
  right: ['123456'],
  rules: { [place]: TEXT },
})
const totp = {
  AssociateSoftwareToken: { SecretCode: 'JBSWY3DPEHPK3PXP', Session: 's' },
  VerifySoftwareToken: { Status: 'SUCCESS', Session: 's' },
}
const setUp = (factors: string): Pick<StepOf, 'name' | 'parameters' | 'others'> => ({
  name: 'MFA_SETUP',
  parameters: { MFAS_CAN_SETUP: factors },
  others: totp,
})
const factor: Pick<StepOf, 'name' | 'more'> = {
  name: 'SELECT_CHALLENGE',
  more: { AvailableChallenges: ['PASSWORD', 'EMAIL_OTP'] },
}
const noHalves = (value: unknown) => TEXT.takes(value) && !/\p{Surrogate}/u.test(String(value))
const UNICODE: Rule = { ...TEXT, takes: noHalves }

export const STEPS: Table = {
  'CodeStep.answer': stepOf(someText('SMS_MFA', 'code')),
  'CustomStep.answer': stepOf(someText('CUSTOM_CHALLENGE', 'answer')),
  'PasswordStep.answer': stepOf(someText('PASSWORD', 'password')),
  'SetUpEmailStep.answer': stepOf({ ...someText('MFA_SETUP', 'email'), ...setUp('["EMAIL_OTP"]') }),
  'SetUpTotpStep.answer': stepOf({
    ...someText('MFA_SETUP', 'code'),
    ...setUp('["SOFTWARE_TOKEN_MFA"]'),
    rules: { code: TEXT, 'options.deviceName': optional(TEXT) },
  }),
  'ChooseMfaStep.answer': stepOf({
    name: 'SELECT_MFA_TYPE',
    parameters: { MFAS_CAN_CHOOSE: '["SMS_MFA"]' },
    params: ['choice'],
    right: ['SMS_MFA'],
    rules: { choice },
  }),
  'ChooseMfaSetupStep.answer': stepOf({
    ...setUp('["SOFTWARE_TOKEN_MFA","EMAIL_OTP"]'),
    params: ['choice'],
    right: ['SOFTWARE_TOKEN_MFA'],
    rules: { choice },
  }),
  'ChooseFactorStep.answer': stepOf({
    ...factor,
    params: ['choice'],
    right: ['PASSWORD'],
    rules: { choice, options: unnamed({ ...OBJECT }), 'options.password': TEXT },
  }),
  'PasskeyStep.answer': stepOf({
    name: 'WEB_AUTHN',
    parameters: { CREDENTIAL_REQUEST_OPTIONS: '{"challenge":"AAAA"}' },
    params: ['credential'],
    right: ['{}'],
    rules: { credential: TEXT },
  }),
  'NewPasswordStep.answer': stepOf({
    name: 'NEW_PASSWORD_REQUIRED',
    parameters: { requiredAttributes: '["userAttributes.email"]', userAttributes: '{}' },
    params: ['newPassword', 'attributes'],
    right: ['new', { email: 'a@b.c' }],
    rules: { newPassword: TEXT, attributes: unnamed(OBJECT), 'attributes{}': unnamed(TEXT) },
  }),
  'OtherStep.answer': stepOf({
    name: 'SOMETHING_NEW',
    params: ['responses'],
    right: [{ ANSWER: '1' }],
    rules: {
      // An object without members is an answer too; one with members that are no texts is not.
      responses: {
        takes: (value) =>
          isObject(value) &&
          !Array.isArray(value) &&
          !ArrayBuffer.isView(value) &&
          !isFunction(value) &&
          Object.values(Object(value)).every((member) => TEXT.takes(member)),
        refuses: () => ['TypeError', 'RangeError'],
        named: false,
      },
      'responses{}': { ...unnamed(TEXT), absent: true },
    },
  }),
  'SetUpTotpStep.uri': {
    params: ['issuer', 'account'],
    args: async (engine) => [
      'App',
      'ada',
      await signInTo(
        service(
          {
            ...totp,
            InitiateAuth: {
              ChallengeName: 'MFA_SETUP',
              ChallengeParameters: { MFAS_CAN_SETUP: '["SOFTWARE_TOKEN_MFA"]' },
              Session: 's',
            },
          },
          { engine },
        ),
      ),
    ],
    run: (issuer: never, account: never, step: flows.SetUpTotpStep) => step.uri(issuer, account),
    rules: { issuer: UNICODE, account: optional(UNICODE) },
  },
}
