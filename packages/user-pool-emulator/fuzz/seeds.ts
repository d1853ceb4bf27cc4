import { createUserPool, restoreUserPool, type UserPoolOptions } from 'cognito-user-pool-emulator'
import { attempt, attemptLater, isMistake, jsonOf, must, sameJson, type Target } from 'srp6a-tools/fuzz/target.js'
import { readSeeds } from '../src/config/check-options.js'

const seeds = [
  { clients: [] },
  {
    id: 'us-east-1_Pool',
    name: 'n',
    clients: [
      {
        clientId: 'web',
        clientSecret: 's',
        explicitAuthFlows: ['ALLOW_USER_SRP_AUTH'],
        lifetimes: { session: 180, access: 60 },
      },
      { clientId: 'b', preventUserExistenceErrors: 'LEGACY', refreshTokenRotation: { graceSeconds: 9 } },
    ],
    users: [
      { username: 'ada', salt: 'a1', verifier: 'c0ffee', attributes: { email: 'a@b', 'custom:x': 'y' }, groups: ['g'] },
      {
        sub: '00000000-0000-4000-8000-000000000000',
        status: 'UNCONFIRMED',
        enabled: false,
        mfa: { sms: true, preferred: 'SMS_MFA' },
      },
      {
        username: 'bob',
        password: 'p',
        status: 'FORCE_CHANGE_PASSWORD',
        mfa: { totpSecret: 'JBSWY3DPEHPK3PXP', totpName: 't' },
      },
    ],
    aliases: ['email'],
    usernameAttributes: ['email'],
    caseSensitive: true,
    passwordPolicy: { minimumLength: 6, requireSymbols: false, temporaryPasswordValidityDays: 1 },
    requiredAttributes: ['email'],
    deviceTracking: { mode: 'always', skipsMfa: false },
    mfa: { mode: 'ON', methods: ['EMAIL_OTP'], allowTotpReuse: true },
    firstFactors: ['PASSWORD', 'WEB_AUTHN'],
    webAuthn: { relyingPartyId: 'localhost', origins: ['http://localhost:1'], userVerification: 'required' },
    issuer: 'http://127.0.0.1:1',
  },
  { clients: [{ clientId: 'x', refreshTokenRotation: true }], mfa: 'OPTIONAL', deviceTracking: 'opt-in' },
]

const words = (value: unknown): string[] =>
  typeof value !== 'object' || value === null
    ? [String(value)]
    : [...(Array.isArray(value) ? [] : Object.keys(value)), ...Object.values(value).flatMap(words)]

const initiate = (AuthFlow: string, more: object) =>
  new Request('http://127.0.0.1/', {
    method: 'POST',
    headers: { 'x-amz-target': 'AWSCognitoIdentityProviderService.InitiateAuth' },
    body: JSON.stringify({ AuthFlow, ClientId: 'web', AuthParameters: { USERNAME: 'ada', SECRET_HASH: 'x', ...more } }),
  })

/** The reader of seed files. A pool that was made of one answers, and comes back from its snapshot as it was. */
const seed: Target = {
  name: 'seed',
  files: ['check', 'check-options', 'create-user-pool', 'settings', 'snapshot', 'clients'].map(
    (name) => `packages/user-pool-emulator/src/${name}.ts`,
  ),
  seeds: seeds.map((one) => JSON.stringify(one)),
  dictionary: [...new Set(seeds.flatMap(words)), 'random', 'clock', 'engine'],
  limit: 500,
  async run(input) {
    const value = jsonOf(input)
    const checked = attempt(() => {
      readSeeds(value)
      return true
    }, isMistake)
    if (!checked) {
      const made = attempt(() => createUserPool(value as UserPoolOptions), isMistake)
      must(
        !made || JSON.stringify(value).includes('maximumBodyBytes') || JSON.stringify(value).includes('engine'),
        'a pool of a wrong seed',
      )
      return
    }
    const pool = attempt(() => createUserPool(value as UserPoolOptions), isMistake)
    if (!pool) return
    for (const request of [initiate('USER_AUTH', {}), initiate('USER_SRP_AUTH', { SRP_A: '2' })]) {
      const response = await attemptLater(
        () => pool.handle(request),
        () => false,
      )
      must(response !== undefined && response.status < 500, `a pool that fails: ${await response?.text()}`)
    }
    const snapshot = pool.snapshot()
    const again = restoreUserPool(JSON.parse(JSON.stringify(snapshot))).snapshot()
    must(sameJson(again, snapshot), 'a snapshot does not come back as it was')
  },
}

export const seedTargets: readonly Target[] = [seed]
