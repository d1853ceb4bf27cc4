import type { Probe } from '../probe.js'
import { factors } from './factors.js'
import { rememberedDevices } from './remembered-devices.js'
import { requests } from './requests.js'
import { users } from './users.js'

/** Every probe; those of the same needs stand together, so that a run interrupted early has made few pools. */
export const probes: readonly Probe[] = [...users, ...factors, ...rememberedDevices, ...requests]
