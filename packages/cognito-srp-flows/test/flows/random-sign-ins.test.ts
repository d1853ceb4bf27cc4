import { it } from 'vitest'
import { signInToRandomPools } from './random-sign-ins.js'

it(
  'signs in 200 times with random users, aliases, passwords and client secrets',
  () => signInToRandomPools(25),
  120_000,
)
