import type { Context } from '../context.js'
import { EXIT, Failure } from '../failure.js'
import { openSession } from '../open-session.js'

/** `sign-out` */
export async function signOutCommand(context: Context): Promise<void> {
  const { speaker, sessions, settings } = context
  const kept = await sessions.find(settings)
  if (!kept) throw new Failure(EXIT.refused, 'No session is kept for these settings.')
  if (settings.flag('local')) await kept.remove()
  else {
    const putBack = await kept.snapshot()
    try {
      await openSession(context, kept).session.signOut()
    } catch (error) {
      // Else nothing could tell the service any more; --local is there for that.
      await putBack()
      throw error
    }
  }
  speaker.say(`${speaker.style.green('Signed out')} ${kept.alias ?? kept.username}: the kept tokens are deleted.`)
}
