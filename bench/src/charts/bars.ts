// Horizontal bars from the fastest to the slowest, on a linear scale that starts at 0: lengths compare as times do.
import type { Kind } from '../cognito/contender.js'
import { document, element, head, text } from './svg.js'

export interface Bar {
  label: string
  kind: Kind
  value: number
  /** Behind the figure, e.g. `27 times`. */
  remark?: string
}

export interface BarChart {
  title: string
  /** Below the title, one line each: what was measured, on what. */
  notes: readonly string[]
  unit: string
  bars: readonly Bar[]
}

const WIDTH = 860
const LEFT = 270
const RIGHT = 170
const TOP = 92
const ROW = 32
const BAR = 20

export function barChart({ title, notes, unit, bars }: BarChart): string {
  if (bars.length === 0) throw new RangeError('bars: none')
  const sorted = [...bars].sort((a, b) => a.value - b.value)
  const longest = sorted[sorted.length - 1]?.value ?? 0
  const scale = longest > 0 ? (WIDTH - LEFT - RIGHT) / longest : 0
  const body = [
    ...head(title, notes),
    ...sorted.flatMap((bar, index) => row(bar, TOP + index * ROW, bar.value * scale, unit)),
  ]
  const description = sorted.map(({ label, value }) => `${label}: ${figure(value)} ${unit}`).join('; ')
  return document({ width: WIDTH, height: TOP + sorted.length * ROW + 14 }, title, description, body)
}

function row({ label, kind, value, remark }: Bar, y: number, length: number, unit: string): string[] {
  const middle = y + BAR / 2 + 5
  const bold = kind === 'ours' ? 'bold' : 'plain'
  return [
    text(label, { x: LEFT - 12, y: middle, 'text-anchor': 'end', class: bold }),
    // However short: a bar one can see.
    element('rect', { x: LEFT, y, width: Math.max(2, length), height: BAR, rx: 2, class: kind }),
    text(`${figure(value)} ${unit}${remark === undefined ? '' : `  ${remark}`}`, {
      x: LEFT + Math.max(2, length) + 8,
      y: middle,
      class: bold,
    }),
  ]
}

/** Two significant digits below 100, whole numbers above. */
export function figure(value: number): string {
  if (!Number.isFinite(value)) throw new RangeError(`a figure is ${value}`)
  if (value >= 100) return String(Math.round(value))
  if (value === 0) return '0'
  // toPrecision can turn 99.96 into 1.0e+2.
  return String(Number(value.toPrecision(2)))
}
