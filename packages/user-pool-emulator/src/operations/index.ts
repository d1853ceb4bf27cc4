import { adminUserOperations } from './admin-users.js'
import { authenticate } from './authenticate.js'
import { clientSecretOperations } from './client-secrets.js'
import { clientTokenOperations } from './client-token.js'
import { deviceOperations } from './devices.js'
import { groupOperations } from './groups.js'
import { mfaOperations } from './mfa.js'
import type { Operation } from './operation.js'
import { passkeyOperations } from './passkeys.js'
import { passwordOperations } from './passwords.js'
import { poolClientOperations } from './pool-clients.js'
import { poolMfaOperations } from './pool-mfa.js'
import { poolOperations } from './pools.js'
import { signUpOperations } from './sign-up.js'
import { tokenOperations } from './tokens.js'
import { userOperations } from './user.js'
import { userFactorOperations } from './user-factors.js'
import { userSessionOperations } from './user-sessions.js'

/** Every operation the emulator plays, by the name in X-Amz-Target. */
export const operations: ReadonlyMap<string, Operation> = new Map(
  Object.entries({
    ...authenticate,
    ...tokenOperations,
    ...userOperations,
    ...signUpOperations,
    ...passwordOperations,
    ...deviceOperations,
    ...mfaOperations,
    ...passkeyOperations,
    ...adminUserOperations,
    ...poolOperations,
    ...poolClientOperations,
    ...poolMfaOperations,
    ...groupOperations,
    ...clientSecretOperations,
    ...clientTokenOperations,
    ...userFactorOperations,
    ...userSessionOperations,
  }),
)
