import type { Attempt } from '../state.js'
import { finish } from './finish.js'
import type { Reply, Turn } from './turn.js'

/** What comes after a factor that was passed: the next challenge, or the tokens. */
export async function advance(turn: Turn, attempt: Attempt): Promise<Reply> {
  return finish(turn, attempt)
}
