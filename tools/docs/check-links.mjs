// Every link of every Markdown file that stays in this repository leads to a file, and to a heading where it names one.
import { existsSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { root } from '../workspace/run.mjs'
import { documents } from './blocks.mjs'

/** Without what stands in code, where brackets are no links. */
const prose = (text) =>
  text.replace(/^```[\s\S]*?^```$/gm, '').replace(/`[^`\n]*`/g, (code) => code.replace(/[[\]]/g, ''))

/** The names that GitHub gives to headings: lower case, spaces as hyphens, other signs left out; -1, -2 for the same again. */
function anchorsOf(text) {
  const seen = new Map()
  const anchors = new Set([...text.matchAll(/\b(?:id|name)="([^"]+)"/g)].map(([, name]) => name))
  for (const [, heading] of text.replace(/^```[\s\S]*?^```$/gm, '').matchAll(/^#{1,6} +(.+?) *#*$/gm)) {
    const plain = heading.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').replace(/[`*]/g, '')
    const name = plain
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\p{M} _-]/gu, '')
      .replaceAll(' ', '-')
    const count = seen.get(name) ?? 0
    seen.set(name, count + 1)
    anchors.add(count === 0 ? name : `${name}-${count}`)
  }
  return anchors
}

const anchors = new Map(documents.map((document) => [document, anchorsOf(readFileSync(join(root, document), 'utf8'))]))
const problems = []
let count = 0

for (const document of documents) {
  const text = readFileSync(join(root, document), 'utf8')
  for (const match of prose(text).matchAll(/\]\(<?([^)\s>]+)>?(?: "[^"]*")?\)|^\[[^\]]+\]: (\S+)$/gm)) {
    const target = match[1] ?? match[2]
    if (/^[a-z][a-z0-9+.-]*:/i.test(target)) continue
    count++
    const [path, anchor] = decodeURI(target).split('#')
    const file = path === '' ? document : relative(root, join(root, dirname(document), path)).replaceAll('\\', '/')
    if (file.startsWith('..')) problems.push(`${document}: ${target} leaves the repository`)
    else if (!existsSync(join(root, file))) problems.push(`${document}: ${target} leads nowhere`)
    else if (anchor !== undefined && statSync(join(root, file)).isFile() && !anchors.get(file)?.has(anchor)) {
      problems.push(`${document}: there is no heading for ${target}`)
    }
  }
}

/** The two that are read first: the most words that they may have. What is longer goes to docs/. */
const LENGTHS = { 'README.md': 1200, 'packages/srp/README.md': 1500 }
for (const [document, most] of Object.entries(LENGTHS)) {
  const words = readFileSync(join(root, document), 'utf8').split(/\s+/).filter(Boolean).length
  if (words > most) problems.push(`${document} has ${words} words, more than ${most}`)
}

for (const problem of problems) console.error(problem)
console.log(`${count} links in ${documents.length} documents, ${problems.length} broken.`)
process.exitCode = problems.length > 0 || count === 0 ? 1 : 0
