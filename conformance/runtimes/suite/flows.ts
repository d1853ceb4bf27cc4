// Whole sign-ins over fetch against an emulated user pool on loopback.
import { type AppClient, FlowError, memoryDeviceStore, refresh, resume, type Step, signIn } from 'cognito-srp-flows'
import { fetchApi } from 'cognito-srp-flows/fetch'
import { type Case, codeOfError, equal } from './harness.js'
import type { Host, Pools } from './host.js'

const NAMES = [
  'a sign-in by SRP',
  'a refresh',
  'a wrong password and an unknown user',
  'a device, remembered and then proven',
  'a new password, in two pieces',
  'an aborted sign-in',
] as const

/** Each pool makes its RSA key when it is first asked, which takes its time on a machine with other things to do. */
const PATIENCE_S = 120

function signedIn(step: Step): Extract<Step, { kind: 'signed-in' }> {
  if (step.kind !== 'signed-in') throw new Error(`is at ${step.kind}, not signed in`)
  if (step.tokens.accessToken.split('.').length !== 3) throw new Error('the access token is no JWT')
  return step
}

async function refusalOf(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise
  } catch (error) {
    return error
  }
  throw new Error('it was accepted')
}

export function flowCases({ pools, sdkApi }: Host): Case[] {
  if (pools === undefined) {
    return NAMES.map((name) => ({ name, run: () => {}, skip: 'there is no fetch here' }))
  }
  const { username, password, userPoolId, clientId } = pools
  const at = (endpoint: string): AppClient => ({
    api: fetchApi({ endpoint, timeout: PATIENCE_S }),
    userPoolId,
    clientId,
  })
  const user = { username, password }
  const runs: Readonly<Record<(typeof NAMES)[number], () => Promise<void>>> = {
    async 'a sign-in by SRP'() {
      signedIn(await signIn(at(pools.plain), user))
    },
    async 'a refresh'() {
      const { tokens } = signedIn(await signIn(at(pools.plain), user))
      const renewed = await refresh(at(pools.plain), { refreshToken: tokens.refreshToken ?? '', username })
      equal(renewed.accessToken.split('.').length, 3, 'parts of the access token')
    },
    async 'a wrong password and an unknown user'() {
      for (const change of [{ password: 'Wrong-Horse-7' }, { username: 'nobody' }]) {
        const error = await refusalOf(signIn(at(pools.plain), { ...user, ...change }))
        equal((error as Error).name, 'NotAuthorizedException', 'exception')
      }
    },
    async 'a device, remembered and then proven'() {
      const client = { ...at(pools.tracked), devices: memoryDeviceStore() }
      equal(signedIn(await signIn(client, user)).device?.status, 'confirmed', 'device')
      equal(signedIn(await signIn(client, user)).device?.status, 'known', 'device')
    },
    'a new password, in two pieces': () => newPassword(at(pools.invited), pools),
    async 'an aborted sign-in'() {
      const signal = { aborted: true, reason: 'enough', addEventListener() {}, removeEventListener() {} }
      equal(await refusalOf(signIn(at(pools.plain), { ...user, signal })), 'enough', 'reason')
      const lost = await refusalOf(signIn(at('http://127.0.0.1:1/'), user))
      if (!(lost instanceof FlowError)) throw new Error(`a lost connection is ${String(lost)}`)
      equal(codeOfError(lost), 'network', 'code')
    },
  }
  const sdkCase: Case = {
    name: 'a sign-in by SRP through the AWS SDK',
    skip: sdkApi ? undefined : 'the SDK is tried in Node and in one browser',
    async run() {
      if (sdkApi) signedIn(await signIn({ ...at(pools.plain), api: sdkApi(pools.plain) }, user))
    },
  }
  return NAMES.map((name): Case => ({ name, run: runs[name] })).concat(sdkCase)
}

async function newPassword(client: AppClient, { username, password }: Pools): Promise<void> {
  const step = await signIn(client, { username, password })
  if (step.kind !== 'new-password') throw new Error(`is at ${step.kind}`)
  const later = resume(client, step.save())
  if (later.kind !== 'new-password') throw new Error(`resumes at ${later.kind}`)
  signedIn(await later.answer('Another-Horse-8'))
  signedIn(await signIn(client, { username, password: 'Another-Horse-8' }))
}
