// Keeps the card in step with the session: what another tab did, and tokens that are replaced ahead of their end.
import type { DeviceInfo } from 'cognito-srp-flows'
import type { SessionEvent } from 'cognito-srp-flows/session'
import type { Stage } from './stage.js'
import { signedInView } from './views/signed-in.js'

/** Milliseconds between two looks at the tokens: any app would ask for them before each of its requests. */
const PERIOD = 2000

function newsOf({ kind, elsewhere }: SessionEvent): string | undefined {
  if (kind === 'refreshed') {
    return elsewhere ? 'Another tab has fetched new tokens for both.' : 'The refresh token has fetched new tokens.'
  }
  if (kind === 'signed-out') return elsewhere ? 'You signed out in another tab.' : undefined
  if (kind === 'expired') return 'The pool has ended this session: signed out everywhere, or for too long.'
  return elsewhere ? 'You signed in in another tab.' : undefined
}

/**
 * Shows who is signed in already, and from then on whatever happens to the session.
 *
 * @param device - what the last sign-in said of this browser
 * @returns a function that ends this
 */
export function attend(stage: Stage, device: () => DeviceInfo | undefined): () => void {
  const { session, story } = stage
  let ended = false
  const draw = async (news?: string): Promise<boolean> => {
    const [user, tokens] = await Promise.all([session.user(), session.tokens({ refresh: false })])
    if (user && tokens && !ended) stage.show(signedInView({ user, tokens, device: device() }, stage, news))
    return tokens !== undefined
  }
  const stop = session.subscribe((event) => {
    // A sign-in of this tab leads to its own view.
    if (ended || (event.kind === 'signed-in' && !event.elsewhere) || event.kind === 'not-stored') return
    const news = newsOf(event)
    if (event.kind === 'signed-out' || event.kind === 'expired') stage.restart(news)
    else void draw(news)
  })
  const ask = () => session.tokens().catch(() => undefined)
  void ask().then((tokens) => tokens && draw('You are still signed in: the tokens were kept.'))
  const timer = story.id === 'tabs' ? setInterval(ask, PERIOD) : undefined
  return () => {
    ended = true
    stop()
    clearInterval(timer)
  }
}
