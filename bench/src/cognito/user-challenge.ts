// In a file of its own, for the bundle that runs in Hermes: nothing of Node may come in with it.
import type { Challenge } from './challenge.js'

/** The challenge under the names of the service, as `answerUser` takes it. */
export function userChallenge({ poolName, userId, password, salt, srpB, secretBlock }: Omit<Challenge, 'server'>): {
  userPoolId: string
  password: string
  challenge: { SALT: string; SRP_B: string; SECRET_BLOCK: string; USER_ID_FOR_SRP: string }
} {
  const challenge = { SALT: salt, SRP_B: srpB, SECRET_BLOCK: secretBlock, USER_ID_FOR_SRP: userId }
  return { userPoolId: `us-east-1_${poolName}`, password, challenge }
}
