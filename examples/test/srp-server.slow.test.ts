// Three processes and Redis under load, one of them killed.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { SignInFailed, signIn } from '../srp-server/client.js'
import { type Fleet, missingRedis, startFleet } from '../srp-server/fleet.js'

const why = missingRedis()
if (why) console.log(`skipped: the sign-in server in several processes, ${why}`)

const PASSWORD = 'correct horse'

describe.skipIf(why).each(['redis', 'sealed'] as const)('three processes, handshakes %s', (handshakes) => {
  let fleet: Fleet
  const url = (i: number): string => fleet.workers[i % fleet.workers.length]?.url ?? ''
  const between = (begin: number, finish: number) => ({ begin: url(begin), finish: url(finish) })
  const status = (promise: Promise<unknown>) =>
    promise.then(
      () => 200,
      (error: unknown) => (error instanceof SignInFailed ? error.status : String(error)),
    )

  beforeAll(async () => {
    fleet = await startFleet({ processes: 3, handshakes })
    for (const name of ['ada', 'grace']) await fleet.addUser(name, PASSWORD)
  }, 120_000)
  afterAll(() => fleet.stop(), 60_000)

  it('sign in a user who knows the password, with any process answering', async () => {
    for (const [begin, finish] of [
      [0, 0],
      [0, 1],
      [1, 2],
      [2, 0],
    ] as const) {
      const { username, sessionKey } = await signIn(between(begin, finish), { username: 'ada', password: PASSWORD })
      expect([username, sessionKey.length]).toEqual(['ada', 32])
    }
    expect(await status(signIn(between(0, 1), { username: 'ada', password: 'wrong' }))).toBe(401)
    expect(await status(signIn(between(0, 1), { username: 'eve', password: PASSWORD }))).toBe(401)
  })

  it('accept no handshake twice, not even at the same time', async () => {
    const { finish } = await signIn(between(0, 1), { username: 'grace', password: PASSWORD })
    const again = (i: number) =>
      fetch(`${url(i)}/sign-in/finish`, { method: 'POST', body: JSON.stringify(finish) }).then((reply) => reply.status)
    expect(await Promise.all([again(0), again(1), again(2)])).toEqual([401, 401, 401])
    // A handshake of which the proof was wrong is used up too: each guess costs a handshake of its own.
    const begun = await fetch(`${url(0)}/sign-in/begin`, { method: 'POST', body: JSON.stringify({ username: 'ada' }) })
    const { handshake } = (await begun.json()) as { handshake: string }
    const guess = JSON.stringify({ handshake, clientPublicKey: '02', clientProof: '00'.repeat(32) })
    const guesses = await Promise.all(
      [0, 1, 2].map((i) => fetch(`${url(i)}/sign-in/finish`, { method: 'POST', body: guess }).then((r) => r.status)),
    )
    expect(guesses).toEqual([401, 401, 401])
  })

  it('say what is wrong with a request', async () => {
    const reply = await fetch(`${url(0)}/sign-in/begin`, { method: 'POST', body: '{"username":1}' })
    expect([reply.status, await reply.json()]).toEqual([
      400,
      { error: 'username: expected a text of at most 8192 characters' },
    ])
  })

  it('lose no sign-in to a process that dies, but those it was working on', { timeout: 120_000 }, async () => {
    const COUNT = 150
    const dead = fleet.workers[2]
    let alive = 3
    let ended = 0
    const outcomes: { status: number | string; touched: boolean }[] = []
    await Promise.all(
      Array.from({ length: 6 }, async (_, lane) => {
        for (let i = lane; i < COUNT; i += 6) {
          // Half of the way through the third process is killed, and the load balancer sends nothing more there.
          if (++ended === COUNT / 2) {
            alive = 2
            dead?.process.kill('SIGKILL')
          }
          const urls = { begin: url(i % alive), finish: url((i + 1) % alive) }
          const touched = urls.begin === dead?.url || urls.finish === dead?.url
          outcomes.push({ status: await status(signIn(urls, { username: 'ada', password: PASSWORD })), touched })
        }
      }),
    )
    expect(outcomes).toHaveLength(COUNT)
    // A handshake that began in the dead process is finished by another one: its state was not in that process.
    expect(outcomes.filter(({ status: code, touched }) => code !== 200 && !touched)).toEqual([])
    expect(outcomes.filter(({ status: code }) => code !== 200 && code !== 0)).toEqual([])
    expect(outcomes.filter(({ status: code }) => code === 200).length).toBeGreaterThan(COUNT - 12)
  })
})
