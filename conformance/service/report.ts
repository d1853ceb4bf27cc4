// The findings of a run, as JSON for programs and as a page for people.
import type { Finding } from './run.js'

export interface Report {
  readonly date: string
  readonly region: string
  readonly endpoint?: string
  /** False where the run was interrupted. */
  readonly complete: boolean
  readonly findings: readonly Finding[]
  /** Pools that could not be deleted. */
  readonly left: readonly { readonly id: string; readonly error: string }[]
}

const cell = (value: unknown): string =>
  (typeof value === 'string' ? value : (JSON.stringify(value) ?? ''))
    .replace(/\|/g, '\\|')
    .replace(/\s+/g, ' ')
    .slice(0, 300)

const rows = (findings: readonly Finding[]): string[] =>
  findings.map(
    ({ id, says, expected, seen, source, assumption }) =>
      `| ${id}${assumption ? ` (assumptions.${assumption})` : ''} | ${cell(says)} | ${cell(expected)} | ${cell(seen)} | ${cell(source)} |`,
  )

/**
 * Write a report as Markdown: what differed first, for that is what has to change.
 *
 * @returns the page; what differed can be pasted into a pull request on the emulator's assumptions
 */
export function markdownOf({ date, region, endpoint, complete, findings, left }: Report): string {
  const of = (result: Finding['result']) => findings.filter((finding) => finding.result === result)
  const table = (title: string, list: readonly Finding[]): string[] =>
    list.length === 0
      ? []
      : [
          '',
          `## ${title}`,
          '',
          '| probe | what it says | expected | seen | known from |',
          '| --- | --- | --- | --- | --- |',
          ...rows(list),
        ]
  return [
    `# Conformance of ${endpoint ?? `Amazon Cognito in ${region}`}, ${date}`,
    '',
    `${of('held').length} held, ${of('differed').length} differed, ${of('not possible').length} not possible${complete ? '' : '; the run was interrupted'}.`,
    ...table('Differed', of('differed')),
    ...table('Not possible', of('not possible')),
    ...table('Held', of('held')),
    ...(left.length === 0
      ? []
      : ['', '## Pools that are left', '', ...left.map(({ id, error }) => `- ${id}: ${cell(error)}`)]),
    '',
  ].join('\n')
}
