// cognito-srp-flows/account: what its functions take.
import * as account from 'cognito-srp-flows/account'
import { ANYTHING, caller, isFunction, isText, OBJECT, optional, peer, type Rule } from '../rules.js'
import type { Subject, Table } from '../run.js'
import { carried, client, clientMetadata, hasFields, metadata, RECORD, unnamed, unnamedCall } from './pool-rules.js'
import { LONGEST, service, TEXT } from './service.js'

/** Nothing in the reply has to be there. */
const ANY_REPLY: Rule = unnamed(
  peer(
    (value) => hasFields(value) && !(value instanceof Promise),
    () => ['bad-reply'],
  ),
)
/** The reply has to have fields: an object without them is refused as well. */
const unreadable = {
  'client.api.call()': unnamed(
    peer(
      () => false,
      () => ['bad-reply'],
    ),
  ),
}
const lenient = {
  'client.api.call': unnamed(
    peer(
      () => false,
      (value) => [isFunction(value) ? 'bad-reply' : 'TypeError'],
    ),
  ),
  'client.api.call()': ANY_REPLY,
}

/** A value of an attribute: an empty one empties the attribute. */
const VALUE: Rule = {
  takes: (value) => isText(value) && String(value).length <= LONGEST,
  refuses: (value) => [isText(value) ? 'RangeError' : 'TypeError'],
}
const VALUES: Rule = {
  takes: (value) => hasFields(value) && Object.values(Object(value)).every(VALUE.takes),
  refuses: () => ['TypeError'],
}
const attributes = { email: 'ada@example.com' }
const flag = optional(caller((value) => typeof value === 'boolean'))
const preference: Rule = optional({
  takes: (value) => ['off', 'on', 'preferred'].includes(value as string),
  refuses: () => ['RangeError'],
  edges: { off: 'off', preferred: 'preferred' },
})

interface Call {
  readonly run: (...args: never[]) => unknown
  readonly right: object
  readonly rules: Record<string, Rule>
  readonly reply?: object
}
const base = ({ run, right, rules, reply }: Call): Subject => ({
  params: ['client', 'request'],
  args: (engine) => [service({ any: reply ?? {} }, { engine }).client, right],
  run,
  rules: {
    ...unnamedCall(client()),
    ...(reply ? unreadable : lenient),
    request: OBJECT,
    'request.signal': ANYTHING,
    ...rules,
  },
})
/** A function about the user who is signed in. */
const own = (run: Call['run'], right: object = {}, rules: Call['rules'] = {}, reply?: object): Subject =>
  base({
    run,
    right: { accessToken: 'a.b.c', ...right },
    rules: { 'request.accessToken': TEXT, ...rules },
    ...(reply && { reply }),
  })
/** A function about a user by name. With a client's secret the name goes into a digest. */
const named = (run: Call['run'], right: object = {}, rules: Call['rules'] = {}, reply?: object): Subject =>
  base({
    run,
    right: { username: 'ada', ...metadata, ...right },
    rules: {
      ...carried('request'),
      'request.username': { ...TEXT, takes: (value) => TEXT.takes(value) && String(value).length <= LONGEST / 2 },
      'client.clientId': { ...TEXT, takes: (value) => TEXT.takes(value) && String(value).length <= LONGEST / 2 },
      'client.clientSecret': optional({
        ...TEXT,
        takes: (value) => TEXT.takes(value) && String(value).length <= LONGEST / 2,
      }),
      ...rules,
    },
    ...(reply && { reply }),
  })

const SECRET = { SecretCode: 'JBSWY3DPEHPK3PXP', Status: 'SUCCESS' }
const CREATION = { CredentialCreationOptions: { challenge: 'AAAA', user: { id: 'AAAA', name: 'ada' } } }
const CREDENTIAL = {
  id: 'AAAA',
  rawId: 'AAAA',
  type: 'public-key',
  response: { clientDataJSON: 'AAAA', attestationObject: 'AAAA' },
}
const noHalves: Rule = { ...TEXT, takes: (value) => TEXT.takes(value) && !/\p{Surrogate}/u.test(String(value)) }
const OPTIONS: Record<string, Rule> = { options: optional(RECORD), 'options.signal': ANYTHING }

