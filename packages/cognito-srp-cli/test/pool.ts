import { generateKeyPairSync } from 'node:crypto'

export const POOL_ID = 'us-east-1_AbCdEfGhI'
export const CLIENT_ID = '1example23456789'

/** One key for all pools of a test file: making one takes a moment. */
export const SIGNING_KEY = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' })

export const ALICE = {
  username: '3f2a1b0c-alice',
  password: 'Correct-horse-7',
  attributes: { email: 'alice@example.com', phone_number: '+15555550123' },
}
