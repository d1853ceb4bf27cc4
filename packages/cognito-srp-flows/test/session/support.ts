import type { AppClient, CognitoApi } from 'cognito-srp-flows'
import {
  createSession,
  type KeyValueStorage,
  type LocksLike,
  type Session,
  type SessionEvent,
  type Tabs,
} from 'cognito-srp-flows/session'

export const KEY = 'cognito-srp-flows.session.us-east-1_AbCdEfGhI.client-1'

const base64url = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
export const jwt = (claims: object): string => `${base64url({ alg: 'none' })}.${base64url(claims)}.c2ln`

/** A service that signs alice in, rotates her refresh token, and lets a test interfere with each call. */
export function rotatingService(now: () => number, lifetime = 3600) {
  let generation = 0
  const calls: { operation: string; input: Record<string, unknown> }[] = []
  const state = {
    calls,
    /** Seconds that the service's clock is ahead. */
    ahead: 0,
    before: async (_operation: string): Promise<void> => {},
    refreshes: () => calls.filter(({ operation }) => operation === 'GetTokensFromRefreshToken').length,
    result() {
      const iat = Math.floor(now() / 1000) + state.ahead
      const common = { iat, exp: iat + lifetime }
      generation++
      return {
        AccessToken: jwt({ ...common, username: 'alice', generation }),
        IdToken: jwt({ ...common, 'cognito:username': 'alice', email: 'alice@example.com', name: 'Ålice', generation }),
        RefreshToken: `refresh-${generation}`,
        ExpiresIn: lifetime,
        TokenType: 'Bearer',
      }
    },
  }
  const api: CognitoApi = {
    async call(operation, input) {
      await state.before(operation)
      calls.push({ operation, input })
      if (operation === 'InitiateAuth') {
        if ((input.AuthParameters as Record<string, string>).PASSWORD !== 'code-wanted') {
          return { AuthenticationResult: state.result() }
        }
        return { ChallengeName: 'SMS_MFA', ChallengeParameters: { USERNAME: 'alice' }, Session: 's' }
      }
      if (operation === 'RespondToAuthChallenge') return { AuthenticationResult: state.result() }
      if (operation !== 'GetTokensFromRefreshToken') return {}
      if (input.RefreshToken !== `refresh-${generation}`) throw exception('RefreshTokenReuseException')
      return { AuthenticationResult: state.result() }
    },
  }
  return { ...state, api, state }
}

export const exception = (name: string, message = 'no'): Error => Object.assign(new Error(message), { name })

export const clientOf = (api: CognitoApi, now: () => number): AppClient => ({
  api,
  userPoolId: 'us-east-1_AbCdEfGhI',
  clientId: 'client-1',
  now: () => new Date(now()),
})

/** A storage whose functions take a moment, as that of a phone does. */
export function slowStorage(milliseconds = 1): KeyValueStorage & { values: Map<string, string> } {
  const values = new Map<string, string>()
  const later = <T>(work: () => T) =>
    new Promise<T>((done) => setTimeout(() => done(work()), milliseconds * Math.random()))
  return {
    values,
    get: (key) => later(() => values.get(key)),
    set: (key, value) => later(() => values.set(key, value)),
    remove: (key) => later(() => values.delete(key)),
  }
}

/** Tabs of one program. Each session of a test gets one of its own. */
export function tabsOfProgram(): () => Tabs {
  const all = new Set<(kind?: unknown) => void>()
  return () => {
    let own: ((kind?: unknown) => void) | undefined
    return {
      post(kind) {
        for (const heard of all) if (heard !== own) heard(kind)
      },
      listen(heard) {
        own = heard
        all.add(heard)
        return () => all.delete(heard)
      },
    }
  }
}

/** The kinds of a session's events, with `elsewhere` as a star, as they come. */
export function kindsOf(session: Session): { kinds: string[]; events: SessionEvent[] } {
  const kinds: string[] = []
  const events: SessionEvent[] = []
  session.subscribe((event) => {
    kinds.push(event.kind + (event.elsewhere ? '*' : ''))
    events.push(event)
  })
  return { kinds, events }
}

export const SIGN_IN = { username: 'alice', password: 'right', flow: 'USER_PASSWORD_AUTH' } as const

export function sessionOf(client: AppClient, storage: KeyValueStorage, more: object = {}): Session {
  return createSession(client, { storage, locks: false, tabs: false, ...more })
}

/** Locks like `navigator.locks`. */
export function locksOfProgram(): LocksLike {
  const last = new Map<string, Promise<unknown>>()
  return {
    request(name, work) {
      const done = (last.get(name) ?? Promise.resolve()).then(work)
      last.set(
        name,
        done.catch(() => {}),
      )
      return done
    },
  }
}
