// JSON that stays the same through editors and version control: ASCII only, one fixed layout.
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const at = (file: string): string => fileURLToPath(new URL(`../${file}`, import.meta.url))

export function toText(document: unknown): string {
  const pretty = JSON.stringify(document, null, 1)
  const shortLists = pretty.replace(
    /\[\s+((?:"[^"\\]*",?\s+)+)\]/g,
    (_, items: string) => `[${items.trim().replace(/\s+/g, ' ')}]`,
  )
  const escaped = shortLists.replace(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
  return `${escaped}\n`
}

export function write(file: string, document: unknown): void {
  writeFileSync(at(file), toText(document))
}

/** Return the difference between the file and the document, if there is one. */
export function difference(file: string, document: unknown): string | undefined {
  let found: string
  try {
    found = readFileSync(at(file), 'utf8')
  } catch {
    return `${file} is missing`
  }
  const right = toText(document).split('\n')
  const line = found.split('\n').findIndex((text, index) => text !== right[index])
  return found === right.join('\n') ? undefined : `${file} differs from line ${line + 1} on`
}

export function read<T>(file: string): T {
  return JSON.parse(readFileSync(at(file), 'utf8'))
}
