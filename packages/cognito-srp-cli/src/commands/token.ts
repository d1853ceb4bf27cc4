import { dateClaim, readClaims } from '../claims.js'
import type { Context } from '../context.js'
import { usage } from '../failure.js'
import { printTokens } from '../print.js'
import { renewSession } from './refresh.js'
import { saveTokens, signInWith } from './sign-in.js'

/** Seconds that a token must still be good for, so that the next command can use it. */
const LEAST = 60

/** `token` */
export async function tokenCommand(context: Context): Promise<void> {
  const { io, settings, sessions } = context
  const kind = settings.token ?? 'access'
  if (kind === 'refresh') throw usage('A refresh token is for `refresh` alone.', 'Take --token access or id.')
  const printed = { ...settings, token: kind }
  const session = await sessions.find(settings)
  if (session) {
    const end = dateClaim(readClaims(kind === 'id' ? session.tokens.idToken : session.tokens.accessToken), 'exp')
    if (end && end.getTime() - io.now().getTime() > LEAST * 1000) return printTokens(io, printed, session.tokens)
    if (session.tokens.refreshToken) {
      try {
        return printTokens(io, printed, (await renewSession(context, session)).tokens)
      } catch (error) {
        // Refused: somebody has to sign in. What else went wrong says nothing of the token.
        if (!(error instanceof Error && /^(NotAuthorized|RefreshTokenReuse|UserNotFound)Exception$/.test(error.name)))
          throw error
      }
    }
  }
  const { step, typed } = await signInWith(context, settings)
  await saveTokens(context, step, typed)
  printTokens(io, printed, step.tokens)
}
