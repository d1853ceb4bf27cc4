import type { Challenges } from './challenge.js'
import { factorChoices, mfaChoices } from './choose.js'
import { codes } from './code.js'
import { customChallenges } from './custom.js'
import { deviceProofs } from './device.js'
import { mfaSetups } from './mfa-setup.js'
import { newPasswords } from './new-password.js'
import { passkeys } from './passkey.js'
import { passwordProofs, passwords } from './password.js'

/** Handle every challenge of the service. */
export const allChallenges: Challenges = {
  ...passwordProofs,
  ...codes,
  ...newPasswords,
  ...mfaChoices,
  ...mfaSetups,
  ...customChallenges,
  ...factorChoices,
  ...passwords,
  ...passkeys,
  ...deviceProofs,
}
