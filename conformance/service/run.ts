// Runs probes one after the other, each on a pool of its needs, and collects what was seen.
import { NotPossible, type Probe, type Seen } from './probe.js'
import { sceneOf } from './scene.js'
import type { Service } from './service.js'
import type { TemporaryPools } from './temporary-pools.js'

export interface Finding {
  readonly id: string
  readonly says: string
  readonly source: string
  readonly assumption?: string
  readonly result: 'held' | 'differed' | 'not possible'
  readonly expected: Seen
  /** The observed value where it differed, or the reason why it was not possible. */
  readonly seen?: Seen
}

/** Compare by value: both are plain JSON. */
const same = (one: Seen, other: Seen): boolean => JSON.stringify(one) === JSON.stringify(other)

async function find(probe: Probe, service: Service, pools: TemporaryPools): Promise<Finding> {
  const { id, says, source, assumption, expected } = probe
  const common = { id, says, source, ...(assumption !== undefined && { assumption }), expected }
  try {
    const seen = await probe.observe(sceneOf(service, await pools.for(probe.needs)))
    return same(seen, expected) ? { ...common, result: 'held' } : { ...common, result: 'differed', seen }
  } catch (error) {
    const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
    // A probe that falls over has seen nothing: neither that its sentence holds nor that it does not.
    return { ...common, result: 'not possible', seen: error instanceof NotPossible ? error.message : reason }
  }
}

/**
 * Run probes.
 *
 * @param options.interrupted asked before each probe: true ends the run with what there is
 * @param options.progress told of each finding
 * @returns a finding for each probe that was run
 */
export async function runProbes(
  probes: readonly Probe[],
  service: Service,
  pools: TemporaryPools,
  options: { readonly interrupted?: () => boolean; readonly progress?: (finding: Finding) => void } = {},
): Promise<readonly Finding[]> {
  const findings: Finding[] = []
  for (const probe of probes) {
    if (options.interrupted?.()) break
    const finding = await find(probe, service, pools)
    findings.push(finding)
    options.progress?.(finding)
  }
  return findings
}
