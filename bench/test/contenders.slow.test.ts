import { SeededRandom } from 'srp6a-tools/measure/random.mjs'
import { g, k, modpow, N } from 'srp6a-vectors/generate/reference.js'
import { describe, expect, it } from 'vitest'
import { ChallengeRing, isRight, makeChallenge } from '../src/cognito/challenge.js'
import { signIn } from '../src/cognito/contender.js'
import { CONTENDERS, contenderNamed, OURS } from '../src/cognito/contenders.js'
import { DEVICE_MAKERS, deviceTasks } from '../src/cognito/devices.js'
import { serverTasks } from '../src/cognito/servers.js'
import { latencyTask } from '../src/cognito/tasks.js'
import { check, type GeneralContender } from '../src/general/contender.js'
import { GENERAL } from '../src/general/contenders.js'
import { checkServer, LOGIN_PARTS, loginTask } from '../src/general/logins.js'
import { generalTask } from '../src/general/task.js'
import { N2048, N3072 } from '../src/primes.js'

/** Miller and Rabin's test: a composite number passes with one base in four at most. */
function isProbablePrime(n: bigint): boolean {
  let odd = n - 1n
  let twos = 0
  for (; odd % 2n === 0n; odd /= 2n) twos++
  return [2n, 3n, 5n, 7n].every((base) => {
    let power = modpow(base, odd, n)
    if (power === 1n || power === n - 1n) return true
    for (let round = 1; round < twos; round++) {
      power = (power * power) % n
      if (power === n - 1n) return true
    }
    return false
  })
}

describe('reference', () => {
  it.each([
    ['2048', N2048],
    ['3072', N3072],
  ])('has a safe prime of %s bits', (bits, prime) => {
    expect(prime.toString(2)).toHaveLength(Number(bits))
    expect(isProbablePrime(prime)).toBe(true)
    expect(isProbablePrime((prime - 1n) / 2n)).toBe(true)
  })

  it('has the k that every Cognito client computes', () => {
    expect([N, g]).toEqual([N3072, 2n])
    expect(k.toString(16)).toBe('538282c4354742d7cbbde2359fcf67f9f5b3a6b08791e5011b43b8a5b66d9ee6')
  })
})

describe('Cognito contenders', () => {
  const ring = new ChallengeRing(3, 7)

  it.each(CONTENDERS.map(({ name }) => name))('%s answers a challenge rightly', async (name) => {
    const contender = await contenderNamed(name).load()
    const challenge = ring.take()
    const claim = await signIn(contender, challenge)
    expect(isRight(challenge, claim)).toBe(true)
  })

  it('tells a wrong signature, another time and another A', async () => {
    const challenge = ring.take()
    const claim = await signIn(await contenderNamed('default').load(), challenge)
    expect(isRight(challenge, { ...claim, signature: `A${claim.signature.slice(1)}` })).toBe(claim.signature[0] === 'A')
    expect(isRight(challenge, { ...claim, timestamp: 'Thu Jan 1 00:05:09 UTC 2026' })).toBe(false)
    expect(isRight(challenge, { ...claim, timestamp: '2026-01-01' })).toBe(false)
    expect(isRight(challenge, { ...claim, srpA: '2' })).toBe(false)
    expect(isRight({ ...challenge, server: { ...challenge.server, password: 'x', verifier: 5n } }, claim)).toBe(false)
  })

  it('makes the same challenges from the same seed, and no two alike', () => {
    const [a, b] = [new SeededRandom(1), new SeededRandom(1)]
    const first = makeChallenge(a)
    expect(makeChallenge(b)).toEqual(first)
    expect(makeChallenge(a).srpB).not.toBe(first.srpB)
  })

  it.each(CONTENDERS.map(({ name }) => name))('%s keeps several sign-ins apart', async (name) => {
    const task = latencyTask(name, await contenderNamed(name).load(), ring)
    await task.prepare?.(2)
    expect(task.check?.(await task.run())).toBe(true)
    expect(task.check?.(await task.run())).toBe(true)
    await expect(async () => task.run()).rejects.toThrow('no sign-in was prepared')
  })
})

describe('devices and servers', () => {
  it('every maker of device verifiers makes right ones', async () => {
    for (const task of await deviceTasks(DEVICE_MAKERS)) {
      const made = (await task.run()) as { password: string }
      expect(task.check?.(made), task.name).toBe(true)
      expect(task.check?.({ ...made, password: `${made.password}x` }), task.name).toBe(false)
    }
    await expect(deviceTasks(['amazon-cognito-passwordless-auth'])).rejects.toThrow(RangeError)
  })

  it('both parts of a server do what they are timed for', async () => {
    for (const task of await serverTasks(['default/start', 'default/verify'], 5)) {
      await task.prepare?.(1)
      expect(task.check?.(await task.run()), task.name).toBe(true)
    }
    // The default once stood in for an engine that had no row here, and its times under that name.
    for (const { name } of OURS) expect(await serverTasks([`${name}/start`], 5), name).toHaveLength(1)
    await expect(serverTasks(['unknown/start'], 5)).rejects.toThrow('no engine is called unknown')
  })
})

describe('general libraries', () => {
  const smallest = GENERAL.map(({ name, groups }) => `${name}/${Math.min(...groups)}`)

  it.each(smallest)('%s signs in', async (name) => {
    const task = await generalTask(name)
    expect(task.check?.(await task.run())).toBe(true)
  })

  const servers = GENERAL.filter(({ serverHalf }) => serverHalf === true).map(({ name }) => name)

  it.each(servers)('%s serves a login, half by half', async (name) => {
    for (const part of LOGIN_PARTS) {
      const task = await loginTask(`${name}/1024/${part}`)
      await task.prepare?.(1)
      expect(await task.run(), part).toBeTruthy()
      await task.prepare?.(1)
    }
    await expect(async () => (await loginTask(`${name}/1024/verify`)).run()).rejects.toThrow('no login was prepared')
  })

  it('times no server that takes a wrong proof, and none that has no half of its own', async () => {
    await expect(loginTask('jsrp/1024/start')).rejects.toThrow('jsrp is not compared as a server')
    const careless = { start: () => 1, prepare: async () => () => 1 }
    await expect(checkServer(careless, { credentials: { username: 'u', password: 'p' }, record: 0 })).rejects.toThrow(
      'a wrong proof was taken',
    )
  })

  it('does not time a library that lets a wrong password in', async () => {
    const anyone: GeneralContender = {
      enroll: async (credentials) => ({ credentials, record: null }),
      handshake: async () => ({ clientKey: 'k', serverKey: 'k' }),
    }
    await expect(check(anyone, { username: 'a', password: 'b' })).rejects.toThrow('a wrong password signed in')
    const noOne: GeneralContender = { ...anyone, handshake: async () => ({ clientKey: 'k', serverKey: 'l' }) }
    await expect(check(noOne, { username: 'a', password: 'b' })).rejects.toThrow('the right password')
  })
})
