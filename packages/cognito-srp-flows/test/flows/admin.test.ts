import { type Flow, signIn } from 'cognito-srp-flows'
import { describe, expect, it } from 'vitest'
import { expectSignedIn } from '../scripted.js'
import { ALICE, start } from '../transports.js'

describe('adminSdkApi', () => {
  it.each<Flow>(['ADMIN_NO_SRP_AUTH', 'ADMIN_USER_PASSWORD_AUTH', 'USER_SRP_AUTH'])(
    '%s goes through AdminInitiateAuth, signed, with the pool id',
    async (flow) => {
      const { client, emulator } = await start('adminSdkApi', { users: [ALICE] }, { clientSecret: 's' })
      const operations = new Set<string>()
      const pools = new Set<unknown>()
      emulator.onExchange(({ operation, request }) => {
        operations.add(operation)
        pools.add(request.UserPoolId)
      })
      expectSignedIn(await signIn(client, { ...ALICE, flow }))
      expect([...operations][0]).toBe('AdminInitiateAuth')
      expect([...operations].every((name) => name.startsWith('Admin'))).toBe(true)
      expect([...pools]).toEqual([client.userPoolId])
    },
  )

  it('sends userContextData as ContextData', async () => {
    const { client, emulator } = await start('adminSdkApi', { users: [ALICE] })
    const requests: unknown[] = []
    emulator.onExchange(({ request }) => requests.push(request))
    const userContextData = {
      IpAddress: '192.0.2.1',
      ServerName: 'example.com',
      ServerPath: '/login',
      HttpHeaders: [{ headerName: 'User-Agent', headerValue: 'test' }],
      EncodedData: 'data',
    }
    expectSignedIn(await signIn(client, { ...ALICE, userContextData }))
    expect(requests).toHaveLength(2)
    for (const request of requests) {
      expect(request).toMatchObject({ ContextData: userContextData })
      expect(request).not.toHaveProperty('UserContextData')
    }
  })
})
