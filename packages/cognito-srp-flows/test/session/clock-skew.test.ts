import { refresh, signIn } from 'cognito-srp-flows'
import { fetchApi } from 'cognito-srp-flows/fetch'
import { memoryStorage, type Session } from 'cognito-srp-flows/session'
import { expect, it } from 'vitest'
import { expectKind } from '../scripted.js'
import { ALICE, CLIENT_ID, emulated, overTransports, POOL_ID, start } from '../transports.js'
import { clientOf, jwt, rotatingService, SIGN_IN, sessionOf } from './support.js'

const NOON = Date.parse('2026-11-28T12:00:00Z')
const HOUR = 3600

const claimsOf = (token: string) => JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString())

overTransports('a session on a device whose clock is wrong', (transport) => {
  it.each([-HOUR, HOUR])('by %i s refreshes at the right time', async (off) => {
    let clock = NOON
    const { client } = await start(
      transport,
      { users: [ALICE], clock: () => new Date(clock) },
      { now: () => new Date(clock + off * 1000) },
    )
    const session = sessionOf(client, memoryStorage())
    const accessToken = async (of: Session = session) => (await of.tokens())?.accessToken
    await session.signIn(ALICE)
    for (let round = 0; round < 2; round++) {
      const first = await accessToken()
      clock += (HOUR - 123) * 1000
      expect(await accessToken()).toBe(first)
      clock += 4000
      const second = await accessToken()
      expect(second).toMatch(/^[\w-]+\.[\w-]+\.[\w-]*$/)
      expect(second).not.toBe(first)
    }
  })
})

it('the Date of a reply and iat of its tokens are the same second: a session needs one of them', async () => {
  const pool = await emulated({ users: [{ ...ALICE, mfa: { sms: true } }], mfa: 'OPTIONAL' })
  const seen: number[] = []
  const api = fetchApi({
    endpoint: pool.url,
    async fetch(url, init) {
      const response = await fetch(url, init)
      const { AuthenticationResult: result } = (await response.clone().json()) as {
        AuthenticationResult?: { AccessToken: string; IdToken: string }
      }
      if (result) {
        const date = Date.parse(response.headers.get('date') ?? '')
        for (const token of [result.AccessToken, result.IdToken]) seen.push(date / 1000 - claimsOf(token).iat)
      }
      return response
    },
  })
  const client = { api, userPoolId: POOL_ID, clientId: CLIENT_ID }
  const step = expectKind(await signIn(client, ALICE), 'code')
  const { code = '' } = pool.emulator.outbox.messages.at(-1) ?? {}
  const { tokens } = expectKind(await step.answer(code), 'signed-in')
  const { refreshToken = '' } = tokens
  await refresh(client, { refreshToken })
  await refresh(client, { refreshToken, username: ALICE.username, flow: 'REFRESH_TOKEN_AUTH' })
  await pool.close()
  expect(seen).toHaveLength(6)
  for (const difference of seen) expect(Math.abs(difference)).toBeLessThanOrEqual(1)
})

it.each(['sign-in', 'code', 'refresh'])('a device that sleeps before it reads the answer: %s', async (when) => {
  let clock = NOON
  let asleep = 0
  const service = rotatingService(() => clock)
  const call = async (...request: Parameters<typeof service.api.call>) => {
    const reply = await service.api.call(...request)
    clock += asleep * 1000
    return reply
  }
  const session = sessionOf(
    clientOf({ call }, () => clock),
    memoryStorage(),
  )
  const sleeping = async <T>(work: () => Promise<T>) => {
    asleep = 3000
    const done = await work()
    asleep = 0
    return done
  }
  if (when === 'code') {
    const step = expectKind(await session.signIn({ ...SIGN_IN, password: 'code-wanted' }), 'code')
    await sleeping(() => step.answer('123456'))
  } else if (when === 'sign-in') {
    await sleeping(() => session.signIn(SIGN_IN))
  } else {
    await session.signIn(SIGN_IN)
    await sleeping(() => session.tokens({ refresh: true }))
  }
  expect(await session.tokens({ refresh: false })).toMatchObject({ tokenType: 'Bearer', expiresIn: HOUR })
  clock += 601_000
  expect(await session.tokens({ refresh: false })).toBeUndefined()
})

it.each([-HOUR, HOUR])(
  'tokens that say nothing of their time last as long as the reply says, by a clock %i s off',
  async (off) => {
    let clock = NOON + off * 1000
    const AuthenticationResult = {
      AccessToken: jwt({ username: 'alice' }),
      IdToken: jwt({}),
      RefreshToken: 'r',
      ExpiresIn: HOUR,
      TokenType: 'Bearer',
    }
    const session = sessionOf(
      clientOf({ call: async () => ({ AuthenticationResult }) }, () => clock),
      memoryStorage(),
    )
    await session.signIn(SIGN_IN)
    clock += (HOUR - 1) * 1000
    expect(await session.tokens({ refresh: false })).toMatchObject({ tokenType: 'Bearer', expiresIn: HOUR })
    clock += 2000
    expect(await session.tokens({ refresh: false })).toBeUndefined()
  },
)
