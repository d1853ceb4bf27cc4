import type { Reply, Turn } from '../turn.js'
import { answerPasswordVerifier } from './password-verifier.js'

export type Answer = (turn: Turn) => Promise<Reply>

/** By ChallengeNameType. */
export const answers: ReadonlyMap<string, Answer> = new Map([['PASSWORD_VERIFIER', answerPasswordVerifier]])
