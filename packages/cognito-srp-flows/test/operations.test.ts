// `api.call` takes every operation of the service, over each of the three transports.
import * as commands from '@aws-sdk/client-cognito-identity-provider'
import {
  CognitoIdentityProvider,
  CognitoIdentityProviderClient,
  SignUpCommand,
} from '@aws-sdk/client-cognito-identity-provider'
import type { Operation } from 'cognito-srp-flows'
import { fetchApi } from 'cognito-srp-flows/fetch'
import { adminSdkApi, sdkApi } from 'cognito-srp-flows/sdk'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ALICE, CLIENT_ID, emulated, POOL_ID } from './transports.js'

/** Every operation of the installed SDK, as the SDK's own types name them. */
type OfSdk = keyof typeof commands extends infer Name
  ? Name extends `${infer Known}Command`
    ? Exclude<Known, '$'>
    : never
  : never
const OPERATIONS = Object.keys(commands)
  .filter((name) => /^[A-Z]\w*Command$/.test(name))
  .map((name) => name.slice(0, -'Command'.length) as OfSdk)

const configuration = { region: 'us-east-1', endpoint: 'http://127.0.0.1:1', maxAttempts: 1 }
const bare = new CognitoIdentityProviderClient(configuration)
const aggregated = new CognitoIdentityProvider(configuration)

/** Tell whether an operation is signed, by the SDK itself. */
const isSigned = (operation: string) =>
  bare.config
    .httpAuthSchemeProvider({ operation, region: 'us-east-1' })
    .every(({ schemeId }) => schemeId !== 'smithy.api#noAuth')

/** The name of the command that a client was given. */
const recorder = () => {
  const sent: string[] = []
  return {
    sent,
    send: async (command: object) => {
      sent.push(command.constructor.name)
      return {}
    },
  }
}

it('knows each operation of the installed SDK, and no other', () => {
  const ours: Record<Operation, true> = {} as Record<OfSdk, true>
  const theirs: Record<OfSdk, true> = {} as Record<Operation, true>
  expect([ours, theirs]).toEqual([{}, {}])
  expect(OPERATIONS.length).toBeGreaterThan(130)
})

describe('sdkApi', () => {
  it('sends every operation whose command it is given', async () => {
    const client = recorder()
    for (const operation of OPERATIONS) await sdkApi(client, { commands }).call(operation, {})
    expect(client.sent).toEqual(OPERATIONS.map((operation) => `${operation}Command`))
  })

  it('sends every operation over the aggregated client', async () => {
    const sent: string[] = []
    const client = new CognitoIdentityProvider(configuration)
    client.send = (async (command: object) => {
      sent.push(command.constructor.name)
      return {}
    }) as typeof client.send
    for (const operation of OPERATIONS) await sdkApi(client).call(operation, {})
    expect(sent).toEqual(OPERATIONS.map((operation) => `${operation}Command`))
  })

  it('takes the few commands that an app names', async () => {
    const client = recorder()
    const api = sdkApi(client, { commands: { SignUpCommand } })
    await api.call('SignUp', {})
    await expect(api.call('GetUser', {})).rejects.toThrow(
      new RangeError('operation: GetUser needs its command of the SDK, in the option commands: { GetUserCommand }'),
    )
    expect(client.sent).toEqual(['SignUpCommand'])
  })

  it.each([
    'constructor',
    'toString',
    '__proto__',
    'destroy',
    'send',
    'config',
    'Destroy',
    'Send',
    'ToString',
    'PaginateListUsers',
  ])('does not take the property %s for an operation', async (name) => {
    for (const client of [bare, aggregated]) {
      await expect(sdkApi(client, { commands: {} }).call(name, {})).rejects.toThrow(RangeError)
    }
  })

  it.each([null, 'x', 1])('refuses the commands %j', (given) => {
    expect(() => sdkApi(bare, { commands: given as never })).toThrow(/^options\.commands: expected an object/)
  })
})

it('adminSdkApi keeps its own commands for sign-in, and sends the others as they are', async () => {
  const client = recorder()
  const api = adminSdkApi(client, POOL_ID, { commands })
  for (const operation of ['InitiateAuth', 'RespondToAuthChallenge', 'AdminGetUser', 'SignUp'])
    await api.call(operation, {})
  expect(client.sent).toEqual([
    'AdminInitiateAuthCommand',
    'AdminRespondToAuthChallengeCommand',
    'AdminGetUserCommand',
    'SignUpCommand',
  ])
})

describe('fetchApi', () => {
  const sent: string[] = []
  const api = fetchApi({
    region: 'us-east-1',
    fetch: async (_url, { headers }) => {
      sent.push(headers['x-amz-target'] ?? '')
      return new Response('{}')
    },
  })

  it.each(OPERATIONS.filter((operation) => !isSigned(operation)))('sends %s', async (operation) => {
    expect(await api.call(operation, {})).toEqual({})
    expect(sent.at(-1)).toBe(`AWSCognitoIdentityProviderService.${operation}`)
  })

  it.each(OPERATIONS.filter(isSigned))('refuses %s, which takes a signature', async (operation) => {
    await expect(api.call(operation, {})).rejects.toThrow(
      new RangeError(`operation: ${operation} needs a signature: take sdkApi or adminSdkApi`),
    )
  })
})

describe('at an emulated pool', () => {
  let service: Awaited<ReturnType<typeof emulated>>
  beforeAll(async () => {
    service = await emulated({ users: [ALICE] })
  })
  afterAll(() => service.close())

  it.each(['fetchApi', 'sdkApi', 'adminSdkApi'] as const)(
    'signs up, and reads the answer and the exception, over %s',
    async (name) => {
      const client = new CognitoIdentityProviderClient({
        ...configuration,
        endpoint: service.url,
        credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
      })
      const api = {
        fetchApi: () => fetchApi({ endpoint: service.url }),
        sdkApi: () => sdkApi(client, { commands }),
        adminSdkApi: () => adminSdkApi(client, POOL_ID, { commands }),
      }[name]()
      const input = { ClientId: CLIENT_ID, Username: `new-${name}`, Password: 'Correct-horse-7' }
      expect(await api.call('SignUp', input)).toMatchObject({ UserConfirmed: false, UserSub: expect.any(String) })
      await expect(api.call('SignUp', input)).rejects.toMatchObject({ name: 'UsernameExistsException' })
      client.destroy()
    },
  )
})
