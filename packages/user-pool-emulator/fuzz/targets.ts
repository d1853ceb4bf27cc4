import type { Target } from 'srp6a-tools/fuzz/target.js'
import { requestTargets } from './requests.js'
import { seedTargets } from './seeds.js'

/** Targets of the emulator: readers of seeds and requests. */
export const targets: readonly Target[] = [...seedTargets, ...requestTargets]
