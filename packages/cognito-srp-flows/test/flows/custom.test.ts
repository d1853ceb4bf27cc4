import { signIn } from 'cognito-srp-flows'
import type { Triggers } from 'cognito-user-pool-emulator'
import { type Round, respond } from 'srp6a-tools/testing/triggers.js'
import { expect, it } from 'vitest'
import { expectKind, expectSignedIn } from '../scripted.js'
import { ALICE, overTransports, start } from '../transports.js'
import { conversation } from './support.js'

/** Lambda triggers that ask for a word `rounds` times, after SRP if the client began with it. */
function asking(rounds: number, seen: unknown[]): Triggers {
  return {
    defineAuthChallenge(event) {
      const session = event.request.session as Round[]
      const tokens = { issueTokens: false, failAuthentication: false }
      const last = session.at(-1)
      if (last?.challengeName === 'SRP_A') return respond(event, { ...tokens, challengeName: 'PASSWORD_VERIFIER' })
      const custom = session.filter(({ challengeName }) => challengeName === 'CUSTOM_CHALLENGE')
      if (last && !last.challengeResult) return respond(event, { ...tokens, failAuthentication: true })
      if (custom.length === rounds) return respond(event, { ...tokens, issueTokens: true })
      return respond(event, { ...tokens, challengeName: 'CUSTOM_CHALLENGE' })
    },
    createAuthChallenge(event) {
      const round = String((event.request.session as Round[]).length)
      return respond(event, {
        publicChallengeParameters: { question: `word ${round}?` },
        privateChallengeParameters: { word: `word ${round}` },
        challengeMetadata: round,
      })
    },
    verifyAuthChallengeResponse(event) {
      seen.push(event.request.clientMetadata)
      const { word } = event.request.privateChallengeParameters as { word: string }
      return respond(event, { answerCorrect: event.request.challengeAnswer === word })
    },
  }
}

overTransports('CUSTOM_AUTH', (transport) => {
  it('without SRP: as many rounds as the pool asks for', async () => {
    const seen: unknown[] = []
    const { client } = await start(transport, { users: [ALICE], triggers: asking(3, seen) }, { clientSecret: 's' })
    const clientMetadata = { tenant: 'blue' }
    let step = await signIn(client, { username: 'alice@example.com', flow: 'CUSTOM_AUTH', clientMetadata })
    for (let round = 0; round < 3; round++) {
      const ask = expectKind(step, 'custom')
      expect(ask.parameters.question).toBe(`word ${round}?`)
      step = await ask.answer(`word ${round}`)
    }
    expectSignedIn(step)
    expect(seen).toEqual([clientMetadata, clientMetadata, clientMetadata])
  })

  it('with SRP first: a wrong password is refused before the first question', async () => {
    const triggers = asking(1, [])
    const { client, emulator } = await start(transport, { users: [ALICE], triggers }, { clientSecret: 's' })
    const names = conversation(emulator)
    const request = { ...ALICE, username: 'alice@example.com', flow: 'CUSTOM_AUTH' } as const
    const ask = expectKind(await signIn(client, request), 'custom')
    const round = ask.parameters.question?.match(/\d+/)?.[0]
    expectSignedIn(await ask.answer(`word ${round}`))
    expect(names.splice(0).slice(1)).toEqual(['PASSWORD_VERIFIER', 'CUSTOM_CHALLENGE'])
    await expect(signIn(client, { ...request, password: 'wrong' })).rejects.toMatchObject({
      name: 'NotAuthorizedException',
    })
  })

  it('a wrong answer is refused as the service refuses it', async () => {
    const { client } = await start(transport, { users: [ALICE], triggers: asking(1, []) })
    const ask = expectKind(await signIn(client, { username: ALICE.username, flow: 'CUSTOM_AUTH' }), 'custom')
    await expect(ask.answer('no')).rejects.toMatchObject({ name: 'NotAuthorizedException' })
  })
})
