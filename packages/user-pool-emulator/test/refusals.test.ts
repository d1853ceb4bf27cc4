import { describe, expect, it } from 'vitest'
import {
  CLIENT_ID,
  hashFor,
  outcome,
  PASSWORD,
  POOL_ID,
  passwordSignIn,
  post,
  refusal,
  SECRET_CLIENT,
  SIGNED,
  srpAnswer,
  srpSignIn,
  start,
} from './support.js'

const N =
  'FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74020BBEA63B139B22514A08798E3404DDEF9519B3CD3A431B302B0A6DF25F14374FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406B7EDEE386BFB5A899FA5AE9F24117C4B1FE649286651ECE45B3DC2007CB8A163BF0598DA48361C55D39A69163FA8FD24CF5F83655D23DCA3AD961C62F356208552BB9ED529077096966D670C354E4ABC9804F1746C08CA18217C32905E462E36CE3BE39E772C180E86039B2783A2EC07A28FB5C55DF06F4C52C9DE2BCBF6955817183995497CEA956AE515D2261898FA051015728E5A8AAAC42DAD33170D04507A33A85521ABDF1CBA64ECFB850458DBEF0A8AEA71575D060C7DB3970F85A6E1E4C7ABF5AE8CDB0933D71E8C94E04A25619DCEE3D2261AD2EE6BF12FFA06D98A0864D87602733EC86A64521F2B18177B200CBBE117577A615D6C770988C0BAD946E208E24FA074E5AB3143DB5BFCE0FD108E4B82D120A93AD2CAFFFFFFFFFFFFFFFF'

const WRONG = refusal('NotAuthorizedException', 'Incorrect username or password.')
const INVALID_SESSION = refusal('NotAuthorizedException', 'Invalid session for the user.')
const srp = (
  call: Awaited<ReturnType<typeof start>>['call'],
  parameters: Record<string, string>,
  ClientId = CLIENT_ID,
) => call('InitiateAuth', { AuthFlow: 'USER_SRP_AUTH', ClientId, AuthParameters: parameters }).then(outcome)

