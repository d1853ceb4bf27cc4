import type { Target } from 'srp6a-tools/fuzz/target.js'
import { requestTargets } from './requests.js'
import { seedTargets } from './seeds.js'

/** What of the emulator reads seeds and requests. */
export const targets: readonly Target[] = [...seedTargets, ...requestTargets]
