import { type Context, open, withSession } from '../context.js'
import { EXIT, Failure } from '../failure.js'

/** `sign-out` */
export async function signOutCommand(context: Context): Promise<void> {
  const { speaker, sessions } = context
  const session = await sessions.find(context.settings)
  if (!session) throw new Failure(EXIT.refused, 'No session is kept for these settings.')
  const settings = withSession(context.settings, session)
  const { refreshToken } = session.tokens
  if (refreshToken && !settings.flag('local')) {
    speaker.keep(refreshToken)
    const { clientId, clientSecret } = settings
    const service = await open(context, settings)
    await service.callOther('RevokeToken', {
      Token: refreshToken,
      ClientId: clientId,
      ...(clientSecret && { ClientSecret: clientSecret }),
    })
  }
  await sessions.remove(session)
  speaker.say(`${speaker.style.green('Signed out')} ${session.alias ?? session.username}: the kept tokens are deleted.`)
}
