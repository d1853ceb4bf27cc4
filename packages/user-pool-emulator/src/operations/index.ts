import { authenticate } from './authenticate.js'
import { deviceOperations } from './devices.js'
import { mfaOperations } from './mfa.js'
import type { Operation } from './operation.js'
import { tokenOperations } from './tokens.js'
import { userOperations } from './user.js'

/** Every operation the emulator plays, by the name in X-Amz-Target. */
export const operations: ReadonlyMap<string, Operation> = new Map(
  Object.entries({ ...authenticate, ...tokenOperations, ...userOperations, ...deviceOperations, ...mfaOperations }),
)