describe('the shape of a refusal', () => {
  it('has the exception in the body and in the headers', async () => {
    const { call } = await start()
    const reply = await call('InitiateAuth', {
      AuthFlow: 'USER_PASSWORD_AUTH',
      ClientId: CLIENT_ID,
      AuthParameters: { USERNAME: 'alice', PASSWORD: 'wrong' },
    })
    expect(outcome(reply)).toEqual(WRONG)
    expect(reply.headers.get('x-amzn-errortype')).toBe('NotAuthorizedException:')
    expect(reply.headers.get('x-amzn-errormessage')).toBe('Incorrect username or password.')
    expect(reply.headers.get('content-type')).toBe('application/x-amz-json-1.1')
    expect(reply.headers.get('x-amzn-requestid')).toMatch(/^[0-9a-f-]{36}$/)
    expect(reply.headers.get('access-control-allow-origin')).toBe('*')
  })

  it('answers a browser’s preflight with the headers that the service allows and exposes', async () => {
    const { server } = await start()
    const reply = await fetch(server.url, { method: 'OPTIONS' })
    expect(reply.status).toBe(204)
    expect(reply.headers.get('access-control-allow-headers')).toBe(
      'content-type, x-amz-target, x-amz-user-agent, amz-sdk-invocation-id, amz-sdk-request, cache-control',
    )
    expect(reply.headers.get('access-control-allow-origin')).toBe('*')
    const post = await fetch(server.url, { method: 'POST', body: '{}' })
    expect(post.headers.get('access-control-expose-headers')).toBe(
      'x-amzn-RequestId, x-amzn-ErrorType, x-amzn-ErrorMessage, Date',
    )
  })

  it('names what is wrong with a request that is none', async () => {
    const { call, server } = await start({ maximumBodyBytes: 2048 })
    expect(await call('NoSuchThing', {})).toMatchObject({ status: 400, body: { __type: 'UnknownOperationException' } })
    expect(await call('__proto__', {})).toMatchObject({ status: 400, body: { __type: 'UnknownOperationException' } })
    for (const body of ['{', '[]', 'null', '"text"', '{"ClientId": 5, "AuthFlow": "USER_SRP_AUTH"}']) {
      expect(await call('InitiateAuth', body)).toMatchObject({
        status: 400,
        body: { __type: 'SerializationException' },
      })
    }
    expect(
      await call('InitiateAuth', { ClientId: CLIENT_ID, AuthFlow: 'USER_SRP_AUTH', AuthParameters: { A: 1 } }),
    ).toMatchObject({ status: 400, body: { __type: 'SerializationException' } })
    expect(await call('InitiateAuth', { pad: 'x'.repeat(4096) })).toMatchObject({
      status: 413,
      body: { __type: 'RequestEntityTooLargeException' },
    })
    expect((await fetch(`${server.url}/nothing/here`)).status).toBe(404)
    expect((await fetch(`${server.url}/${POOL_ID}/.well-known/other`)).status).toBe(404)
    expect((await fetch(server.url, { method: 'DELETE' })).status).toBe(404)
  })

  it('keeps to its own address, whatever Host or the request target say', async () => {
    const { server } = await start()
    const { request } = await import('node:http')
    const path = `/${POOL_ID}/.well-known/openid-configuration`
    const get = (target: string): Promise<string> =>
      new Promise((resolve, reject) => {
        const sent = request({ port: server.port, host: '127.0.0.1', path: target, headers: { host: 'evil.example' } })
        sent.on('error', reject)
        sent.on('response', (reply) => {
          let text = ''
          reply.on('data', (data) => {
            text += data
          })
          reply.on('end', () => resolve(`${reply.statusCode} ${text}`))
        })
        sent.end()
      })
    expect(await get(path)).toContain(`"issuer":"${server.url}/${POOL_ID}"`)
    expect(await get(`${path}?query`)).toContain(`"issuer":"${server.url}/${POOL_ID}"`)
    for (const target of [`http://evil.example${path}`, `//evil.example${path}`, '/%E0%A4%A', '/..//x']) {
      expect(await get(target)).not.toContain('evil')
    }
    expect(await get('/%E0%A4%A')).toMatch(/^404 /)
  })

  it('survives a connection that is cut in the middle of a body', async () => {
    const running = await start()
    const { connect } = await import('node:net')
    await new Promise<void>((resolve) => {
      const socket = connect(running.server.port, '127.0.0.1', () => {
        socket.write('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{"a"', () => socket.destroy())
      })
      socket.on('close', () => resolve())
    })
    expect((await srpSignIn(running)).status).toBe(200)
  })
})

