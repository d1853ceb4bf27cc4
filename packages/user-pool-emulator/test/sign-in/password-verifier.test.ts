import { describe, expect, it, vi } from 'vitest'
import { CLIENT_ID, PASSWORD, start } from '../support/pool.js'
import { srpAnswer, srpSignIn } from '../support/sign-in.js'
import { INVALID_SESSION, outcome, refusal, WRONG } from '../support/wire.js'

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
      { USERNAME: 'no-such-user' },
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
    // The library writes the weekday that the day has; so its source of weekdays errs for as long as it signs.
    const weekday = vi.spyOn(Date.prototype, 'toUTCString').mockReturnValue('Sun, 05 Mar 2026 10:20:30 GMT')
    const { first: _, ...bent } = await srpAnswer(running, { username: 'alice', password: PASSWORD })
    weekday.mockRestore()
    expect(bent.ChallengeResponses.TIMESTAMP).toBe('Sun Mar 5 10:20:30 UTC 2026')
    expect(outcome(await running.call('RespondToAuthChallenge', bent))).toEqual(WRONG)
    const { first: __, ...answer } = await srpAnswer(running, { username: 'alice', password: PASSWORD })
    expect(answer.ChallengeResponses.TIMESTAMP).toBe('Thu Mar 5 10:20:30 UTC 2026')
    expect((await running.call('RespondToAuthChallenge', answer)).status).toBe(200)
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
    expect(
      outcome(await running.call('RespondToAuthChallenge', { ...answer, Session: 'a session that is made up' })),
    ).toEqual(INVALID_SESSION)
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
