// Makes the known-answer vectors. `--check` writes nothing and fails if the files are not what would be written.
//   npm run vectors
//   npm run vectors -- --check
import { ask, ORACLES } from './ask.js'
import { mustReject } from './must-reject.js'
import { deviceDrafts } from './topics/devices.js'
import { paddingDrafts } from './topics/padding.js'
import { smallDrafts } from './topics/small.js'
import { stringDrafts } from './topics/strings.js'
import { checkTyped } from './typed.js'
import type { Draft } from './types.js'
import { difference, write } from './write.js'

const TOPICS: readonly (readonly [file: string, about: string, drafts: () => Draft[]])[] = [
  ['cognito-padding.json', 'Sign-ins in which one integer has a shape that padding mistakes show on.', paddingDrafts],
  ['cognito-strings.json', 'Sign-ins with unusual passwords, user names, secret blocks and instants.', stringDrafts],
  ['cognito-devices.json', 'Device sign-ins, and the verifiers that ConfirmDevice takes.', deviceDrafts],
  ['cognito-small.json', 'Timestamps, secret hashes and encoded integers.', smallDrafts],
]

async function documents(): Promise<[string, unknown][]> {
  const head = {
    $schema: './schema.json',
    generator: 'vectors/generate',
    oracles: ORACLES.map((oracle) => oracle.package),
  }
  const made: [string, unknown][] = []
  for (const [file, about, drafts] of TOPICS) {
    const started = performance.now()
    const vectors = []
    for (const draft of drafts()) vectors.push(await ask(draft))
    const ids = new Set(vectors.map(({ id }) => id))
    if (ids.size !== vectors.length) throw new Error(`${file}: an id occurs twice`)
    const split = vectors.filter(({ agree }) => !agree).length
    console.log(`${file}: ${vectors.length} vectors, ${split} on which the oracles disagree (${seconds(started)})`)
    made.push([file, { ...head, about, vectors }])
  }
  const started = performance.now()
  const { base, rejections } = await mustReject()
  console.log(`must-reject.json: ${rejections.length} inputs (${seconds(started)})`)
  made.push([
    'must-reject.json',
    { ...head, about: 'Inputs that must be refused, and with which code.', base, rejections },
  ])
  return made
}

const seconds = (started: number): string => `${((performance.now() - started) / 1000).toFixed(1)} s`

checkTyped()
const made = await documents()
if (process.argv.includes('--check')) {
  const problems = made.map(([file, document]) => difference(file, document)).filter((problem) => problem !== undefined)
  for (const problem of problems) console.error(problem)
  console.log(problems.length === 0 ? 'The checked-in files are what the generator makes.' : 'Run `npm run vectors`.')
  process.exitCode = problems.length === 0 ? 0 : 1
} else {
  for (const [file, document] of made) write(file, document)
}
