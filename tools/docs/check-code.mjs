// Type-checks every TypeScript block of the documents. A block with a file name is compiled together with the other files
// of its page, every other one as a file of its own; one that begins with the comment `// continues`, with those before it.
// Also the examples whose libraries bring the types of the DOM, which nothing else here may see.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { node, root } from '../workspace/run.mjs'
import { blocksOf, documents } from './blocks.mjs'

// Beside the examples, so that imports are found as they are there.
const folder = join(root, 'examples', '.docs')
rmSync(folder, { recursive: true, force: true })

const places = new Map()
const write = (file, text, place) => {
  mkdirSync(dirname(join(folder, file)), { recursive: true })
  writeFileSync(join(folder, file), text)
  places.set(file, place)
}

for (const document of documents) {
  const page = document.replace(/[^a-z0-9]+/gi, '-')
  // A file that a page shows twice is another file from there on; the others stay as they were.
  let files = new Map()
  let version = 1
  let before = ''
  for (const { place, language, name, text, marks, then } of blocksOf(document)) {
    if (then !== undefined || language !== 'ts' || 'not compiled' in marks) continue
    if (name === undefined) {
      const code = text.startsWith('// continues') ? `${before}\n${text}` : text
      write(`${page}-${place.split(':')[1]}.ts`, `${code}\nexport {}\n`, place)
      before = code
      continue
    }
    if (files.has(name)) {
      files = new Map(files)
      version++
    }
    files.set(name, [text, place])
    for (const [file, [code, at]] of files) write(join(`${page}-${version}`, file), code, at)
  }
}
writeFileSync(
  join(folder, 'tsconfig.json'),
  JSON.stringify({
    extends: '../../tsconfig.json',
    // Against what was built, as a reader would compile it.
    compilerOptions: { lib: ['ES2023', 'DOM', 'DOM.Iterable'], noUnusedLocals: false, paths: {} },
    include: ['**/*.ts', '../auth/**/*.ts', '../frameworks/**/*.ts', '../test/auth/**/*.ts'],
    exclude: [],
  }),
)
const code = await node(join(root, 'node_modules/typescript/bin/tsc'), ['-p', folder, '--pretty', 'false'])
if (code !== 0) for (const [file, place] of places) console.error(`${file} is ${place}`)
else console.log(`${places.size} blocks of ${documents.length} documents compile.`)
rmSync(folder, { recursive: true, force: true })
process.exitCode = code === 0 && places.size > 0 ? 0 : 1
