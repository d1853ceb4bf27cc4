// Requests: how they are checked, and the shapes of what comes back.
import { startCognitoClient } from '@srp6a/srp/cognito'
import { type Probe, probesOf } from '../probe.js'
import { next, refusedSrp, type Scene, seen } from '../scene.js'
import { plain, rotation } from './needs.js'

const answerWith = async (scene: Scene, change: Readonly<Record<string, string>>, now?: Date) => {
  const { reply, responses } = await scene.beginSrp(await scene.user(), now ? { now } : {})
  return scene.refusal('RespondToAuthChallenge', {
    ClientId: scene.clientId,
    ChallengeName: 'PASSWORD_VERIFIER',
    ChallengeResponses: { ...responses, ...change },
    ...(reply.Session && { Session: reply.Session }),
  })
}

const initiateWith = async (scene: Scene, SRP_A: string) => refusedSrp(scene, { USERNAME: await scene.user(), SRP_A })

export const requests: readonly Probe[] = [
  ...probesOf(plain, [
    {
      id: 'name-too-long',
      says: 'A Username of 129 characters is refused by validation, with the constraint in the message.',
      source: 'service model (UsernameType, length 1 to 128); the form of Smithy’s validation messages',
      expected: { name: 'InvalidParameterException', says: true },
      async observe(scene) {
        const { name, message } = await scene.refusal('AdminGetUser', {
          UserPoolId: scene.id,
          Username: 'a'.repeat(129),
        })
        const form =
          /^1 validation error detected: Value .*at 'username' failed to satisfy constraint: Member must have length less than or equal to 128$/
        return { name, says: form.test(message) }
      },
    },
    {
      id: 'srp-reply-without-session',
      says: 'The reply to USER_SRP_AUTH carries no Session.',
      source: 'five recordings, 2017 to 2023',
      expected: false,
      observe: async (scene) => 'Session' in (await scene.beginSrp(await scene.user())).reply,
    },
    {
      id: 'secret-block-length',
      says: 'SECRET_BLOCK has 1,284 bytes.',
      source: 'recorded replies',
      expected: 1284,
      async observe(scene) {
        const { reply } = await scene.beginSrp(await scene.user())
        return Buffer.from(reply.ChallengeParameters?.SECRET_BLOCK ?? '', 'base64').length
      },
    },
    {
      id: 'timestamp-unreadable',
      says: 'A TIMESTAMP that cannot be read is InvalidParameterException with the format in the text.',
      source: 'measured by others against the service',
      expected: 'InvalidParameterException: TIMESTAMP format should be EEE MMM d HH:mm:ss z yyyy in english.',
      observe: async (scene) => seen(await answerWith(scene, { TIMESTAMP: '2026-11-28T00:00:00Z' })),
    },
    {
      id: 'timestamp-not-canonical',
      says: 'A TIMESTAMP that can be read but is not what the service would write fails the signature.',
      source: 'measured by others against the service',
      expected: 'NotAuthorizedException',
      observe: async (scene) => (await answerWith(scene, { TIMESTAMP: 'Sat Sep 05 00:00:00 UTC 2026' })).name,
    },
    {
      id: 'clock-an-hour-ahead',
      says: 'A signature dated an hour ahead is taken.',
      source: 'not known: an assumption',
      assumption: 'maximumClockSkewSeconds',
      expected: 'not refused',
      observe: async (scene) => (await answerWith(scene, {}, new Date(Date.now() + 3_600_000))).name,
    },
    {
      id: 'clock-a-day-behind',
      says: 'A signature dated a day ago is taken.',
      source: 'not known: an assumption',
      assumption: 'maximumClockSkewSeconds',
      expected: 'not refused',
      observe: async (scene) => (await answerWith(scene, {}, new Date(Date.now() - 86_400_000))).name,
    },
    {
      id: 'srp-a-zero',
      says: 'An SRP_A of 0 is refused.',
      source: 'RFC 5054, section 2.5.3; the text is not known',
      assumption: 'badSrpA',
      expected: 'InvalidParameterException',
      observe: async (scene) => (await initiateWith(scene, '0')).name,
    },
    {
      id: 'srp-a-no-hex',
      says: 'An SRP_A that is no hex is refused.',
      source: 'the text is not known',
      assumption: 'badSrpA',
      expected: 'InvalidParameterException',
      observe: async (scene) => (await initiateWith(scene, 'no hex')).name,
    },
    {
      id: 'srp-a-missing',
      says: 'USER_SRP_AUTH without SRP_A says which parameter is missing.',
      source: 'recorded message',
      expected: 'InvalidParameterException: Missing required parameter SRP_A',
      async observe(scene) {
        return seen(await refusedSrp(scene, { USERNAME: await scene.user() }))
      },
    },
    {
      id: 'secret-block-twice',
      says: 'The answer to PASSWORD_VERIFIER may be sent again.',
      source: 'Amazon’s clients resend it without DEVICE_KEY',
      expected: 'tokens',
      async observe(scene) {
        const { reply, responses } = await scene.beginSrp(await scene.user())
        await scene.respond('PASSWORD_VERIFIER', responses, reply.Session)
        return next(await scene.respond('PASSWORD_VERIFIER', responses, reply.Session))
      },
    },
    {
      id: 'srp-a-upper-case',
      says: 'SRP_A may be upper-case hex.',
      source: 'clients of either case work',
      expected: 'PASSWORD_VERIFIER',
      async observe(scene) {
        const SRP_A = startCognitoClient().srpA.toUpperCase()
        return next(await scene.initiate('USER_SRP_AUTH', { USERNAME: await scene.user(), SRP_A }))
      },
    },
    {
      id: 'revoke-unknown-token',
      says: 'RevokeToken of a token that never was succeeds.',
      source: 'RFC 7009, section 2.2; not known of the service',
      assumption: 'revokingUnknownTokenSucceeds',
      expected: 'not refused',
      observe: async (scene) =>
        (await scene.refusal('RevokeToken', { ClientId: scene.clientId, Token: 'eyJ.none' })).name,
    },
  ]),
  ...probesOf(rotation, [
    {
      id: 'rotated-token-twice',
      says: 'A refresh token that was rotated is RefreshTokenReuseException.',
      source: 'API reference of GetTokensFromRefreshToken',
      assumption: 'refreshTokenReuse',
      expected: 'RefreshTokenReuseException',
      async observe(scene) {
        const { AuthenticationResult: tokens } = await scene.signIn(await scene.user())
        const input = { ClientId: scene.clientId, RefreshToken: tokens?.RefreshToken }
        await scene.call('GetTokensFromRefreshToken', input)
        return (await scene.refusal('GetTokensFromRefreshToken', input)).name
      },
    },
    {
      id: 'reuse-spares-successors',
      says: 'The use of a rotated token leaves the tokens that came after it good.',
      source: 'not known: an assumption',
      assumption: 'reuseRevokesFamily',
      expected: 'not refused',
      async observe(scene) {
        const { AuthenticationResult: tokens } = await scene.signIn(await scene.user())
        const refresh = (RefreshToken: unknown) => ({ ClientId: scene.clientId, RefreshToken })
        const reply = await scene.call('GetTokensFromRefreshToken', refresh(tokens?.RefreshToken))
        const { RefreshToken } = reply.AuthenticationResult as { RefreshToken: string }
        await scene.refusal('GetTokensFromRefreshToken', refresh(tokens?.RefreshToken))
        return (await scene.refusal('GetTokensFromRefreshToken', refresh(RefreshToken))).name
      },
    },
    {
      id: 'refresh-flow-under-rotation',
      says: 'REFRESH_TOKEN_AUTH is refused where rotation is on.',
      source: 'developer guide, refresh token rotation; the text is not known',
      assumption: 'refreshFlowUnderRotation',
      expected: 'refused',
      async observe(scene) {
        const { AuthenticationResult: tokens } = await scene.signIn(await scene.user())
        const { name } = await scene.refusal('InitiateAuth', {
          ClientId: scene.clientId,
          AuthFlow: 'REFRESH_TOKEN_AUTH',
          AuthParameters: { REFRESH_TOKEN: tokens?.RefreshToken ?? '' },
        })
        return name === 'not refused' ? name : 'refused'
      },
    },
  ]),
]
