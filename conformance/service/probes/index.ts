import type { Probe } from '../probe.js'
import { factors } from './factors.js'
import { passwords } from './passwords.js'
import { rememberedDevices } from './remembered-devices.js'
import { requests } from './requests.js'
import { stepUp } from './step-up.js'
import { users } from './users.js'

/** Every probe; those of the same needs stand together, so that a run interrupted early has made few pools. */
export const probes: readonly Probe[] = [
  ...users,
  ...passwords,
  ...factors,
  ...rememberedDevices,
  ...requests,
  ...stepUp,
]

/** The emulator's assumptions that no probe can settle, and what each would need. */
export const NOT_PROBED: Readonly<Record<string, string>> = {
  newDeviceAfterCustomAuth: 'a pool with Lambda triggers',
  sessionInCustomPasswordVerifier: 'a pool with Lambda triggers',
  verifiedAddressServesAsMfa: 'a pool that sends SMS or e-mail through services of its owner',
  oneTimeCodeFactorsWithMfa: 'a pool that sends SMS or e-mail through services of its owner',
  firstFactorCodeDigits: 'a mailbox to read',
  codeTries: 'a mailbox to read',
  invalidMfaType: 'a user with two second factors, one of them SMS or e-mail',
  noFirstFactor: 'a pool that sends SMS or e-mail through services of its owner',
  stepUpNotInTier: 'a pool of the Lite plan with a client of USER_AUTH, which the service may refuse to make',
  clientTokenNotEnabled: 'a resource server, and a client with a secret',
  unknownScope: 'a client with ALLOW_CLIENT_TOKEN_AUTH, which the SDK cannot make yet',
  singleFactorPasskeyBeforeMfa: 'a passkey, and a domain that it belongs to',
}
