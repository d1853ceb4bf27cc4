import { deviceStore, forgetDevice, signIn } from 'cognito-srp-flows'
import { type FetchLike, fetchApi } from 'cognito-srp-flows/fetch'
import { attemptLater, jsonOf, listOf, must, type Target, textOf } from 'srp6a-tools/fuzz/target.js'
import { clientWith, isFlowError, isRefusal, TOKENS } from './pool.js'

const key = (name: string) => `cognito-srp-flows/us-east-1_AbCdEfGhI/${name}`
const record = JSON.stringify({ deviceKey: 'k', deviceGroupKey: 'g', devicePassword: 'p' })
const pointer = (username: string) => JSON.stringify({ username })
const token = (payload: string) => `x.${Buffer.from(payload).toString('base64url')}.x`

/** Records in the store under `ada` and `ada@example.com`, and an access token, all written by someone else. */
const deviceRecord: Target = {
  name: 'device-record',
  files: ['packages/cognito-srp-flows/src/devices/record.ts', 'packages/cognito-srp-flows/src/base64url.ts'],
  seeds: [
    JSON.stringify([record, null, token('{"username":"ada"}')]),
    JSON.stringify([record, pointer('ada'), token('{"username":"ada@example.com"}')]),
    JSON.stringify([null, record, token('{"username":1}')]),
  ],
  dictionary: [
    'deviceKey',
    'username',
    record,
    pointer('ada'),
    pointer('ada@example.com'),
    token('{"username":"ada"}'),
  ],
  limit: 100,
  async run(input) {
    const [mine, aliased, accessToken] = listOf(input)
    const stored = new Map<string, string>()
    if (typeof mine === 'string') stored.set(key('ada'), mine)
    if (typeof aliased === 'string') stored.set(key('ada@example.com'), aliased)
    let reads = 0
    const devices = deviceStore({
      async get(name) {
        must(++reads < 20, 'it reads the store without end')
        return stored.get(name)
      },
      set: async (name, value) => stored.set(name, value),
      remove: async (name) => stored.delete(name),
    })
    let sent: unknown
    const call = async (_: string, request: Record<string, unknown>) => {
      sent = (request.AuthParameters as Record<string, unknown> | undefined)?.DEVICE_KEY ?? sent
      return { AuthenticationResult: TOKENS }
    }
    const client = clientWith({ call }, { devices })
    for (const username of ['ada', 'ada@example.com']) {
      sent = undefined
      reads = 0
      await attemptLater(() => signIn(client, { username, password: 'p', flow: 'USER_PASSWORD_AUTH' }), isRefusal)
      if (sent === undefined) continue
      const whole = [...stored.values()].some((value) => {
        const { deviceKey, deviceGroupKey, devicePassword } = (jsonOf(Buffer.from(value)) ?? {}) as Record<
          string,
          unknown
        >
        return deviceKey === sent && typeof deviceGroupKey === 'string' && typeof devicePassword === 'string'
      })
      must(whole, 'a device key was sent that no whole record has')
    }
    reads = 0
    if (typeof accessToken === 'string' && accessToken) await forgetDevice(client, { accessToken, deviceKey: 'k' })
  },
}

/** Status, headers and body of an HTTP reply: the first two lines and the rest. */
const http: Target = {
  name: 'http-reply',
  files: ['packages/cognito-srp-flows/src/fetch.ts'],
  seeds: [
    '200\n\n{"Session":"s"}',
    '400\n\n{"__type":"com.amazonaws#NotAuthorizedException","message":"m"}',
    '400\nUserNotFoundException:http://internal/\n',
    '503\n\n<html>',
    '307\n\n',
    '429\n\n{"__type":"TooManyRequestsException"}',
  ],
  dictionary: ['__type', 'Message', 'message', 'Exception', '#', ':', '200', '500'],
  limit: 100,
  async run(input) {
    const [status = '', type = '', ...rest] = textOf(input).split('\n')
    const answered = Number.parseInt(status, 10) || 0
    let waited = 0
    const fetch: FetchLike = async () => ({
      status: answered,
      headers: { get: (name) => (name === 'retry-after' ? type : type || null) },
      text: async () => rest.join('\n'),
    })
    const wait = async (milliseconds: number) => {
      must(milliseconds >= 0 && milliseconds <= 20_000, `it waits ${milliseconds} ms`)
      must(++waited < 3, 'it goes on trying')
    }
    const api = fetchApi({ endpoint: 'http://127.0.0.1/', fetch, timeout: 0, wait })
    // 0 is what a browser says of a redirect that is not followed.
    const redirected = answered === 0 || (answered >= 300 && answered < 400)
    const documented = (error: unknown) =>
      isFlowError(error, 'bad-reply') ||
      (redirected && isFlowError(error, 'network')) ||
      (error instanceof Error && '$fault' in error && error.name !== '')
    const reply = await attemptLater(() => api.call('InitiateAuth', {}), documented)
    if (reply !== undefined) must(typeof reply === 'object' && reply !== null, 'a reply that is no object')
  },
}

export const storageTargets: readonly Target[] = [deviceRecord, http]
