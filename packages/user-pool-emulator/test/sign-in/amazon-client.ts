import fc from 'fast-check'
import { expect } from 'vitest'
import { amazonClient } from '../support/amazon.js'
import { start } from '../support/pool.js'

const USERS = 40

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
  const signIn = amazonClient(server.url)
  const mistakes: unknown[] = []
  for (let i = 0; i < times; i++) {
    const user = users[i % USERS]
    if (user === undefined) throw new Error('no user')
    const name = i % 3 === 0 ? user.attributes.email : user.username
    const right = (i + Math.floor(i / USERS)) % 2 === 0
    const password = right ? user.password : `${user.password}x`
    const result = await signIn(name, password).catch((error: Error) => error)
    const accepted = !(result instanceof Error)
    const asExpected = accepted
      ? right && result.getIdToken().payload['cognito:username'] === user.username
      : !right && result.name === 'NotAuthorizedException' && result.message === 'Incorrect username or password.'
    if (!asExpected) mistakes.push({ i, name, password, salt: user.salt, right, result })
  }
  expect(mistakes).toEqual([])
}