/** A method of what a function of this entry gives, called with the arguments of the row. */
const method = <T>(
  params: readonly string[],
  right: readonly unknown[],
  begin: (engine: Parameters<Subject['args']>[0]) => Promise<T>,
  run: (made: T, ...args: never[]) => unknown,
  rules: Record<string, Rule>,
): Subject => ({
  params,
  args: async (engine) => [...right, await begin(engine)],
  run: (...args: unknown[]) => run(args.at(-1) as T, ...(args.slice(0, -1) as never[])),
  rules,
})
const setUp = (engine: Parameters<Subject['args']>[0]) =>
  account.setUpTotp(service({ any: SECRET }, { engine }).client, { accessToken: 'a.b.c' })
const register = (engine: Parameters<Subject['args']>[0]) =>
  account.registerPasskey(service({ any: CREATION }, { engine }).client, { accessToken: 'a.b.c' })

export const ACCOUNT: Table = {
  signUp: named(
    account.signUp,
    { password: 'p', attributes, validationData: { from: 'test' } },
    {
      'request.password': optional(TEXT),
      'request.attributes': optional(VALUES),
      'request.attributes{}': unnamed({ ...VALUE, absent: true }),
      'request.validationData': optional(VALUES),
      'request.validationData{}': unnamed({ ...VALUE, absent: true }),
    },
    { UserConfirmed: true, UserSub: 'sub' },
  ),
  confirmSignUp: named(
    account.confirmSignUp,
    { code: '1', forceAliasCreation: true, session: 's' },
    { 'request.code': TEXT, 'request.forceAliasCreation': flag, 'request.session': optional(TEXT) },
  ),
  resendCode: named(account.resendCode),
  forgotPassword: named(account.forgotPassword),
  confirmForgotPassword: named(
    account.confirmForgotPassword,
    { code: '1', password: 'p' },
    { 'request.code': TEXT, 'request.password': TEXT },
  ),
  changePassword: own(
    account.changePassword,
    { previousPassword: 'p', proposedPassword: 'q' },
    { 'request.previousPassword': optional(TEXT), 'request.proposedPassword': TEXT },
  ),
  getUser: own(account.getUser, {}, {}, { Username: 'ada', UserAttributes: [] }),
  updateUser: own(
    account.updateUser,
    { attributes, clientMetadata: { a: 'b' } },
    {
      ...clientMetadata('request'),
      'request.attributes': VALUES,
      'request.attributes{}': unnamed({ ...VALUE, absent: true }),
    },
  ),
  deleteAttributes: own(
    account.deleteAttributes,
    { attributeNames: ['email'] },
    {
      'request.attributeNames': {
        takes: (value) => Array.isArray(value) && value.every(TEXT.takes),
        refuses: () => ['TypeError'],
      },
      'request.attributeNames[]': unnamed(TEXT),
    },
  ),
  sendAttributeCode: own(
    account.sendAttributeCode,
    { attributeName: 'email', clientMetadata: { a: 'b' } },
    { ...clientMetadata('request'), 'request.attributeName': TEXT },
  ),
  verifyAttribute: own(
    account.verifyAttribute,
    { attributeName: 'email', code: '1' },
    { 'request.attributeName': TEXT, 'request.code': TEXT },
  ),
  deleteUser: own(account.deleteUser),
  setMfaPreference: own(
    account.setMfaPreference,
    { sms: 'on', totp: 'preferred', email: 'off' },
    { 'request.sms': preference, 'request.totp': preference, 'request.email': preference },
  ),
  setUpTotp: own(account.setUpTotp, {}, {}, SECRET),
  'TotpSetUp.uri': method(
    ['issuer', 'account'],
    ['App', 'ada'],
    setUp,
    (made, issuer: string, name: string) => made.uri(issuer, name),
    { issuer: noHalves, account: optional(noHalves) },
  ),
  'TotpSetUp.answer': method(
    ['code', 'options'],
    ['1', { deviceName: 'd' }],
    setUp,
    (made, code: string, options: never) => made.answer(code, options),
    { ...OPTIONS, code: TEXT, 'options.deviceName': optional(TEXT) },
  ),
  registerPasskey: own(account.registerPasskey, {}, {}, CREATION),
  'PasskeyRegistration.answer': method(
    ['credential', 'options'],
    [CREDENTIAL, {}],
    register,
    (made, credential: object, options: never) => made.answer(credential, options),
    { ...OPTIONS, credential: caller(() => false) },
  ),
  listPasskeys: own(account.listPasskeys, {}, {}),
  deletePasskey: own(account.deletePasskey, { credentialId: 'c' }, { 'request.credentialId': TEXT }),
  revokeToken: base({
    run: account.revokeToken,
    right: { refreshToken: 'r' },
    rules: { 'request.refreshToken': TEXT },
  }),
  globalSignOut: own(account.globalSignOut),
}
