import { createUserPool, serve } from 'cognito-user-pool-emulator'
import { describe, expect, it } from 'vitest'
import { CLIENT_ID, PASSWORD, start, testKey } from '../support/pool.js'

const clients = [{ clientId: CLIENT_ID }]

describe('createUserPool refuses, by name,', () => {
  it.each([
    [undefined, TypeError, 'the pool must be an object, not undefined'],
    [[], TypeError, 'the pool must be an object, not a list'],
    [{}, TypeError, 'clients is missing'],
    [{ clients: {} }, TypeError, 'clients must be a list, not an object'],
    [{ clients: [{}] }, TypeError, 'clients[0].clientId is missing'],
    [{ clients: [{ clientId: 5 }] }, TypeError, 'clients[0].clientId must be a string, not 5'],
    [{ clients: [{ clientId: 'a b' }] }, RangeError, 'clients[0].clientId must be letters'],
    [{ clients: [...clients, ...clients] }, RangeError, 'clients[1].clientId "web" occurs twice'],
    [{ clients, id: 'nopool' }, RangeError, 'id must be <region>_<name>, as in \'us-east-1_Emulator0\', not "nopool"'],
    [{ clients, user: [] }, TypeError, 'user is not a known setting; known here: id, name, clients, users'],
    [{ clients, users: [{ username: 'a', pasword: 'x' }] }, TypeError, 'users[0].pasword is not a known setting'],
    [{ clients, users: [{ username: '' }] }, RangeError, 'users[0].username must be 1 to 128 characters'],
    [
      { clients, users: [{ username: 'a b', password: 'x' }] },
      RangeError,
      'users[0].username must not contain white space',
    ],
    [{ clients, users: [{ password: 5 }] }, TypeError, 'users[0].password must be a string'],
    [{ clients, users: [{ password: '' }] }, RangeError, 'users[0].password must not be empty'],
    [{ clients, users: [{ salt: 'ab' }] }, TypeError, 'users[0] needs both salt and verifier'],
    [{ clients, users: [{ salt: 'xyz', password: 'x' }] }, RangeError, 'users[0].salt must be hexadecimal digits'],
    [
      { clients, users: [{ attributes: { mail: 'x' } }] },
      RangeError,
      'the name users[0].attributes.mail must be a standard attribute',
    ],
    [{ clients, users: [{ username: 'a' }, { username: 'A' }] }, RangeError, 'users[1]: User already exists'],
    [
      { clients, users: [{ status: 'FORCE_CHANGE_PASSWORD' }] },
      TypeError,
      'users[0] must change its password, but has none',
    ],
    [
      { clients, users: [{ mfa: { sms: true, preferred: 'EMAIL_OTP' } }] },
      RangeError,
      'users[0].mfa.preferred must be a method that is on: EMAIL_OTP needs users[0].mfa.email',
    ],
    [
      { clients, users: [{ mfa: { sms: false, preferred: 'SMS_MFA' } }] },
      RangeError,
      'users[0].mfa.preferred must be a method that is on: SMS_MFA needs users[0].mfa.sms',
    ],
    [
      { clients, users: [{}, { mfa: { totpName: 'phone', preferred: 'SOFTWARE_TOKEN_MFA' } }] },
      RangeError,
      'users[1].mfa.preferred must be a method that is on: SOFTWARE_TOKEN_MFA needs users[1].mfa.totpSecret',
    ],
    [
      { clients, deviceTracking: 'sometimes' },
      RangeError,
      'deviceTracking must be one of off, opt-in, always, not "sometimes"',
    ],
    [{ clients, mfa: { mode: 'ON', methods: ['FAX'] } }, RangeError, 'mfa.methods[0] must be one of'],
    [{ clients, triggers: { preSignUp: 'x' } }, TypeError, 'triggers.preSignUp must be a function, not "x"'],
    [{ clients, clock: 5 }, TypeError, 'clock must be a function'],
    [
      { clients: [{ clientId: 'a', lifetimes: { session: 10 } }] },
      RangeError,
      'clients[0].lifetimes.session must be a whole number from 180 to 900, not 10',
    ],
  ])('%j', (options, kind, message) => {
    const create = () => createUserPool(options as never)
    expect(create).toThrow(kind)
    expect(create).toThrow(message)
  })

  it('a password, without showing it', () => {
    const create = () => createUserPool({ clients, users: [{ password: ['hunter2'] }] } as never)
    expect(create).toThrow(TypeError)
    expect(create).not.toThrow('hunter2')
  })
})

describe('serve', () => {
  it('refuses an invalid port, and rejects with EADDRINUSE for one that is taken', async () => {
    const pool = createUserPool({ clients })
    expect(() => serve(pool, { port: 70_000 })).toThrow('port must be a whole number from 0 to 65535, not 70000')
    const { server } = await start()
    await expect(serve(pool, { port: server.port })).rejects.toMatchObject({ code: 'EADDRINUSE' })
    expect(server.url).toBe(`http://127.0.0.1:${server.port}`)
  })
})

describe('handle', () => {
  it('answers without a server', async () => {
    const pool = createUserPool({ clients, signingKey: await testKey() })
    const reply = await pool.handle(
      new Request('http://pool.test/us-east-1_Emulator0/.well-known/openid-configuration'),
    )
    expect(await reply.json()).toMatchObject({ issuer: 'http://pool.test/us-east-1_Emulator0' })
  })

  it('repeats itself byte for byte when the random source does', async () => {
    const run = async (): Promise<unknown> => {
      let counter = 0
      const random = (length: number): Uint8Array =>
        Uint8Array.from({ length }, () => (counter = (counter * 5 + 7) % 251))
      const pool = createUserPool({ clients, users: [{ username: 'alice', password: PASSWORD }], random })
      const reply = await pool.handle(
        new Request('http://pool.test/', {
          method: 'POST',
          headers: { 'x-amz-target': 'AWSCognitoIdentityProviderService.InitiateAuth' },
          body: JSON.stringify({
            AuthFlow: 'USER_SRP_AUTH',
            ClientId: CLIENT_ID,
            AuthParameters: { USERNAME: 'alice', SRP_A: '2' },
          }),
        }),
      )
      return reply.json()
    }
    const first = await run()
    expect(first).toMatchObject({ ChallengeName: 'PASSWORD_VERIFIER' })
    expect(await run()).toEqual(first)
  })
})
