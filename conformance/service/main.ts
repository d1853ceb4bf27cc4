// npm run conformance:aws -- --region eu-west-1 [--only ID] [--endpoint URL] [--report FILE] [--yes]
//
// Asks the real service whether it behaves as the emulator does, with the caller's own credentials, on pools that this
// run makes, tags and deletes. Without --yes it only says what it would do.
import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { probes } from './probes/index.js'
import { markdownOf, type Report } from './report.js'
import { runProbes } from './run.js'
import { sdkService } from './service.js'
import { MARK, temporaryPools } from './temporary-pools.js'

const { values } = parseArgs({
  options: {
    region: { type: 'string' },
    endpoint: { type: 'string' },
    only: { type: 'string', multiple: true },
    report: { type: 'string', default: 'conformance-report' },
    yes: { type: 'boolean', default: false },
    list: { type: 'boolean', default: false },
  },
})

const chosen = values.only ? probes.filter(({ id }) => values.only?.includes(id)) : probes
const unknown = (values.only ?? []).filter((id) => !probes.some((probe) => probe.id === id))
if (unknown.length > 0) fail(`--only: there is no probe ${unknown.join(', ')}; --list names them`)
if (values.list) {
  for (const { id, says, source } of chosen) console.log(`${id}\n  ${says}\n  ${source}`)
  process.exit(0)
}
if (!values.region) fail('--region: name the region to ask, such as eu-west-1')

const pools = new Set(chosen.map(({ needs }) => JSON.stringify(needs))).size
const run = new Date()
  .toISOString()
  .replace(/[^0-9]/g, '')
  .slice(0, 14)
console.log(`${chosen.length} probes in ${values.endpoint ?? values.region}, on ${pools} user pools that this run
  makes     named ${MARK}-${run}, with the tag ${MARK}=${run}
  fills     with a few users each, who are sent nothing
  deletes   when it ends, also when it is interrupted
No other pool is changed. The pools may cost a few cents where your free tier is used up.`)
if (!values.yes) fail('Nothing was done: say --yes to go ahead.', 0)

const service = sdkService({
  region: values.region as string,
  ...(values.endpoint && {
    endpoint: values.endpoint,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  }),
})
const temporary = temporaryPools(service, run)
let interrupted = false
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    interrupted = true
    console.log('Interrupted: the pools are deleted after this probe.')
  })
}

const findings = await runProbes(chosen, service, temporary, {
  interrupted: () => interrupted,
  progress: ({ id, result, expected, seen }) =>
    console.log(
      result === 'held'
        ? `held          ${id}`
        : `${result.padEnd(13)} ${id}\n  expected ${JSON.stringify(expected)}\n  seen     ${JSON.stringify(seen)}`,
    ),
})
const left = await temporary.deleteAll()
const report: Report = {
  date: new Date().toISOString().slice(0, 10),
  region: values.region as string,
  ...(values.endpoint && { endpoint: values.endpoint }),
  complete: !interrupted,
  findings,
  left,
}
writeFileSync(`${values.report}.json`, `${JSON.stringify(report, null, 1)}\n`)
writeFileSync(`${values.report}.md`, markdownOf(report))
const count = (result: string) => findings.filter((finding) => finding.result === result).length
console.log(
  `${count('held')} held, ${count('differed')} differed, ${count('not possible')} not possible: ${values.report}.md`,
)
for (const { id, error } of left) console.error(`NOT DELETED: ${id}: ${error}`)
process.exitCode = left.length > 0 ? 2 : count('differed') > 0 || interrupted ? 1 : 0

function fail(message: string, code = 2): never {
  console.error(message)
  process.exit(code)
}
