import type { AppClient, Step } from 'cognito-srp-flows'
import type { Session } from 'cognito-srp-flows/session'
import type { Story } from '../stories.js'
import type { View } from './views/form.js'

/** The parts of the page that a view may change. */
export interface Stage {
  readonly story: Story
  readonly client: AppClient
  /** The one who is signed in to the story's pool, in all tabs. */
  readonly session: Session
  /** From now on nothing that is sent may contain this password; if it does, the page says so. */
  watchFor(password: string): void
  /** Begins a conversation: the diagram starts again. */
  begin(): void
  /** Does `work` with the card busy, then shows the step it leads to, or what went wrong. */
  run(work: () => Promise<Step | undefined>): void
  /** Shows something else on the card, and moves the focus there. */
  show(view: View): void
  /** Back to where the story begins; `news` says why. */
  restart(news?: string): void
}