describe('InitiateAuth refuses', () => {
  it.each([
    ['no flow', { ClientId: CLIENT_ID }, /'authFlow' failed to satisfy constraint: Member must not be null/],
    ['an unknown flow', { ClientId: CLIENT_ID, AuthFlow: 'X' }, /Value 'X' at 'authFlow' .* enum value set/],
    ['no client', { AuthFlow: 'USER_SRP_AUTH' }, /'clientId' failed to satisfy constraint: Member must not be null/],
    [
      'no SRP_A',
      { ClientId: CLIENT_ID, AuthFlow: 'USER_SRP_AUTH', AuthParameters: { USERNAME: 'alice' } },
      'Missing required parameter SRP_A',
    ],
    [
      'no USERNAME',
      { ClientId: CLIENT_ID, AuthFlow: 'USER_SRP_AUTH', AuthParameters: { SRP_A: '2' } },
      'Missing required parameter USERNAME',
    ],
    [
      'no PASSWORD',
      { ClientId: CLIENT_ID, AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters: { USERNAME: 'alice' } },
      'Missing required parameter PASSWORD',
    ],
    [
      'no REFRESH_TOKEN',
      { ClientId: CLIENT_ID, AuthFlow: 'REFRESH_TOKEN_AUTH' },
      'Missing required parameter REFRESH_TOKEN',
    ],
    [
      'an admin flow',
      { ClientId: CLIENT_ID, AuthFlow: 'ADMIN_USER_PASSWORD_AUTH', AuthParameters: {} },
      'Initiate Auth method not supported.',
    ],
  ])('%s', async (_, body, message) => {
    const { call } = await start()
    const reply = await call('InitiateAuth', body)
    expect(reply).toMatchObject({ status: 400, body: { __type: 'InvalidParameterException' } })
    expect(reply.body.message).toMatch(message)
  })

  it('an unknown client', async () => {
    const { call } = await start()
    expect(await srp(call, { USERNAME: 'alice', SRP_A: '2' }, 'nobody')).toEqual(
      refusal('ResourceNotFoundException', 'User pool client nobody does not exist.'),
    )
  })

  it('an SRP_A that is zero modulo N, not hex, or too long', async () => {
    const { call } = await start()
    const twice = (BigInt(`0x${N}`) * 2n).toString(16)
    for (const SRP_A of ['0', '000', N, N.toLowerCase(), twice, 'xyz', '-2', '0x2', 'f'.repeat(100_000)]) {
      expect(await srp(call, { USERNAME: 'alice', SRP_A })).toEqual(
        refusal('InvalidParameterException', 'Invalid SRP_A'),
      )
    }
    expect(await srp(call, { USERNAME: 'alice', SRP_A: '02' })).toMatchObject({ status: 200 })
  })

  it('flows that the client does not allow', async () => {
    const { call } = await start({ clients: [{ clientId: CLIENT_ID, explicitAuthFlows: [] }] })
    const AuthParameters = { USERNAME: 'alice', SRP_A: '2', PASSWORD, REFRESH_TOKEN: 'x' }
    const initiate = (AuthFlow: string) =>
      call('InitiateAuth', { AuthFlow, ClientId: CLIENT_ID, AuthParameters }).then(outcome)
    expect(await initiate('USER_SRP_AUTH')).toEqual(
      refusal('InvalidParameterException', 'USER_SRP_AUTH is not enabled for the client.'),
    )
    expect(await initiate('USER_PASSWORD_AUTH')).toEqual(
      refusal('InvalidParameterException', 'USER_PASSWORD_AUTH flow not enabled for this client'),
    )
    expect(await initiate('REFRESH_TOKEN_AUTH')).toMatchObject({ status: 400 })
    const admin = await call(
      'AdminInitiateAuth',
      { AuthFlow: 'ADMIN_USER_PASSWORD_AUTH', ClientId: CLIENT_ID, UserPoolId: POOL_ID, AuthParameters },
      SIGNED,
    )
    expect(outcome(admin)).toEqual(refusal('NotAuthorizedException', 'Auth flow not enabled for this client'))
  })

  it('a missing and a wrong SECRET_HASH, and one for a client without a secret', async () => {
    const { call } = await start()
    const { clientId } = SECRET_CLIENT
    const parameters = { USERNAME: 'alice@example.com', SRP_A: '2' }
    expect(await srp(call, parameters, clientId)).toEqual(
      refusal(
        'NotAuthorizedException',
        `Client ${clientId} is configured with secret but SECRET_HASH was not received`,
      ),
    )
    const wrong = refusal('NotAuthorizedException', `Unable to verify secret hash for client ${clientId}`)
    for (const SECRET_HASH of ['AAAA', '', hashFor('alice'), hashFor('Alice@example.com')]) {
      expect(await srp(call, { ...parameters, SECRET_HASH }, clientId)).toEqual(wrong)
    }
    expect(await srp(call, { ...parameters, SECRET_HASH: hashFor('alice@example.com') }, clientId)).toMatchObject({
      status: 200,
    })
    expect(await srp(call, { ...parameters, SECRET_HASH: 'AAAA' })).toMatchObject({ status: 400 })
  })

  it('admin calls without a signature, and of another pool', async () => {
    const { call } = await start()
    const body = {
      AuthFlow: 'ADMIN_USER_PASSWORD_AUTH',
      ClientId: CLIENT_ID,
      UserPoolId: POOL_ID,
      AuthParameters: { USERNAME: 'alice', PASSWORD },
    }
    expect(outcome(await call('AdminInitiateAuth', body))).toEqual(
      refusal('MissingAuthenticationTokenException', 'Missing Authentication Token'),
    )
    expect((await call('AdminInitiateAuth', body, SIGNED)).body.AuthenticationResult.IdToken).toBeTruthy()
    expect(await call('AdminInitiateAuth', { ...body, UserPoolId: 'us-east-1_Other' }, SIGNED)).toMatchObject({
      status: 400,
      body: { __type: 'ResourceNotFoundException' },
    })
  })
})

