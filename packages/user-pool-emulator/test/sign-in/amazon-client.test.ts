import { it } from 'vitest'
import { playAmazonClient } from './amazon-client.js'

it(
  'amazon-cognito-identity-js signs in 4 times, every other time with a wrong password, and is never wrong about it',
  {
    timeout: 300_000,
  },
  () => playAmazonClient(4),
)
