import { type RefreshedTokens, refresh } from 'cognito-srp-flows'
import { readClaims, textClaim, usernameClaim } from '../claims.js'
import { type Context, open, poolOf } from '../context.js'
import { usage } from '../failure.js'
import { keepTokens, renewTokens } from '../open-session.js'
import { printTokens } from '../print.js'

/** `refresh` */
export async function refreshCommand(context: Context): Promise<void> {
  const { io, settings, speaker, terminal, sessions } = context
  const given = settings.flag('token-stdin')
    ? await terminal.readStdin('refresh token')
    : io.env.COGNITO_REFRESH_TOKEN || undefined
  if (given !== undefined) {
    const { device, ...tokens } = await refreshGiven(context, given)
    printTokens(io, settings, tokens, settings.option('device-key'))
    const username = usernameClaim(readClaims(tokens.accessToken)) ?? settings.username ?? ''
    if (settings.save)
      await keepTokens(context, { kind: 'signed-in', username, tokens, ...(device && { device }) }, settings.username)
    return
  }
  if (settings.option('device-key') !== undefined) {
    throw usage(
      '--device-key goes with a token that is given: a kept session knows its device.',
      'Give the token: --token-stdin, COGNITO_REFRESH_TOKEN.',
    )
  }
  const kept = await sessions.find(settings)
  if (!kept) {
    throw usage(
      'No refresh token: none is kept for these settings, and none was given.',
      'Keep one: sign-in --save. Or give one: --token-stdin, COGNITO_REFRESH_TOKEN.',
    )
  }
  const tokens = await renewTokens(context, kept)
  speaker.say(`${speaker.style.green('Refreshed')} for ${kept.alias ?? kept.username}.`)
  printTokens(io, settings, tokens, textClaim(readClaims(tokens.accessToken), 'device_key'))
}

async function refreshGiven(context: Context, refreshToken: string): Promise<RefreshedTokens> {
  const { settings, speaker } = context
  speaker.keep(refreshToken)
  const service = await open(context, settings)
  const { username } = settings
  return refresh(poolOf(context, settings, service, true), {
    refreshToken,
    username,
    deviceKey: settings.option('device-key'),
  })
}
