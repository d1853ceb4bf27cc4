import type { Target } from 'srp6a-tools/fuzz/target.js'
import { replyTargets } from './replies.js'
import { storageTargets } from './storage.js'

/** What of the flows reads replies of the service, and what was kept between two visits. */
export const targets: readonly Target[] = [...replyTargets, ...storageTargets]
