/** The state of packages/srp/src that was measured. */
export interface Core {
  /** The commit that last changed it; null for code that is not committed. */
  readonly commit: string | null
  /** SHA-256 of its files, hex. */
  readonly sources: string
}
export function describeCore(): Core
