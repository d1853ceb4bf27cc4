/**
 * Compares what a command printed with what the document says it prints. `…` stands for anything within a line, and a
 * line of nothing else for any lines.
 * @throws Error that shows both
 */
export function matches(printed, expected) {
  const lines = (text) => text.split('\n').map((line) => line.trimEnd())
  const pattern = lines(expected.trim())
    .map((line) => (line === '…' ? '(?:.*\\n)*?' : `${line.split('…').map(quoted).join('.*')}\\n`))
    .join('')
  const text = `${lines(printed.trim()).join('\n')}\n`
  if (!new RegExp(`^${pattern}$`).test(text)) throw new Error(`printed:\n${text}instead of:\n${expected}`)
}

const quoted = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
