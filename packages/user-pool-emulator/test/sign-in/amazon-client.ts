import {
  AuthenticationDetails,
  CognitoUser,
  CognitoUserPool,
  type CognitoUserSession,
  type ICognitoStorage,
} from 'amazon-cognito-identity-js'
import fc from 'fast-check'
import { expect } from 'vitest'
import { CLIENT_ID, POOL_ID, start } from '../support/pool.js'

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
const randomUser = fc.record({
  password: fc.string({ unit: fc.constantFrom(...ALPHABET), minLength: 1, maxLength: 24 }),
  salt: fc.stringMatching(/^[1-9a-f][\da-f]{0,31}$/),
})

/** Sign in `times` with amazon-cognito-identity-js, every other time with a wrong password; SEED repeats a run. */
export async function playAmazonClient(times: number): Promise<void> {
  const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31)
  console.log(`amazon-cognito-identity-js: SEED=${seed} repeats these ${times} sign-ins`)
  const users = fc.sample(randomUser, { numRuns: USERS, seed }).map((drawn, i) => ({
    ...drawn,
    username: `user-${i}-é`,
    attributes: { email: `user${i}@example.com` },
  }))
  const { server } = await start({ users })
  const mistakes: unknown[] = []
  for (let i = 0; i < times; i++) {
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
}
