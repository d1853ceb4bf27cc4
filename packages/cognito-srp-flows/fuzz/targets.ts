import type { Target } from 'srp6a-tools/fuzz/target.js'
import { replyTargets } from './replies.js'
import { storageTargets } from './storage.js'

/** Targets of the flows: readers of the service's replies, and of texts kept between two visits. */
export const targets: readonly Target[] = [...replyTargets, ...storageTargets]
