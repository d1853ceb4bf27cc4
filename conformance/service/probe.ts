// A probe: one behaviour of the service, the way to observe it, and the source that it is known from.
import type { Scene } from './scene.js'

/** The values that a probe compares: plain JSON. */
export type Seen = string | number | boolean | null | readonly Seen[] | { readonly [name: string]: Seen }

/** Members of CreateUserPool beyond its name, and SetUserPoolMfaConfig's where a second factor is needed. */
export interface PoolNeeds {
  readonly create?: Readonly<Record<string, unknown>>
  readonly mfa?: Readonly<Record<string, unknown>>
  /** Members of CreateUserPoolClient beyond its name. */
  readonly client?: Readonly<Record<string, unknown>>
}

export interface Probe {
  /** Names the probe in reports: lower case, with hyphens. */
  readonly id: string
  /** The behaviour, in one sentence. */
  readonly says: string
  /** The source of that. */
  readonly source: string
  /** Probes with the same needs share a pool. */
  readonly needs: PoolNeeds
  /** The result of {@link observe} where the sentence holds. */
  readonly expected: Seen
  /** The entry of the emulator's `assumptions` that stands on this, where it is not known of the service. */
  readonly assumption?: string
  /**
   * Try the behaviour out.
   *
   * @param scene a pool and a client of this probe's needs, and requests to them
   * @returns what was seen
   * @throws NotPossible where this service cannot be asked
   */
  observe(scene: Scene): Promise<Seen>
}

/** Say that a probe could not be tried, which is no difference. */
export class NotPossible extends Error {
  override readonly name = 'NotPossible'
}

/** Gives probes of one file their needs. */
export const probesOf = (needs: PoolNeeds, probes: readonly Omit<Probe, 'needs'>[]): readonly Probe[] =>
  probes.map((probe) => ({ ...probe, needs }))
