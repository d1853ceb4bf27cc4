// The heap after a full collection, before and after many sign-ins: it shows memory that they leave behind.
import { ChallengeRing } from '../cognito/challenge.js'
import { signIn } from '../cognito/contender.js'
import { contenderNamed } from '../cognito/contenders.js'
import { sendProgress, serve } from './protocol.js'

export interface HeapRequest {
  name: string
  signIns: number
  seed: number
}

export interface HeapResult {
  signIns: number
  /** Bytes in use after a collection, once the code is warm and the table built. */
  before: number
  after: number
  /** Array buffers live outside the heap. */
  buffersBefore: number
  buffersAfter: number
}

const WARM_UP = 100
const REPORT_EVERY = 250

await serve(async ({ name, signIns, seed }: HeapRequest): Promise<HeapResult> => {
  const collect = (globalThis as { gc?: () => void }).gc
  if (collect === undefined) throw new Error('run with --expose-gc')
  const contender = await contenderNamed(name).load()
  const ring = new ChallengeRing(8, seed)
  const used = (): NodeJS.MemoryUsage => {
    collect()
    collect()
    return process.memoryUsage()
  }
  for (let index = 0; index < WARM_UP; index++) await signIn(contender, ring.take())
  const before = used()
  for (let index = 0; index < signIns; index++) {
    await signIn(contender, ring.take())
    if (index % REPORT_EVERY === 0) sendProgress(index, signIns, `sign-ins with ${name}`)
  }
  const after = used()
  return {
    signIns,
    before: before.heapUsed,
    after: after.heapUsed,
    buffersBefore: before.arrayBuffers,
    buffersAfter: after.arrayBuffers,
  }
})
