// The main process's side of a warm worker.
import type { Sampler } from '../rounds.js'
import type { Running } from './protocol.js'
import { askProcess } from './questions.js'

export interface WarmRequest {
  section: 'sign-in' | 'latency' | 'devices' | 'servers' | 'general' | 'logins'
  /** Of a contender, with what `section` adds to it: `default`, `default/verify`, `default/2048`, `default/2048/start`. */
  name: string
  sampleMs: number
  seed: number
}

export type Question = 'warm up' | { sample: number }

export interface ProcessSampler extends Sampler {
  end(): void
}

export function processSampler(file: string, request: WarmRequest, running: Running): ProcessSampler {
  const { ask, end } = askProcess(file, request, running)
  return {
    name: request.name,
    warmUp: () => ask('warm up' satisfies Question),
    sample: (count) => ask({ sample: count } satisfies Question),
    end,
  }
}
