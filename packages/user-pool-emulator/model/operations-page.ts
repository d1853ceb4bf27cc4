import { operations } from '../src/operations/index.js'
import { operationModels } from '../src/service-model/table.js'

/** Operations whose settings are kept and returned, and change nothing: managed login is not played. */
const WITHOUT_EFFECT: ReadonlySet<string> = new Set([
  'GetUserPoolClientSessionConfiguration',
  'SetUserPoolClientSessionConfiguration',
])

/** Subjects in the order of the page; an operation belongs to the first whose pattern its name fits. */
const SUBJECTS: readonly (readonly [string, RegExp])[] = [
  ['Groups', /Group/],
  ['Devices', /Device/],
  ['Passkeys', /WebAuthn/],
  ['Sessions of users', /UserSession|SessionConfiguration|GlobalSignOut/],
  ['Tokens', /Token$|RevokeToken|SigningCertificate/],
  ['MFA', /SoftwareToken|MFA|Mfa|UserSettings|AuthFactors/],
  [
    'Identity providers and managed login',
    /IdentityProvider|ProviderForUser|Domain|Branding|UICustom|ResourceServer|Terms/,
  ],
  ['Threat protection and logs', /Risk|AuthEvent|LogDelivery/],
  ['Import of users', /Import|CSV/],
  ['Sign-in', /InitiateAuth|RespondToAuth/],
  ['Sign-up and passwords', /SignUp|Password|ConfirmationCode/],
  ['Pools and clients', /UserPool|CustomAttributes|Tag|Replica/],
  ['Users', /./],
]

/**
 * Say what the emulator does with an operation of the service.
 *
 * @param name name of the operation
 * @returns the words of the table
 */
export function stateOf(name: string): 'played' | 'kept without effect' | 'answers with an error' {
  if (!operations.has(name)) return 'answers with an error'
  return WITHOUT_EFFECT.has(name) ? 'kept without effect' : 'played'
}

/**
 * Write the page that lists every operation of the service's model with what the emulator does with it.
 *
 * @returns Markdown
 */
export function operationsPage(): string {
  const names = Object.keys(operationModels)
  const count = (state: string): number => names.filter((name) => stateOf(name) === state).length
  const subjectOf = (name: string): string => SUBJECTS.find(([, pattern]) => pattern.test(name))?.[0] ?? ''
  const sections = SUBJECTS.map(([subject]) => {
    const rows = names.filter((name) => subjectOf(name) === subject).map((name) => `| \`${name}\` | ${stateOf(name)} |`)
    return `## ${subject}\n\n| operation | |\n| --- | --- |\n${rows.join('\n')}\n`
  })
  return `# Operations of the emulator

<!-- Made by packages/user-pool-emulator/model/write-operations.ts: do not edit. -->

The service has ${names.length} operations. The emulator plays ${count('played')}, keeps the settings of ${count('kept without effect')} without effect, and
answers ${count('answers with an error')} with \`UnsupportedOperationException\`. Every request is checked against the service's model first.

${sections.join('\n')}`
}
