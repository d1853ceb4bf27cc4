import type { Target } from 'srp6a-tools/fuzz/target.js'
import { cognitoTargets } from './cognito.js'
import { receivedTargets } from './received.js'
import { stateTargets } from './states.js'

/** Targets of the core: readers of the bytes and texts of others. */
export const targets: readonly Target[] = [...stateTargets, ...cognitoTargets, ...receivedTargets]
