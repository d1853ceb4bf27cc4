// Figures between markers in Markdown: <!-- bench:NAME -->…<!-- /bench -->

const MARKED = /<!-- bench:(\S+) -->([\s\S]*?)<!-- \/bench -->/g
const OPENING = /<!-- bench:/g

/**
 * The text with every marked place filled from the figures.
 *
 * @throws RangeError if a name is not among the figures, or a marker is not closed
 */
export function rewrite(markdown: string, figures: ReadonlyMap<string, string>): string {
  let marked = 0
  const rewritten = markdown.replace(MARKED, (_whole, name: string, content: string) => {
    marked++
    if (content.includes('<!-- bench:')) throw new RangeError(`bench:${name} is not closed before the next marker`)
    const value = figures.get(name)
    if (value === undefined) throw new RangeError(`no figure is called ${name}${nearest(name, figures)}`)
    // A table needs lines of its own, and so does what stands alone; a figure stays within its sentence.
    const between = value.includes('\n') ? `\n\n${value}\n\n` : value
    return `<!-- bench:${name} -->${between}<!-- /bench -->`
  })
  const opened = markdown.match(OPENING)?.length ?? 0
  if (opened !== marked)
    throw new RangeError(`${opened - marked} of ${opened} bench markers are malformed or not closed`)
  return rewritten
}

export function countMarkers(markdown: string): number {
  return markdown.match(MARKED)?.length ?? 0
}

function nearest(name: string, figures: ReadonlyMap<string, string>): string {
  const section = name.split('.')[0] ?? ''
  const near = [...figures.keys()].filter((key) => key.startsWith(`${section}.`))
  return near.length === 0
    ? `; sections: ${[...new Set([...figures.keys()].map((key) => key.split('.')[0]))].join(', ')}`
    : `; in that section: ${near.join(', ')}`
}
