// A small harness for places without a test runner: cases, a comparison, and a report that is plain data.

export interface Case {
  readonly name: string
  readonly run: () => void | Promise<void>
  /** The reason why it cannot run here. */
  readonly skip?: string | undefined
}

export interface Report {
  passed: number
  failed: { name: string; error: string }[]
  skipped: { name: string; reason: string }[]
}

/** Cases that return a promise are awaited by `finish`; until then the report is of those that did not. */
export function runCases(cases: readonly Case[], report: Report = { passed: 0, failed: [], skipped: [] }): Report {
  for (const one of cases) {
    if (one.skip !== undefined) {
      report.skipped.push({ name: one.name, reason: one.skip })
      continue
    }
    try {
      const outcome = one.run()
      if (outcome !== undefined) throw new Error('is asynchronous: belongs into runAsyncCases')
      report.passed++
    } catch (error) {
      report.failed.push({ name: one.name, error: describe(error) })
    }
  }
  return report
}

/** One after the other, for they share a user pool. */
export async function runAsyncCases(cases: readonly Case[], report: Report): Promise<Report> {
  for (const one of cases) {
    if (one.skip !== undefined) {
      report.skipped.push({ name: one.name, reason: one.skip })
      continue
    }
    try {
      await one.run()
      report.passed++
    } catch (error) {
      report.failed.push({ name: one.name, error: describe(error) })
    }
  }
  return report
}

function describe(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error)
}

/** Compares plain data: texts, numbers, lists and objects of them. */
export function equal(actual: unknown, expected: unknown, what = 'value'): void {
  const [got, wanted] = [JSON.stringify(actual), JSON.stringify(expected)]
  if (got !== wanted) throw new Error(`${what} is ${got?.slice(0, 200)}, not ${wanted?.slice(0, 200)}`)
}

/** The code, or else the name, of what `run` throws; `none` where it throws nothing. */
export function codeOf(run: () => unknown): string {
  try {
    run()
  } catch (error) {
    return codeOfError(error)
  }
  return 'none'
}

export function codeOfError(error: unknown): string {
  const { code, name } = error as { code?: string; name?: string }
  return code ?? name ?? 'no error'
}

export function bytesOf(hex: string): Uint8Array {
  const even = hex.length % 2 ? `0${hex}` : hex
  const bytes = new Uint8Array(even.length / 2)
  for (let i = 0; i < bytes.length; i++) bytes[i] = Number.parseInt(even.slice(2 * i, 2 * i + 2), 16)
  return bytes
}

export function hexOf(bytes: Uint8Array): string {
  let hex = ''
  for (let i = 0; i < bytes.length; i++) hex += (256 + (bytes[i] ?? 0)).toString(16).slice(1)
  return hex
}

/** Lower case, without leading zeros. */
export const integerHex = (hex: string): string => hex.toLowerCase().replace(/^0+(?=.)/, '')

/** A field that must be there: no case passes for want of data. */
export function field(fields: Readonly<Record<string, string>>, name: string): string {
  const value = fields[name]
  if (value === undefined) throw new Error(`the vector has no ${name}`)
  return value
}
