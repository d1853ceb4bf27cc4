import { it } from 'vitest'
import { signInToRandomPools } from './random-sign-ins.js'

it(
  'signs in 2000 times with random users, aliases, passwords and client secrets',
  () => signInToRandomPools(250),
  900_000,
)
