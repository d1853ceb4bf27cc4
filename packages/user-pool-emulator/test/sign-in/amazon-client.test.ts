import {
  AuthenticationDetails,
  CognitoUser,
  CognitoUserPool,
  type CognitoUserSession,
  type ICognitoStorage,
} from 'amazon-cognito-identity-js'
import { describe, expect, it } from 'vitest'
import { CLIENT_ID, POOL_ID, start } from '../support/pool.js'

const SIGN_INS = 200
const USERS = 40

const storage = (): ICognitoStorage => {
  const map = new Map<string, string>()
  return {
    getItem: (name: string) => map.get(name) ?? null,
    setItem: (name: string, value: string) => void map.set(name, value),
    removeItem: (name: string) => void map.delete(name),
    clear: () => map.clear(),
  }
}

function signIn(endpoint: string, Username: string, Password: string): Promise<CognitoUserSession> {
  const Storage = storage()
  const Pool = new CognitoUserPool({ UserPoolId: POOL_ID, ClientId: CLIENT_ID, endpoint, Storage })
  const user = new CognitoUser({ Username, Pool, Storage })
  return new Promise((onSuccess, onFailure) => {
    user.authenticateUser(new AuthenticationDetails({ Username, Password }), { onSuccess, onFailure })
  })
}

const ALPHABET = ['a', 'Z', '0', ':', ' ', '€', 'ß', '😀', '\0', '\ud800', '"', '\\', 'é', '\u0301']
const randomText = (least: number, most: number): string => {
  const [length = 0, ...picks] = crypto.getRandomValues(new Uint32Array(most + 1))
  return picks
    .slice(0, least + (length % (most - least + 1)))
    .map((pick) => ALPHABET[pick % ALPHABET.length])
    .join('')
}
const randomHex = (): string => {
  const [length = 0, ...bytes] = crypto.getRandomValues(new Uint8Array(17))
  const hex = bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('')
  return hex.slice(0, 24 + (length % 9)).replace(/^0+/, '') || '1'
}

describe('amazon-cognito-identity-js', () => {
  it(`signs in ${SIGN_INS} times, every other time with a wrong password, and is never wrong about it`, {
    timeout: 600_000,
  }, async () => {
    const users = Array.from({ length: USERS }, (_, i) => ({
      username: `user-${i}-é`,
      password: randomText(1, 24),
      salt: randomHex(),
      attributes: { email: `user${i}@example.com` },
    }))
    const { server } = await start({ users })
    const mistakes: unknown[] = []
    for (let i = 0; i < SIGN_INS; i++) {
      const user = users[i % USERS]
      if (user === undefined) throw new Error('no user')
      const name = i % 3 === 0 ? user.attributes.email : user.username
      const right = (i + Math.floor(i / USERS)) % 2 === 0
      const password = right ? user.password : `${user.password}x`
      const result = await signIn(server.url, name, password).catch((error: Error) => error)
      const accepted = !(result instanceof Error)
      const asExpected = accepted
        ? right && result.getIdToken().payload['cognito:username'] === user.username
        : !right && result.name === 'NotAuthorizedException' && result.message === 'Incorrect username or password.'
      if (!asExpected) mistakes.push({ i, name, password, salt: user.salt, right, result })
    }
    expect(mistakes).toEqual([])
  })
})
