import { nodeEngine } from '@srp6a/srp/node'
import {
  type AppClient,
  FlowError,
  memoryDeviceStore,
  refresh,
  type SignedIn,
  type Step,
  signIn,
} from 'cognito-srp-flows'
import { fetchApi } from 'cognito-srp-flows/fetch'
import { createLocalJWKSet, type JSONWebKeySet, jwtVerify } from 'jose'
import { TOTP } from 'otpauth'
import { httpFetch } from './http.js'
import { CLIENT_ID, expectedEnd, type LoadUser, POOL_ID, TOTP_SECRET, userAt } from './users.js'

/** One wave of sign-ins. */
export interface LoadRun {
  readonly url: string
  readonly users: number
  /** from 0: in later ones the new passwords have been set */
  readonly wave: number
  /** how far the emulator's clock is ahead, in milliseconds */
  readonly offset: number
}

export interface LoadReport {
  readonly users: number
  readonly ends: Readonly<Record<string, number>>
  /** users who did not end as they must, and why */
  readonly lost: readonly string[]
  /** sign-ins that were started over after a lost connection or too much throttling */
  readonly restarts: number
  /** tokens whose signature and claims were verified */
  readonly tokensVerified: number
  /** of every sign-in, from its beginning to its end: milliseconds, sorted */
  readonly milliseconds: readonly number[]
  readonly seconds: number
}

const ATTEMPTS = 200
/** Errors after which a client may simply begin again. */
const AGAIN = /^(network|session-lost|TooManyRequestsException)$/
const isReset = (error: unknown): boolean => (error as { code?: unknown } | undefined)?.code === 'ECONNRESET'
const reasonOf = (error: unknown): string =>
  error instanceof FlowError
    ? error.code
    : isReset(error)
      ? 'network'
      : error instanceof Error
        ? error.name
        : String(error)

async function getJson<T>(url: string): Promise<T> {
  const reply = await httpFetch(url, { method: 'GET', headers: {} })
  return JSON.parse(await reply.text()) as T
}

/** The newest code that went to a user, read as an end-to-end test reads it. */
async function codeOf(url: string, username: string): Promise<string> {
  const messages = await getJson<{ username: string; code: string }[]>(`${url}/outbox`)
  return messages.findLast((message) => message.username === username)?.code ?? 'none'
}

const totp = new TOTP({ secret: TOTP_SECRET })

async function answer(
  step: Exclude<Step, SignedIn>,
  { url, offset }: LoadRun,
  user: LoadUser,
  signal: AbortSignal,
): Promise<Step> {
  if (step.kind === 'new-password') return step.answer(user.newPassword, {}, { signal })
  if (step.kind !== 'code') throw new Error(`no one expected the step ${step.kind}`)
  for (let tries = 1; ; tries++) {
    try {
      const timestamp = Date.now() + offset
      const code = step.via === 'totp' ? totp.generate({ timestamp }) : await codeOf(url, user.username)
      return await step.answer(code, { signal })
    } catch (error) {
      // Under way for longer than a code is good, or overtaken by a newer one: as users do, look again.
      if (reasonOf(error) !== 'CodeMismatchException' || tries === 5) throw error
    }
  }
}

/** Everybody signs in at once. Ends when all have, or when the signal says that time is up. */
export async function signInAll(run: LoadRun, signal: AbortSignal): Promise<LoadReport> {
  const { url, users, wave } = run
  const keys = createLocalJWKSet(await getJson<JSONWebKeySet>(`${url}/${POOL_ID}/.well-known/jwks.json`))
  const api = fetchApi({ endpoint: url, attempts: 6, timeout: 0, fetch: httpFetch })
  const ends: Record<string, number> = {}
  const lost: string[] = []
  const milliseconds: number[] = []
  let restarts = 0
  let tokensVerified = 0

  async function verify(token: string, user: LoadUser, use: 'id' | 'access'): Promise<void> {
    const { payload } = await jwtVerify(token, keys, { issuer: `${url}/${POOL_ID}` })
    const name = use === 'id' ? payload['cognito:username'] : payload.username
    const client = use === 'id' ? payload.aud : payload.client_id
    if (name !== user.username || payload.token_use !== use || client !== CLIENT_ID) {
      throw new Error(`the ${use} token is someone else's`)
    }
    tokensVerified++
  }

  /** One whole sign-in; begun again after trouble that says nothing about the user. */
  async function patiently<T>(work: () => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await work()
      } catch (error) {
        signal.throwIfAborted()
        if (!AGAIN.test(reasonOf(error)) || attempt === ATTEMPTS) throw error
        restarts++
        await new Promise((done) => setTimeout(done, 500 * Math.random() * Math.min(attempt, 8)))
      }
    }
  }

  async function signInOnce(client: AppClient, user: LoadUser, password: string): Promise<SignedIn> {
    const began = performance.now()
    let step = await signIn(client, { username: user.username, password, signal })
    while (step.kind !== 'signed-in') step = await answer(step, run, user, signal)
    milliseconds.push(performance.now() - began)
    return step
  }

  async function play(user: LoadUser): Promise<string> {
    const devices = user.kind === 'device' ? { devices: memoryDeviceStore() } : {}
    const client: AppClient = { api, userPoolId: POOL_ID, clientId: CLIENT_ID, engine: nodeEngine, ...devices }
    let password = user.kind === 'wrong password' ? `${user.password}!` : user.password
    if (user.kind === 'new password' && wave > 0) password = user.newPassword
    let step: SignedIn
    try {
      step = await patiently(() => signInOnce(client, user, password))
    } catch (error) {
      // The new password was taken, and the answer that said so was lost.
      const isTaken = user.kind === 'new password' && reasonOf(error) === 'NotAuthorizedException'
      if (!isTaken) throw error
      step = await patiently(() => signInOnce(client, user, user.newPassword))
    }
    // A new device whose confirmation was lost is confirmed by the next sign-in: until it is known.
    for (let again = 0; user.kind === 'device' && step.device?.status !== 'known' && again < 20; again++) {
      step = await patiently(() => signInOnce(client, user, password))
    }
    await verify(step.tokens.idToken, user, 'id')
    await verify(step.tokens.accessToken, user, 'access')
    // In a pool that tracks devices only a sign-in with a confirmed one can refresh.
    if (user.kind !== 'device') return 'signed in'
    const { refreshToken = '' } = step.tokens
    const refreshed = await patiently(() => refresh(client, { refreshToken, username: user.username, signal }))
    await verify(refreshed.accessToken, user, 'access')
    return step.device?.status === 'known' ? 'signed in, device known' : 'signed in'
  }

  const began = performance.now()
  await Promise.all(
    Array.from({ length: users }, async (_, i) => {
      const user = userAt(i)
      const end = await play(user).catch((error: unknown) =>
        reasonOf(error) === 'NotAuthorizedException' ? 'refused' : `failed: ${String(error)}`,
      )
      ends[end] = (ends[end] ?? 0) + 1
      if (end !== expectedEnd(user)) lost.push(`${user.username} (${user.kind}): ${end}`)
    }),
  )
  milliseconds.sort((a, b) => a - b)
  const seconds = (performance.now() - began) / 1000
  return { users, ends, lost, restarts, tokensVerified, milliseconds, seconds }
}