describe('PASSWORD_VERIFIER refuses', () => {
  it('each missing parameter by name', async () => {
    const running = await start()
    const { first: _, ...answer } = await srpAnswer(running, { username: 'alice', password: PASSWORD })
    for (const name of ['USERNAME', 'PASSWORD_CLAIM_SIGNATURE', 'PASSWORD_CLAIM_SECRET_BLOCK', 'TIMESTAMP']) {
      const { [name]: __, ...rest } = answer.ChallengeResponses
      expect(outcome(await running.call('RespondToAuthChallenge', { ...answer, ChallengeResponses: rest }))).toEqual(
        refusal('InvalidParameterException', `Missing required parameter ${name}`),
      )
    }
    expect((await running.call('RespondToAuthChallenge', answer)).status).toBe(200)
  })

  it('a signature over the alias instead of USER_ID_FOR_SRP', async () => {
    const running = await start()
    const username = 'alice@example.com'
    expect(outcome(await srpSignIn(running, { username, userId: username }))).toEqual(WRONG)
    expect((await srpSignIn(running, { username })).status).toBe(200)
  })

  it('bent signatures, blocks and names', async () => {
    const running = await start({
      users: [
        { username: 'alice', password: PASSWORD },
        { username: 'bob', password: PASSWORD },
      ],
    })
    const { first: _, ...answer } = await srpAnswer(running, { username: 'alice', password: PASSWORD })
    const good = answer.ChallengeResponses
    const other = (await srpAnswer(running, { username: 'alice', password: PASSWORD })).ChallengeResponses
    const respond = (responses: Record<string, string>) =>
      running.call('RespondToAuthChallenge', { ...answer, ChallengeResponses: { ...good, ...responses } })
    const signature = good.PASSWORD_CLAIM_SIGNATURE ?? ''
    for (const responses of [
      { PASSWORD_CLAIM_SIGNATURE: 'AAAA' },
      { PASSWORD_CLAIM_SIGNATURE: '!!! not base64' },
      { PASSWORD_CLAIM_SIGNATURE: `${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}` },
      { PASSWORD_CLAIM_SECRET_BLOCK: other.PASSWORD_CLAIM_SECRET_BLOCK ?? '' },
      { PASSWORD_CLAIM_SECRET_BLOCK: 'AAAA' },
      { USERNAME: 'bob' },
      { USERNAME: 'nobody' },
      { TIMESTAMP: 'Thu Mar 5 10:20:31 UTC 2026' },
    ]) {
      expect(outcome(await respond(responses)), JSON.stringify(responses)).toEqual(WRONG)
      running.clock.now = new Date(running.clock.now.getTime() + 20_000)
    }
    expect((await respond({})).status).toBe(200)
  })

  it('timestamps: unreadable ones by their format, uncanonical ones as a wrong password', async () => {
    const running = await start()
    const { first: _, ...answer } = await srpAnswer(running, { username: 'alice', password: PASSWORD })
    const respond = (TIMESTAMP: string) =>
      running
        .call('RespondToAuthChallenge', { ...answer, ChallengeResponses: { ...answer.ChallengeResponses, TIMESTAMP } })
        .then(outcome)
    const format = refusal(
      'InvalidParameterException',
      'TIMESTAMP format should be EEE MMM d HH:mm:ss z yyyy in english.',
    )
    for (const text of [
      'now',
      '2026-03-05T10:20:30Z',
      'jeu. mars 5 10:20:30 UTC 2026',
      'Thu Mrz 5 10:20:30 UTC 2026',
    ]) {
      expect(await respond(text)).toEqual(format)
    }
    for (const text of ['Thu Mar 05 10:20:30 UTC 2026', 'Fri Mar 5 10:20:30 UTC 2026', 'Thu Mar 5 10:20:30 GMT 2026']) {
      expect(await respond(text)).toEqual(WRONG)
    }
    expect((await running.call('RespondToAuthChallenge', answer)).status).toBe(200)
  })

  it('a timestamp with a wrong weekday even when the signature is over it', async () => {
    const running = await start()
    const sign = async (now: Date): Promise<object> => {
      const { first: _, ...answer } = await srpAnswer(running, { username: 'alice', password: PASSWORD, now })
      const reply = await running.call('RespondToAuthChallenge', answer)
      return { timestamp: answer.ChallengeResponses.TIMESTAMP, status: reply.status }
    }
    const sunday = Object.assign(new Date('2026-03-05T10:20:30Z'), { getUTCDay: () => 0 })
    expect(await sign(sunday)).toEqual({ timestamp: 'Sun Mar 5 10:20:30 UTC 2026', status: 400 })
    expect(await sign(new Date(sunday))).toEqual({ timestamp: 'Thu Mar 5 10:20:30 UTC 2026', status: 200 })
  })

  it('an exchange that has run out, with the clock of the pool', async () => {
    const running = await start()
    const { first: _, ...answer } = await srpAnswer(running, { username: 'alice', password: PASSWORD })
    running.clock.now = new Date(running.clock.now.getTime() + 179_999)
    expect((await running.call('RespondToAuthChallenge', answer)).status).toBe(200)
    running.clock.now = new Date(running.clock.now.getTime() + 1)
    expect(outcome(await running.call('RespondToAuthChallenge', answer))).toEqual(INVALID_SESSION)
  })

  it('a Session where none was given, another client, an unknown challenge', async () => {
    const running = await start({ clients: [{ clientId: CLIENT_ID }, { clientId: 'other' }] })
    const { first: _, ...answer } = await srpAnswer(running, { username: 'alice', password: PASSWORD })
    expect(outcome(await running.call('RespondToAuthChallenge', { ...answer, Session: 'made up' }))).toEqual(
      INVALID_SESSION,
    )
    expect(outcome(await running.call('RespondToAuthChallenge', { ...answer, ClientId: 'other' }))).toEqual(WRONG)
    expect(await running.call('RespondToAuthChallenge', { ...answer, ChallengeName: 'X' })).toMatchObject({
      status: 400,
      body: { __type: 'InvalidParameterException' },
    })
  })

  it('takes the same signature and secret block twice, as Amazon’s clients send them', async () => {
    const running = await start()
    const { first: _, ...answer } = await srpAnswer(running, { username: 'alice', password: PASSWORD })
    expect((await running.call('RespondToAuthChallenge', answer)).status).toBe(200)
    expect((await running.call('RespondToAuthChallenge', answer)).status).toBe(200)
  })
})

