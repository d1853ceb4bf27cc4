import { integer, object, oneOf, string } from '../config/check.js'

/** Kinds of trouble that can be ordered. */
export const FAULT_KINDS = [
  'throttle',
  'server-error',
  'drop',
  'drop-after',
  'device-wiped',
  'session-expired',
] as const
/** One of {@link FAULT_KINDS}. */
export type FaultKind = (typeof FAULT_KINDS)[number]

/** One fault, waiting for a request that it fits. */
export interface Fault {
  /**
   * throttle: TooManyRequestsException. server-error: HTTP 500. drop: the connection is cut and nothing happened.
   * drop-after: the request took effect, its answer is lost. device-wiped: all devices are deleted before the request
   * is looked at. session-expired: all sessions and SRP exchanges have run out.
   */
  readonly kind: FaultKind
  /** the operation it waits for; any when left out */
  readonly operation?: string
  /** the ChallengeName it waits for; any when left out */
  readonly challenge?: string
  /** how many fitting requests pass before it strikes, default 0 */
  readonly after?: number
  /** how many times it strikes, default 1 */
  readonly times?: number
}

const COUNT = integer(0, Number.MAX_SAFE_INTEGER)
const checkFault = object(
  { kind: oneOf(FAULT_KINDS), operation: string(), challenge: string(), after: COUNT, times: COUNT },
  ['kind'],
)

interface Waiting {
  readonly fault: Fault
  passes: number
  strikes: number
}

/** Faults on request: the next fitting requests fail as ordered. */
export class Faults {
  #waiting: Waiting[] = []

  /** @throws TypeError or RangeError that names the member, a RangeError for an unknown kind */
  add(fault: Fault): void {
    checkFault(fault, 'fault')
    this.#waiting.push({ fault, passes: fault.after ?? 0, strikes: fault.times ?? 1 })
  }

  /** Forgets the faults that have not struck yet. */
  clear(): void {
    this.#waiting = []
  }

  /** Faults that have not struck yet. */
  get pending(): readonly Fault[] {
    return this.#waiting.map(({ fault }) => fault)
  }

  /** @internal The fault that strikes this request, if any. */
  take(operation: string, challenge: string | undefined): FaultKind | undefined {
    const found = this.#waiting.find(({ fault }) => {
      if (fault.operation !== undefined && fault.operation !== operation) return false
      return fault.challenge === undefined || fault.challenge === challenge
    })
    if (found === undefined) return undefined
    if (found.passes > 0) {
      found.passes--
      return undefined
    }
    found.strikes--
    if (found.strikes <= 0) this.#waiting = this.#waiting.filter((waiting) => waiting !== found)
    return found.fault.kind
  }
}
