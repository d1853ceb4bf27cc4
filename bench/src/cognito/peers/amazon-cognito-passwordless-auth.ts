// Its `authenticateWithSRP`, with a `fetch` that keeps the request and answers when the clock wants the answer. Its
// configuration is one for the whole process, so the session tells which of several sign-ins a request belongs to.
import { importUntyped } from '../../packages.js'
import { type Challenge, challengeParameters } from '../challenge.js'
import type { Claim, Contender, Started } from '../contender.js'

interface Body {
  AuthParameters?: { SRP_A: string }
  ChallengeResponses?: { PASSWORD_CLAIM_SIGNATURE: string; TIMESTAMP: string }
  Session?: string
}
type Fetch = (url: string, init: { body: string }) => Promise<{ ok: boolean; json(): Promise<object> }>
interface Main {
  Passwordless: { configure(config: { userPoolId: string; clientId: string; fetch: Fetch }): void }
}
interface Srp {
  authenticateWithSRP(input: { username: string; password: string }): { signedIn: Promise<object>; abort(): void }
}

/** By session: where the second request of a sign-in is waited for. */
const waiting = new Map<string, (body: Body) => void>()
let sessions = 0

/** Resolves with A and with what gives the library its challenge. */
function initiate(
  main: Main,
  srp: Srp,
  challenge: Challenge,
): Promise<{ srpA: string; reply(data: object): void; failed: Promise<object> }> {
  return new Promise((resolve, reject) => {
    main.Passwordless.configure({
      userPoolId: challenge.userPoolId,
      clientId: challenge.clientId,
      fetch: (_url, { body: text }) => {
        const body = JSON.parse(text) as Body
        return new Promise((answer) => {
          if (body.AuthParameters === undefined) {
            waiting.get(body.Session ?? '')?.(body)
            return
          }
          const reply = (data: object) => answer({ ok: true, json: () => Promise.resolve(data) })
          resolve({ srpA: body.AuthParameters.SRP_A, reply, failed: signedIn })
        })
      },
    })
    const { signedIn } = srp.authenticateWithSRP({ username: challenge.userId, password: challenge.password })
    signedIn.catch(reject)
  })
}

export async function load(): Promise<Contender> {
  const main = await importUntyped<Main>('amazon-cognito-passwordless-auth')
  const srp = await importUntyped<Srp>('amazon-cognito-passwordless-auth/srp')
  return {
    async start(challenge: Challenge): Promise<Started> {
      const { srpA, reply, failed } = await initiate(main, srp, challenge)
      return {
        srpA,
        async answer(): Promise<Claim> {
          const session = `session-${sessions++}`
          const claimed = new Promise<Body>((resolve) => waiting.set(session, resolve))
          reply({
            ChallengeName: 'PASSWORD_VERIFIER',
            Session: session,
            ChallengeParameters: challengeParameters(challenge),
          })
          const { ChallengeResponses } = (await Promise.race([claimed, failed])) as Body
          waiting.delete(session)
          return {
            srpA,
            signature: ChallengeResponses?.PASSWORD_CLAIM_SIGNATURE ?? '',
            timestamp: ChallengeResponses?.TIMESTAMP ?? '',
          }
        },
      }
    },
  }
}
