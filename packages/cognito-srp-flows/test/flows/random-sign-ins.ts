import { wasmEngine } from '@srp6a/srp/wasm'
import { refresh, signIn } from 'cognito-srp-flows'
import { fetchApi } from 'cognito-srp-flows/fetch'
import { createUserPool } from 'cognito-user-pool-emulator'
import fc from 'fast-check'
import { expect } from 'vitest'
import { expectSignedIn } from '../scripted.js'
import { CLIENT_ID, SIGNING_KEY } from '../transports.js'

const SIGN_INS_EACH = 8

const given = fc.record({
  username: fc.stringMatching(/^[\p{L}\p{N}][\p{L}\p{M}\p{S}\p{N}\p{P}]{0,40}$/u),
  // Seeded users are not held to the password policy, so any text but the empty one will do.
  password: fc.oneof(fc.string({ minLength: 1, maxLength: 64, unit: 'binary' }), fc.string({ minLength: 1 })),
  poolName: fc.stringMatching(/^[a-zA-Z0-9]{1,20}$/),
  clientSecret: fc.option(fc.stringMatching(/^[\w+]{24,64}$/), { nil: undefined }),
  typesAlias: fc.array(fc.boolean(), { minLength: SIGN_INS_EACH, maxLength: SIGN_INS_EACH }),
})

/** Sign in eight times to each of `pools` random pools: aliases, passwords and client secrets. */
export async function signInToRandomPools(pools: number): Promise<void> {
  let signedIn = 0
  const play = fc.asyncProperty(given, async ({ username, password, poolName, clientSecret, typesAlias }) => {
    const email = 'someone@example.com'
    const userPoolId = `us-east-1_${poolName}`
    const registered = { clientId: CLIENT_ID, ...(clientSecret && { clientSecret }) }
    const emulator = createUserPool({
      id: userPoolId,
      signingKey: SIGNING_KEY,
      // Another arithmetic than the client's, and a quicker one.
      engine: wasmEngine,
      clients: [registered],
      users: [{ username, password, attributes: { email } }],
    })
    const fetch = (url: string, init: object) => emulator.handle(new Request(url, init))
    const client = { api: fetchApi({ endpoint: 'http://localhost/', fetch }), userPoolId, ...registered }

    for (const alias of typesAlias) {
      const step = await signIn(client, { username: alias ? email : username, password })
      expect(expectSignedIn(step).tokens.accessToken).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+$/)
      signedIn++
      if (signedIn % 50 === 0) {
        const wrong = signIn(client, { username, password: `${password}x` })
        await expect(wrong).rejects.toMatchObject({ name: 'NotAuthorizedException' })
        await refresh(client, { refreshToken: expectSignedIn(step).tokens.refreshToken ?? '' })
      }
    }
  })
  await fc.assert(play, { numRuns: pools })
  expect(signedIn).toBe(pools * SIGN_INS_EACH)
}
