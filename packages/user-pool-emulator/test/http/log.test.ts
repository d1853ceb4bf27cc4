import { describe, expect, it } from 'vitest'
import { describeExchange, describeMessage } from '../../src/http/log.js'
import { alice, CLIENT_ID, PASSWORD, start } from '../support/pool.js'
import { passwordSignIn, srpSignIn } from '../support/sign-in.js'

describe('the log', () => {
  it('tells a sign-in line by line and keeps every secret to itself', async () => {
    const running = await start({
      mfa: 'ON',
      deviceTracking: 'always',
      users: [alice({ mfa: { sms: true, email: true } })],
    })
    const lines: string[] = []
    const secrets: unknown[] = [PASSWORD]
    running.pool.onExchange((exchange) => {
      const { request, reply } = exchange as {
        request: Record<string, Record<string, unknown>>
        reply: Record<string, Record<string, unknown>>
      }
      const { USERNAME: _, ...responses } = request.ChallengeResponses ?? {}
      const { ANSWER: __, ...hidden } = responses
      secrets.push(request.AuthParameters?.SRP_A, ...Object.values(hidden), reply.Session)
      for (const name of ['AccessToken', 'IdToken', 'RefreshToken']) secrets.push(reply.AuthenticationResult?.[name])
      lines.push(describeExchange(exchange, running.clock.now))
    })
    running.pool.outbox.onMessage((message) => lines.push(describeMessage(message)))
    const { Session } = (await srpSignIn(running)).body
    const answer = (ChallengeName: string, session: string, responses: object) =>
      running.call('RespondToAuthChallenge', {
        ClientId: CLIENT_ID,
        ChallengeName,
        Session: session,
        ChallengeResponses: { USERNAME: 'alice', ...responses },
      })
    const chosen = (await answer('SELECT_MFA_TYPE', Session, { ANSWER: 'EMAIL_OTP' })).body
    const EMAIL_OTP_CODE = running.pool.outbox.last()?.code
    await answer('EMAIL_OTP', chosen.Session, { EMAIL_OTP_CODE: '12345x' })
    await answer('EMAIL_OTP', chosen.Session, { EMAIL_OTP_CODE })
    await passwordSignIn(running, { USERNAME: 'evil\n\u001b[31mname', PASSWORD: 'hunter2' })
    await running.call('Nonsense', {})
    expect(lines.map((line) => line.replace(/\(\d+ ms\)/, '(n ms)'))).toEqual([
      '10:20:30 InitiateAuth USER_SRP_AUTH alice (web) -> PASSWORD_VERIFIER (n ms)',
      '10:20:30 RespondToAuthChallenge PASSWORD_VERIFIER alice (web) -> SELECT_MFA_TYPE (n ms)',
      `10:20:30 EMAIL to alice@example.com (sign-in): ${EMAIL_OTP_CODE}`,
      '10:20:30 RespondToAuthChallenge SELECT_MFA_TYPE EMAIL_OTP alice (web) -> EMAIL_OTP (n ms)',
      '10:20:30 RespondToAuthChallenge EMAIL_OTP alice (web) !! CodeMismatchException: Invalid code or auth state for the user. (n ms)',
      '10:20:30 RespondToAuthChallenge EMAIL_OTP alice (web) -> tokens and a new device (n ms)',
      "10:20:30 InitiateAuth USER_PASSWORD_AUTH evil??[31mname (web) !! InvalidParameterException: 2 validation errors detected: Value at 'userName' failed ... (n ms)",
      '10:20:30 Nonsense !! UnknownOperationException: Unknown operation Nonsense (n ms)',
    ])
    const shown = lines.filter((line) => !line.includes(' EMAIL to ')).join('\n')
    const hidden = secrets.filter((secret): secret is string => typeof secret === 'string')
    expect(hidden.length).toBeGreaterThan(10)
    for (const secret of [...hidden, 'hunter2']) expect(shown).not.toContain(secret)
  })
})
