import { it } from 'vitest'
import { signInToRandomPools } from './random-sign-ins.js'

it('signs in 56 times with random users, aliases, passwords and client secrets', () => signInToRandomPools(7), 120_000)
