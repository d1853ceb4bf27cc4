// `npm run docs:api`: the reference of every export, into docs/api. An export without a doc comment, a type that is used and
// not exported, and a link that leads nowhere are errors. With --check nothing is written.
import { readFileSync } from 'node:fs'
import { Application, ReflectionKind } from 'typedoc'
import { PACKAGES } from '../packaging/pack.mjs'

/** Lists of names that only their types are exported of. */
const LISTS = ['ALIASES', 'EXPLICIT_AUTH_FLOWS', 'FIRST_FACTORS', 'MFA_METHODS', 'TRIGGER_NAMES', 'USER_STATUSES']

const app = await Application.bootstrapWithPlugins({ options: 'typedoc.json' })
const project = await app.convert()
if (project === undefined) process.exit(1)
const name = project.packageName
// typedoc looks for types that are not exported in the project's own package only, and takes the workspace for that.
for (const own of Object.keys(PACKAGES)) {
  project.packageName = own
  app.options.setValue('intentionallyNotExported', own === 'cognito-user-pool-emulator' ? LISTS : [])
  app.validate(project)
}
project.packageName = name
// The first page leads to each function by its task, but for those that an entry of another name repeats.
const index = readFileSync(new URL('reference.md', import.meta.url), 'utf8')
const REPEATED = /testing|bring-engine/
for (const entry of project.children?.filter((one) => !REPEATED.test(one.name)) ?? []) {
  for (const { name: called } of entry.getChildrenByKind(ReflectionKind.Function)) {
    if (!index.includes(`!${called} |`))
      app.logger.warn(`tools/docs/reference.md does not name ${called} of ${entry.name}`)
  }
}
const problems = app.logger.warningCount + app.logger.errorCount
if (!process.argv.includes('--check')) await app.generateOutputs(project)
console.log(`${project.children?.length} entries, ${problems} problems.`)
process.exitCode = problems > 0 ? 1 : 0