describe('users', () => {
  it('that do not exist look like users: stable UUID and salt, fresh SRP_B, then a wrong password', async () => {
    const running = await start()
    const ask = async (USERNAME: string) =>
      ((await srp(running.call, { USERNAME, SRP_A: '2' })) as { body: { ChallengeParameters: Record<string, string> } })
        .body.ChallengeParameters
    const [first, again, other, real] = [await ask('ghost'), await ask('Ghost'), await ask('ghoul'), await ask('alice')]
    expect(Object.keys(first).sort()).toEqual(Object.keys(real).sort())
    expect(first.USER_ID_FOR_SRP).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
    expect(again.USER_ID_FOR_SRP).toBe(first.USER_ID_FOR_SRP)
    expect(again.SALT).toBe(first.SALT)
    expect(first.SALT).toMatch(/^[1-9a-f][0-9a-f]{20,31}$/)
    expect(again.SRP_B).not.toBe(first.SRP_B)
    expect(first.SRP_B).toMatch(/^[1-9a-f][0-9a-f]{700,767}$/)
    expect(first.SECRET_BLOCK?.length).toBe(real.SECRET_BLOCK?.length)
    expect([other.SALT, other.USER_ID_FOR_SRP]).not.toContain(first.SALT)
    expect(other.USER_ID_FOR_SRP).not.toBe(first.USER_ID_FOR_SRP)
    expect(outcome(await srpSignIn(running, { username: 'ghost' }))).toEqual(WRONG)
    expect(outcome(await passwordSignIn(running, { USERNAME: 'ghost' }))).toEqual(WRONG)
  })

  it('that do not exist are told so by a client of the old kind', async () => {
    const { call } = await start({ clients: [{ clientId: CLIENT_ID, preventUserExistenceErrors: 'LEGACY' }] })
    const unknown = refusal('UserNotFoundException', 'User does not exist.')
    expect(await srp(call, { USERNAME: 'ghost', SRP_A: '2' })).toEqual(unknown)
  })

  it('are locked out after five wrong passwords for 2^(n-5) seconds, whether they exist or not', async () => {
    const running = await start()
    const locked = refusal('NotAuthorizedException', 'Password attempts exceeded')
    const wait = (seconds: number) => {
      running.clock.now = new Date(running.clock.now.getTime() + seconds * 1000)
    }
    for (const username of ['alice', 'ghost']) {
      const wrong = () => srpSignIn(running, { username, password: 'wrong' }).then(outcome)
      for (let i = 0; i < 5; i++) expect(await wrong()).toEqual(WRONG)
      expect(await wrong()).toEqual(locked)
      expect(outcome(await passwordSignIn(running, { USERNAME: username }))).toEqual(locked)
      wait(1)
      expect(await wrong()).toEqual(WRONG)
      wait(1)
      expect(await wrong()).toEqual(locked)
      wait(1)
    }
    expect((await passwordSignIn(running)).status).toBe(200)
    for (let i = 0; i < 4; i++) expect((await passwordSignIn(running, { PASSWORD: 'x' })).status).toBe(400)
    expect((await passwordSignIn(running)).status).toBe(200)
  })

  it('may be refused in spite of the right password, and only after it', async () => {
    const running = await start({
      users: [
        { username: 'off', password: PASSWORD, enabled: false },
        { username: 'new', password: PASSWORD, status: 'UNCONFIRMED' },
        { username: 'reset', password: PASSWORD, status: 'RESET_REQUIRED' },
        { username: 'temporary', password: PASSWORD, status: 'FORCE_CHANGE_PASSWORD' },
      ],
    })
    running.clock.now = new Date(running.clock.now.getTime() + 7 * 86_400_000)
    for (const [username, name, message] of [
      ['off', 'NotAuthorizedException', 'User is disabled.'],
      ['new', 'UserNotConfirmedException', 'User is not confirmed.'],
      ['reset', 'PasswordResetRequiredException', 'Password reset required for the user'],
      ['temporary', 'NotAuthorizedException', 'Temporary password has expired and must be reset by an administrator.'],
    ] as const) {
      expect(outcome(await srpSignIn(running, { username }))).toEqual(refusal(name, message))
      expect(outcome(await srpSignIn(running, { username, password: 'wrong' }))).toEqual(WRONG)
      expect(outcome(await passwordSignIn(running, { USERNAME: username }))).toEqual(refusal(name, message))
    }
  })
})

