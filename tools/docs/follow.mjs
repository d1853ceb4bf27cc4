// Follows the documents to the letter: node tools/docs/follow.mjs [documents…]. Every block of code is run, or its
// document says why not (see docs/blocks.mjs); one that is neither fails.
import { existsSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { root } from '../workspace/run.mjs'
import { blocksOf, documents } from './blocks.mjs'
import { Page } from './page.mjs'
import { servePool } from './pool.mjs'

/** Languages of blocks that cannot be run: drawings, and the output of a program. */
const PICTURES = new Set(['', 'text', 'mermaid'])

// Each page has a folder that goes away at the end.
process.setMaxListeners(0)

const wanted = process.argv.slice(2)
const pages = documents.filter((document) => wanted.length === 0 || wanted.some((name) => document.includes(name)))
const count = { run: 0, elsewhere: 0, excused: 0 }
let failed = false

const server = await servePool()
const queue = pages.filter((document) => blocksOf(document).some(({ language }) => !PICTURES.has(language)))
// Two at a time, as many as the smallest machine has cores; those that build something come first.
await Promise.all([follow(), follow()])
await server.close()
console.log(`Blocks of code in ${pages.length} documents: ${count.run} run, ${count.elsewhere} run by their own tests,`)
console.log(`${count.excused} not run, each with its reason beside it.`)
process.exit(failed ? 1 : 0)

async function follow() {
  for (let document = queue.shift(); document !== undefined; document = queue.shift()) {
    const began = performance.now()
    const page = await Page.open(document, server.url)
    let place = document
    try {
      for (const block of blocksOf(document)) {
        place = block.place
        await step(page, block)
      }
      place = document
      await page.evaluate()
      console.log(`ok   ${document} (${((performance.now() - began) / 1000).toFixed(1)} s)`)
    } catch (error) {
      failed = true
      console.error(`FAIL ${place} ${error.message}`)
    } finally {
      await page.close()
    }
  }
}

async function step(page, block) {
  const { then, language, name, text, marks } = block
  if (then !== undefined) return page.perform(then)
  if ('not run' in marks) {
    count.excused++
    return
  }
  if ('run by' in marks || 'from' in marks) {
    elsewhere(block)
    count.elsewhere++
    return
  }
  if (name !== undefined) {
    page.save(name, text)
    return
  }
  if (PICTURES.has(language)) return
  if (marks.needs !== undefined) await page.run({ text: `npm install ${marks.needs}`, marks: {} })
  if (language === 'sh') await ('background' in marks ? page.begin(block) : page.run(block))
  else if (language === 'json') JSON.parse(text)
  else if (language === 'ts') await page.keep(block)
  else throw new Error(`nothing here runs ${language || 'a block without a language'}: say why not`)
  count.run++
}

/** The test must be there and speak of the document; an excerpt must be in the file, whatever its indentation. */
function elsewhere({ place, text, marks }) {
  const file = marks['run by'] ?? marks.from
  if (!existsSync(join(root, file))) throw new Error(`names ${file}, which is not there`)
  const source = readFileSync(join(root, file), 'utf8')
  if (marks.from === undefined) {
    const document = basename(place.split(':')[0])
    if (!source.includes(document)) throw new Error(`${file} does not speak of ${document}`)
    return
  }
  const flat = (code) => code.replace(/^[ \t]+/gm, '').trim()
  if (!flat(source).includes(flat(text))) throw new Error(`is not in ${file} as it stands there`)
}
