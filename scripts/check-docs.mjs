// Type-checks every TypeScript block of the documents, each as a file of its own.
// A block that begins with the comment `// continues` is compiled together with the blocks before it.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { globSync } from './glob.mjs'
import { node, root } from './run.mjs'

const documents = [
  'README.md',
  ...globSync('packages/*/README.md'),
  ...globSync('*/README.md'),
  ...globSync('docs/**/*.md'),
]
// Beside the examples, so that imports are found as they are there.
const folder = join(root, 'examples', '.docs')
rmSync(folder, { recursive: true, force: true })
mkdirSync(folder, { recursive: true })

const places = new Map()
for (const document of documents) {
  const text = readFileSync(join(root, document), 'utf8')
  let before = ''
  for (const match of text.matchAll(/^```(ts|typescript)\n([\s\S]*?)^```$/gm)) {
    const line = text.slice(0, match.index).split('\n').length + 1
    const code = match[2].startsWith('// continues') ? `${before}\n${match[2]}` : match[2]
    const name = `${document.replace(/[^a-z0-9]+/gi, '-')}-${line}.ts`
    writeFileSync(join(folder, name), `${code}\nexport {}\n`)
    places.set(name, `${document}:${line}`)
    before = code
  }
}
writeFileSync(
  join(folder, 'tsconfig.json'),
  JSON.stringify({
    extends: '../../tsconfig.json',
    // Against what was built, as a reader would compile it.
    compilerOptions: { lib: ['ES2023', 'DOM', 'DOM.Iterable'], noUnusedLocals: false, paths: {} },
    include: ['*.ts'],
  }),
)
const code = await node(join(root, 'node_modules/typescript/bin/tsc'), ['-p', folder, '--pretty', 'false'])
if (code !== 0) for (const [name, place] of places) console.error(`${name} is ${place}`)
else console.log(`${places.size} blocks of ${documents.length} documents compile.`)
rmSync(folder, { recursive: true, force: true })
process.exitCode = code === 0 && places.size > 0 ? 0 : 1
