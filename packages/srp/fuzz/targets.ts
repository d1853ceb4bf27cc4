import { cognitoTargets } from './cognito.js'
import { stateTargets } from './states.js'
import type { Target } from './target.js'

/** What of the core reads the bytes and texts of others. */
export const targets: readonly Target[] = [...stateTargets, ...cognitoTargets]
