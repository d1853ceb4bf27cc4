import { readClient } from '../app-client.js'
import { claimsOf } from '../claims.js'
import { booleanIfAny, object, own } from '../errors.js'
import { isNumber, isText } from '../replies.js'
import type { SignedIn, Tokens } from '../step.js'
import type { Session } from './session.js'
import { type ItemStorage, type KeyValueStorage, keyValueStorage, method } from './storage.js'

/** The options for taking over another library's tokens. */
export interface AdoptOptions {
  /** Remove all that the other library left for this app client. Leave it while you may want to go back. */
  readonly remove?: boolean | undefined
}

/** Both libraries keep their texts under these names, after a prefix, the client id and the user name. */
const FIELDS = [
  'accessToken',
  'idToken',
  'refreshToken',
  'clockDrift',
  'deviceKey',
  'deviceGroupKey',
  'randomPasswordKey',
  'userData',
  'signInDetails',
  'oauthMetadata',
  'oidcProvider',
]

/** All keys of a storage that can list them, as `localStorage` can. */
function keysOf(storage: object): string[] {
  const { length, key } = storage as { length?: unknown; key?: (index: number) => unknown }
  if (!isNumber(length) || typeof key !== 'function') return []
  return Array.from({ length }, (_, i) => key.call(storage, i)).filter(isText)
}

async function adopt(
  session: Session,
  where: KeyValueStorage | ItemStorage,
  options: AdoptOptions,
  skewOf: (drift: number) => number,
): Promise<boolean> {
  object(session, 'session')
  const client = readClient(session.client)
  for (const name of ['user', 'follow'] as const) method(session, 'session', name)
  const { remove } = own(options, 'options')
  booleanIfAny(remove, 'remove')
  const storage = keyValueStorage(where)
  const prefix = `CognitoIdentityServiceProvider.${client.clientId}.`
  const mark = `${prefix}adopted`
  const read = async (key: string) => {
    const value = await storage.get(prefix + key)
    return isText(value) && value ? value : undefined
  }
  const listed = keysOf(where).filter((key) => key.startsWith(prefix))
  const last = await read('LastAuthUser')
  const names = new Set(last === undefined ? [] : [last])
  for (const key of listed) {
    const name = key.slice(prefix.length, key.lastIndexOf('.'))
    if (name && key.endsWith('.deviceKey')) names.add(name)
  }

  const accessToken = last && (await read(`${last}.accessToken`))
  const idToken = last && (await read(`${last}.idToken`))
  const claims = claimsOf(accessToken ?? '')

  // The devices first: a refresh may follow at once.
  for (const name of names) {
    const [deviceKey, deviceGroupKey, devicePassword] = await Promise.all(
      ['deviceKey', 'deviceGroupKey', 'randomPasswordKey'].map((field) => read(`${name}.${field}`)),
    )
    if (!deviceKey || !deviceGroupKey || !devicePassword) continue
    const username = name === last && isText(claims.username) ? claims.username : name
    const known = await client.devices?.tracking.find(client, username)
    if (!known) {
      await client.devices?.tracking.keep(
        client,
        { username, alias: name },
        { deviceKey, deviceGroupKey, devicePassword },
      )
    }
  }

  let adopted = false
  // The same tokens are taken once, not again after a sign-out here.
  const seal = accessToken?.slice(-32)
  const signedIn = await session.user().catch(() => undefined)
  const refreshToken = last && (await read(`${last}.refreshToken`))
  const { iat, exp } = claims
  // Tokens that were cut off are treated like expired ones: they can be refreshed.
  const isWhole = isNumber(iat) && isNumber(exp)
  const usable = isWhole || refreshToken
  if (last && accessToken && idToken && usable && !signedIn && (await storage.get(mark)) !== seal) {
    const [drift, deviceKey] = await Promise.all(['clockDrift', 'deviceKey'].map((field) => read(`${last}.${field}`)))
    const tokens: Tokens = {
      accessToken,
      idToken,
      ...(refreshToken && { refreshToken }),
      tokenType: 'Bearer',
      expiresIn: isWhole ? exp - iat : 0,
    }
    const step: SignedIn = {
      kind: 'signed-in',
      username: isText(claims.username) ? claims.username : last,
      tokens,
      ...(deviceKey && { device: { deviceKey, status: 'known' } }),
    }
    // A token that does not say it cannot be compared with a clock.
    await session.follow(step, isWhole ? skewOf(Number.parseInt(drift ?? '', 10) || 0) : 0)
    adopted = true
    if (!remove && seal) await storage.set(mark, seal)
  }

  if (remove) {
    const keys = [...names].flatMap((name) => FIELDS.map((field) => `${prefix}${name}.${field}`))
    for (const key of new Set([...listed, ...keys, `${prefix}LastAuthUser`, mark])) await storage.remove(key)
  }
  return adopted
}

/**
 * Take over the user whom amazon-cognito-identity-js 6 signed in: the tokens into the session, and the remembered devices
 * into the device store of its client. Call it when the app starts. Tokens are taken once, and only where no one is signed
 * in to the session.
 *
 * @param session - The session, of the same app client.
 * @param storage - Where that library kept its tokens: `localStorage`, its `CookieStorage`, or your own.
 * @param options - `remove`: true removes all that the other library left for this app client; it stays if left out.
 * @returns Whether a user was taken over.
 * @throws TypeError for a storage that lacks a function, and what the storage throws.
 * @example
 * await adoptIdentityJs(session, localStorage, { remove: true })
 */
export function adoptIdentityJs(
  session: Session,
  storage: KeyValueStorage | ItemStorage,
  options: AdoptOptions = {},
): Promise<boolean> {
  // Seconds that this clock was ahead of the service's.
  return adopt(session, storage, options, (drift) => -drift)
}

/**
 * Take over the user whom aws-amplify 6 signed in: the tokens into the session, and the remembered devices into the device
 * store of its client. Call it when the app starts. Tokens are taken once, and only where no one is signed in to the
 * session.
 *
 * @param session - The session, of the same app client.
 * @param storage - Where Amplify kept its tokens: `localStorage`, its `CookieStorage`, `documentCookies(document)`, or on a
 * server `headerCookies(…)`.
 * @param options - `remove`: true removes all that the other library left for this app client; it stays if left out.
 * @returns Whether a user was taken over.
 * @throws TypeError for a storage that lacks a function, and what the storage throws.
 * @example
 * await adoptAmplify(session, localStorage, { remove: true })
 */
export function adoptAmplify(
  session: Session,
  storage: KeyValueStorage | ItemStorage,
  options: AdoptOptions = {},
): Promise<boolean> {
  // Milliseconds that the service's clock was ahead of this one.
  return adopt(session, storage, options, (drift) => drift / 1000)
}