describe('what the pool keeps', () => {
  it('is salt and verifier, never a password', async () => {
    const running = await start()
    await srpSignIn(running)
    await passwordSignIn(running)
    const text = JSON.stringify(running.pool.snapshot())
    expect(text).toContain('alice@example.com')
    expect(text).not.toContain(PASSWORD)
  })

  it('sends salts with the top bit set and odd-length values as they come', async () => {
    const salts = ['f0'.repeat(16), 'abc', '1', '80'.padEnd(31, '0')]
    const users = salts.map((salt, i) => ({ username: `user${i}`, password: PASSWORD, salt }))
    const running = await start({ users })
    for (const [i, salt] of salts.entries()) {
      const { first, ...answer } = await srpAnswer(running, { username: `user${i}`, password: PASSWORD })
      expect(first.body.ChallengeParameters.SALT).toBe(salt)
      expect((await running.call('RespondToAuthChallenge', answer)).status).toBe(200)
    }
    const lengths = new Set<number>()
    for (let i = 0; i < 400 && lengths.size < 2; i++) {
      const reply = await post(running.server.url, 'InitiateAuth', {
        AuthFlow: 'USER_SRP_AUTH',
        ClientId: CLIENT_ID,
        AuthParameters: { USERNAME: 'user0', SRP_A: '2' },
      })
      lengths.add(reply.body.ChallengeParameters.SRP_B.length % 2)
    }
    expect(lengths).toEqual(new Set([0, 1]))
  })
})
