import { describe, expect, it } from 'vitest'
import { CLIENT_ID, PASSWORD, start } from '../support/pool.js'
import { beginSrp, passwordSignIn, srpAnswer, srpSignIn } from '../support/sign-in.js'
import { outcome, post, refusal, WRONG } from '../support/wire.js'

const srp = (...request: Parameters<typeof beginSrp>) => beginSrp(...request).then(outcome)

describe('users', () => {
  it('that do not exist look like users: stable UUID and salt, fresh SRP_B, then a wrong password', async () => {
    const running = await start()
    const ask = async (USERNAME: string) =>
      ((await srp(running, { USERNAME, SRP_A: '2' })) as { body: { ChallengeParameters: Record<string, string> } }).body
        .ChallengeParameters
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
    expect(await srp({ call }, { USERNAME: 'ghost', SRP_A: '2' })).toEqual(unknown)
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

  it('may be refused in spite of the right password, some whatever it is', async () => {
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
      const wrong = await srpSignIn(running, { username, password: 'wrong' })
      expect(outcome(wrong)).toEqual(name === 'NotAuthorizedException' ? WRONG : refusal(name, message))
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
