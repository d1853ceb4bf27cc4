// The score, and the survivors with why each is one: survivors.json is kept by hand, and survivors.md is written from it.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { describeCore } from '../measure/core.mjs'
import { root } from '../workspace/run.mjs'

const FOLDER = join(root, 'packages/srp/test/mutation')
/** Below this the command fails, whatever the reasons. */
const LEAST = 0.9

/** A mutant's name that outlives changes elsewhere in its file: the file, the mutated line's text, what becomes of what. */
function nameOf({ fileName, mutatorName, replacement, location: { start, end } }, text) {
  const lines = text(fileName).split('\n')
  const line = lines[start.line] ?? ''
  const original = start.line === end.line ? line.slice(start.column, end.column) : `${line.slice(start.column)} …`
  return {
    file: relative(join(root, 'packages/srp/src'), fileName),
    line: line.trim(),
    mutator: mutatorName,
    original,
    replacement,
  }
}

const key = ({ file, line, original, replacement }) => JSON.stringify([file, line, original, replacement])

/** @returns {number} the exit code */
export function report(results, { whole, text }) {
  const path = join(FOLDER, 'survivors.json')
  const known = new Map(readJson(path, []).map((one) => [key(one), one]))
  const count = { killed: 0, timeout: 0, survived: 0, uncovered: 0 }
  const byFile = {}
  const survivors = []
  for (const { mutant, status } of results) {
    const name = nameOf(mutant, text)
    count[status]++
    byFile[name.file] ??= { mutants: 0, detected: 0 }
    byFile[name.file].mutants++
    if (status === 'killed' || status === 'timeout') byFile[name.file].detected++
    else survivors.push({ ...name, status, at: mutant.location.start.line + 1, why: known.get(key(name))?.why ?? '' })
  }
  const detected = count.killed + count.timeout
  const score = detected / results.length
  const unexplained = survivors.filter(({ why }) => why === '')
  for (const { file, at, original, replacement } of unexplained)
    console.log(`not explained: ${file}:${at}  ${original}  →  ${replacement}`)
  console.log(
    `${detected} of ${results.length} mutants noticed (${(100 * score).toFixed(1)} %), ` +
      `${count.timeout} of them by the clock; ${survivors.length} survive, ${unexplained.length} of them unexplained`,
  )
  if (whole) write({ count, score, byFile, survivors })
  return unexplained.length > 0 || score < LEAST ? 1 : 0
}

function write({ count, score, byFile, survivors }) {
  mkdirSync(FOLDER, { recursive: true })
  const kept = survivors.map(({ file, line, mutator, original, replacement, why }) => ({
    ...{ file, line, mutator, original, replacement, why },
  }))
  writeFileSync(join(FOLDER, 'survivors.json'), `${JSON.stringify(kept, null, 1)}\n`)
  const mutants = Object.values(count).reduce((a, b) => a + b)
  const summary = {
    date: new Date().toISOString(),
    core: describeCore(),
    mutants,
    ...count,
    score: Number(score.toFixed(4)),
    byFile,
  }
  writeFileSync(join(FOLDER, 'summary.json'), `${JSON.stringify(summary, null, 1)}\n`)
  list()
}

/**
 * Writes survivors.md from survivors.json and the summary of the last run: after someone has given reasons.
 *
 * @returns {number} the exit code
 */
export function list() {
  const kept = readJson(join(FOLDER, 'survivors.json'))
  const { date, core, mutants, score } = readJson(join(FOLDER, 'summary.json'))
  const code = (text) => `\`${text.replaceAll('`', "'").replaceAll('|', '\\|').replaceAll('\n', ' ')}\``
  const rows = kept.map(
    ({ file, original, replacement, why }) =>
      `| ${file} | ${code(original)} | ${code(replacement)} | ${why.replaceAll('|', '\\|')} |`,
  )
  const lines = [
    '# Mutants that survive',
    '',
    `\`npm run mutate\`, ${date.slice(0, 10)}, commit ${core.commit?.slice(0, 12) ?? 'unknown'}: ${mutants} mutants of packages/srp/src, ${(100 * score).toFixed(1)} % noticed.`,
    'Written by the command from survivors.json, where the reasons are kept by hand; an unexplained survivor fails it.',
    '',
    '| file | what stands there | what survives | why |',
    '| --- | --- | --- | --- |',
    ...rows,
  ]
  writeFileSync(join(FOLDER, 'survivors.md'), `${lines.join('\n')}\n`)
  const unexplained = kept.filter(({ why }) => why === '').length
  console.log(`${kept.length} survivors listed, ${unexplained} of them unexplained`)
  return unexplained > 0 ? 1 : 0
}

function readJson(path, otherwise) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch (error) {
    if (error.code === 'ENOENT') return otherwise
    throw error
  }
}
