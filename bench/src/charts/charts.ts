// The list of charts, and the content of each.
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Results } from '../results.js'
import { type Bar, barChart, figure } from './bars.js'
import { type Line, lineChart } from './lines.js'

/** File name and content of every chart that the results have figures for. */
export function charts(results: Results): Record<string, string> {
  const drawn: Record<string, string> = {}
  const on = `Node ${results.runtime.node}, ${results.machine.cpu}, ${results.date.slice(0, 10)}`
  const { signIn, first, general } = results
  if (signIn !== undefined) {
    const bars = Object.values(signIn).map(({ label, kind, ms, overOurs }): Bar => {
      const remark =
        kind === 'peer' && overOurs !== undefined ? { remark: `(${figure(overOurs.median)} times ours)` } : {}
      return { label, kind, value: ms.median, ...remark }
    })
    const notes = ['Client arithmetic of one sign-in, warm: A, then the answer to the challenge. Median.', on]
    drawn['sign-in.svg'] = barChart({ title: 'One Cognito sign-in', notes, unit: 'ms', bars })
  }
  if (first !== undefined) {
    const bars = Object.values(first).map(({ label, kind, totalMs }): Bar => ({ label, kind, value: totalMs.median }))
    const notes = ['Import and one sign-in in a process that has done nothing yet. Median.', on]
    drawn['first-sign-in.svg'] = barChart({ title: 'From import to the first signature', notes, unit: 'ms', bars })
  }
  if (general !== undefined) {
    const lines = generalLines(general)
    const notes = ['Client and server together, both proofs checked, without Cognito. Median.', on]
    if (lines.length > 0) drawn['groups.svg'] = lineChart('One SRP handshake by size of the group', notes, lines)
  }
  return drawn
}

function generalLines(general: NonNullable<Results['general']>): Line[] {
  const lines = new Map<string, { kind: Line['kind']; points: { x: number; y: number }[] }>()
  for (const [bits, entries] of Object.entries(general)) {
    for (const { label, kind, ms } of Object.values(entries)) {
      const line = lines.get(label) ?? { kind, points: [] }
      line.points.push({ x: Number(bits), y: ms.median })
      lines.set(label, line)
    }
  }
  return [...lines].map(([label, line]) => ({ label, ...line }))
}

/** Returns the paths of the files written. */
export async function writeCharts(results: Results, folder: string): Promise<string[]> {
  const files = Object.entries(charts(results))
  for (const [name, content] of files) await writeFile(join(folder, name), content)
  return files.map(([name]) => join(folder, name))
}
