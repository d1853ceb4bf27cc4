import type { Context } from '../context.js'
import { usage } from '../failure.js'
import { keepTokens, noteUnwritten, openSession } from '../open-session.js'
import { printTokens } from '../print.js'
import { printable } from '../style.js'
import { signInWith } from './sign-in.js'

/** `token` */
export async function tokenCommand(context: Context): Promise<void> {
  const { io, settings, sessions, speaker } = context
  const kind = settings.token ?? 'access'
  if (kind === 'refresh') throw usage('A refresh token is for `refresh` alone.', 'Take --token access or id.')
  const printed = { ...settings, token: kind }
  const kept = await sessions.find(settings)
  if (kept) {
    const { session, refusal, unwritten } = openSession(context, kept)
    // Any other error says nothing of the session: it is thrown, and the session goes on.
    const tokens = await session.tokens()
    if (unwritten()) noteUnwritten(context, unwritten())
    if (tokens) return printTokens(io, printed, tokens)
    const reason = refusal()
    speaker.say(`The kept session has ended${reason instanceof Error ? `: ${printable(reason.message)}` : '.'}`)
  }
  const { step, typed } = await signInWith(context, settings)
  try {
    await keepTokens(context, step, typed)
  } catch (error) {
    noteUnwritten(context, error)
  }
  printTokens(io, printed, step.tokens)
}
