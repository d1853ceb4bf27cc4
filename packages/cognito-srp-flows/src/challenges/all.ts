import type { Challenges } from './challenge.js'
import { factorChoices, mfaChoices } from './choose.js'
import { codes } from './code.js'
import { customChallenges } from './custom.js'
import { deviceProofs } from './device.js'
import { mfaSetups } from './mfa-setup.js'
import { newPasswords } from './new-password.js'
import { passkeys } from './passkey.js'
import { passwordProofs, passwords } from './password.js'

/** Handle every challenge of the service. By a call that is marked as pure: bundlers keep a spread that no one uses. */
export const allChallenges: Challenges = /* @__PURE__ */ Object.assign(
  {},
  passwordProofs,
  codes,
  newPasswords,
  mfaChoices,
  mfaSetups,
  customChallenges,
  factorChoices,
  passwords,
  passkeys,
  deviceProofs,
)
