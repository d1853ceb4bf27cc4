// Line charts of the cost by the size of the group. Both axes are logarithmic: equal factors are equal distances.
import type { Kind } from '../cognito/contender.js'
import { figure } from './bars.js'
import { document, element, head, text } from './svg.js'

export interface Line {
  label: string
  kind: Kind
  /** Bits of the group and milliseconds. */
  points: readonly { x: number; y: number }[]
}

const WIDTH = 860
const HEIGHT = 440
const LEFT = 74
const RIGHT = 190
const TOP = 96
const BOTTOM = 50

export function lineChart(title: string, notes: readonly string[], lines: readonly Line[]): string {
  const all = lines.flatMap(({ points }) => points)
  if (all.length === 0) throw new RangeError('lines: no points')
  const columns = [...new Set(all.map(({ x }) => x))].sort((a, b) => a - b)
  const lowest = 10 ** Math.floor(Math.log10(Math.min(...all.map(({ y }) => y))))
  const highest = 10 ** Math.ceil(Math.log10(Math.max(...all.map(({ y }) => y)) * 1.001))
  const [first, last] = [columns[0] ?? 1, columns[columns.length - 1] ?? 2]
  const width = WIDTH - LEFT - RIGHT
  const height = HEIGHT - TOP - BOTTOM
  const across = (x: number): number =>
    LEFT + (first === last ? 0 : (width * Math.log(x / first)) / Math.log(last / first))
  const down = (y: number): number => TOP + height - (height * Math.log(y / lowest)) / Math.log(highest / lowest)
  const body = head(title, notes)
  for (let decade = lowest; decade <= highest * 1.001; decade *= 10) {
    body.push(element('line', { x1: LEFT, x2: LEFT + width, y1: down(decade), y2: down(decade), class: 'grid' }))
    body.push(text(`${figure(decade)} ms`, { x: LEFT - 8, y: down(decade) + 4, 'text-anchor': 'end', class: 'axis' }))
  }
  for (const bits of columns) {
    body.push(text(String(bits), { x: across(bits), y: HEIGHT - BOTTOM + 22, 'text-anchor': 'middle', class: 'axis' }))
  }
  body.push(text('bits', { x: LEFT + width + 30, y: HEIGHT - BOTTOM + 22, class: 'axis' }))
  for (const line of lines) body.push(...drawn(line, across, down))
  body.push(...names(lines, across, down))
  const description = lines
    .map(({ label, points }) => `${label}: ${points.map(({ x, y }) => `${x} bits ${figure(y)} ms`).join(', ')}`)
    .join('; ')
  return document({ width: WIDTH, height: HEIGHT }, title, description, body)
}

type Place = (value: number) => number

function drawn({ kind, points }: Line, across: Place, down: Place): string[] {
  const sorted = [...points].sort((a, b) => a.x - b.x)
  const path = sorted.map(({ x, y }) => `${across(x).toFixed(1)},${down(y).toFixed(1)}`).join(' ')
  return [
    element('polyline', { points: path, class: `line ${kind}-line` }),
    ...sorted.map(({ x, y }) => element('circle', { cx: across(x), cy: down(y), r: 3.5, class: kind })),
  ]
}

/** Each name beside the end of its line, pushed down where two would overlap. */
function names(lines: readonly Line[], across: Place, down: Place): string[] {
  const ends = lines.flatMap((line) => {
    const end = [...line.points].sort((a, b) => b.x - a.x)[0]
    return end === undefined ? [] : [{ line, x: across(end.x) + 10, y: down(end.y) + 5 }]
  })
  ends.sort((a, b) => a.y - b.y)
  let free = 0
  return ends.map(({ line, x, y }) => {
    const at = Math.max(y, free)
    free = at + 17
    return text(line.label, { x, y: at, class: line.kind === 'ours' ? 'bold' : 'plain' })
  })
}
