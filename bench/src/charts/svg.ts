// A few SVG elements as text. Colours come from a style sheet inside the file, so that one file serves light and dark.

/** Text and attribute values, safe in XML. Control characters that XML 1.0 cannot hold are dropped. */
export function escapeXml(text: string): string {
  let escaped = ''
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0
    if ((code < 0x20 && code !== 0x09 && code !== 0x0a && code !== 0x0d) || code === 0xfffe || code === 0xffff) continue
    if (code >= 0xd800 && code <= 0xdfff) continue
    escaped += ENTITIES[character] ?? character
  }
  return escaped
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

export type Attributes = Record<string, string | number>

/** One element; `children` are elements already, plain text goes through `text`. */
export function element(name: string, attributes: Attributes, ...children: string[]): string {
  const list = Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeXml(number(value))}"`)
  const open = `<${name}${list.join('')}`
  return children.length === 0 ? `${open}/>` : `${open}>${children.join('')}</${name}>`
}

export function text(content: string, attributes: Attributes): string {
  return element('text', attributes, escapeXml(content))
}

function number(value: string | number): string {
  if (typeof value === 'string') return value
  if (!Number.isFinite(value)) throw new RangeError(`an SVG attribute is ${value}`)
  return String(Math.round(value * 100) / 100)
}

const STYLE = `
  text { font-size: 14px; font-family: system-ui, -apple-system, 'Segoe UI', 'Liberation Sans', sans-serif; fill: #1f2328 }
  .title { font-size: 18px; font-weight: 600 }
  .note, .axis { font-size: 12px; fill: #59636e }
  .bold { font-weight: 600 }
  .ours { fill: #1a7f37 } .peer { fill: #9aa4af } .limit { fill: #d4a72c }
  .ours-line { stroke: #1a7f37 } .peer-line { stroke: #9aa4af } .limit-line { stroke: #d4a72c }
  .line { fill: none; stroke-width: 2.5 }
  .grid { stroke: #d1d9e0; stroke-width: 1 }
  .back { fill: #ffffff }
  @media (prefers-color-scheme: dark) {
    text { fill: #f0f6fc }
    .note, .axis { fill: #9198a1 }
    .ours { fill: #3fb950 } .peer { fill: #6e7681 } .limit { fill: #d29922 }
    .ours-line { stroke: #3fb950 } .peer-line { stroke: #6e7681 } .limit-line { stroke: #d29922 }
    .grid { stroke: #3d444d }
    .back { fill: #0d1117 }
  }
`

/** A whole file. `description` is what a screen reader says. */
export function document(
  size: { width: number; height: number },
  title: string,
  description: string,
  body: string[],
): string {
  const { width, height } = size
  return `${element(
    'svg',
    { xmlns: 'http://www.w3.org/2000/svg', viewBox: `0 0 ${width} ${height}`, width, height, role: 'img' },
    element('title', {}, escapeXml(title)),
    element('desc', {}, escapeXml(description)),
    element('style', {}, STYLE),
    element('rect', { class: 'back', width, height, rx: 6 }),
    ...body,
  )}\n`
}

/** The head of every chart: what it shows, what was measured, on what. */
export function head(title: string, notes: readonly string[]): string[] {
  return [
    text(title, { x: 20, y: 32, class: 'title' }),
    ...notes.map((note, index) => text(note, { x: 20, y: 54 + 17 * index, class: 'note' })),
  ]
}
