// One sign-in in a process that has done nothing yet: no code compiled, no table built. The challenge comes ready made
// and the claim is checked by the parent, so that this process does no other arithmetic before the clock starts.
import type { Challenge } from '../cognito/challenge.js'
import { type Claim, signIn } from '../cognito/contender.js'
import { contenderNamed } from '../cognito/contenders.js'
import { serve } from './protocol.js'

export interface FirstRequest {
  name: string
  challenge: Omit<Challenge, 'server'>
}

export interface FirstResult {
  importMs: number
  signInMs: number
  claim: Claim
}

await serve(async ({ name, challenge }: FirstRequest): Promise<FirstResult> => {
  const info = contenderNamed(name)
  const start = performance.now()
  const contender = await info.load()
  const imported = performance.now()
  const claim = await signIn(contender, challenge as Challenge)
  const end = performance.now()
  return { importMs: imported - start, signInMs: end - imported, claim }
})
