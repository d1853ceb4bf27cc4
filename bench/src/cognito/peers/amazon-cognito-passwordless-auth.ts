// Its `authenticateWithSRP`, with a `fetch` that keeps the request and answers when the clock wants the answer.
import { importUntyped } from '../../packages.js'
import type { Challenge } from '../challenge.js'
import type { Claim, Contender, Started } from '../contender.js'

interface Body {
  AuthParameters?: { SRP_A: string }
  ChallengeResponses?: { PASSWORD_CLAIM_SIGNATURE: string; TIMESTAMP: string }
}
type Fetch = (url: string, init: { body: string }) => Promise<{ ok: boolean; json(): Promise<object> }>
interface Main {
  Passwordless: { configure(config: { userPoolId: string; clientId: string; fetch: Fetch }): void }
}
interface Srp {
  authenticateWithSRP(input: { username: string; password: string }): { signedIn: Promise<object>; abort(): void }
}

export async function load(): Promise<Contender> {
  const { Passwordless } = await importUntyped<Main>('amazon-cognito-passwordless-auth')
  const { authenticateWithSRP } = await importUntyped<Srp>('amazon-cognito-passwordless-auth/srp')
  return {
    async start(challenge: Challenge): Promise<Started> {
      let reply: ((challenge: object) => void) | undefined
      let claimed: ((body: Body) => void) | undefined
      const answered = new Promise<Body>((resolve) => {
        claimed = resolve
      })
      let failed: (error: unknown) => void = () => undefined
      const initiated = new Promise<Body>((resolve, reject) => {
        failed = reject
        Passwordless.configure({
          userPoolId: challenge.userPoolId,
          clientId: challenge.clientId,
          fetch: (_url, init) => {
            const body = JSON.parse(init.body) as Body
            if (body.AuthParameters === undefined) {
              claimed?.(body)
              return new Promise(() => undefined)
            }
            resolve(body)
            return new Promise((answer) => {
              reply = (data) => answer({ ok: true, json: () => Promise.resolve(data) })
            })
          },
        })
      })
      const { signedIn } = authenticateWithSRP({ username: challenge.userId, password: challenge.password })
      signedIn.catch(failed)
      const srpA = (await initiated).AuthParameters?.SRP_A ?? ''
      return {
        srpA,
        async answer(): Promise<Claim> {
          reply?.({
            ChallengeName: 'PASSWORD_VERIFIER',
            ChallengeParameters: {
              SALT: challenge.salt,
              SRP_B: challenge.srpB,
              SECRET_BLOCK: challenge.secretBlock,
              USERNAME: challenge.userId,
              USER_ID_FOR_SRP: challenge.userId,
            },
          })
          const body = (await Promise.race([answered, signedIn])) as Body
          return {
            srpA,
            signature: body.ChallengeResponses?.PASSWORD_CLAIM_SIGNATURE ?? '',
            timestamp: body.ChallengeResponses?.TIMESTAMP ?? '',
          }
        },
      }
    },
  }
}
