import { operations } from '../src/operations/index.js'
import { operationModels, shapes } from '../src/service-model/table.js'

/** Operations whose settings are kept and returned, and change nothing: managed login is not played. */
const WITHOUT_EFFECT: ReadonlySet<string> = new Set([
  'GetUserPoolClientSessionConfiguration',
  'SetUserPoolClientSessionConfiguration',
])

/** Members of a pool's and a client's settings that change what the emulator does. The others only come back as they were set. */
export const WITH_EFFECT: Readonly<Record<string, readonly string[]>> = {
  CreateUserPoolRequest: [
    ...['PoolName', 'Policies', 'DeletionProtection', 'AliasAttributes', 'UsernameAttributes', 'MfaConfiguration'],
    ...[
      'DeviceConfiguration',
      'Schema',
      'UsernameConfiguration',
      'UserPoolTier',
      'AcrConfiguration',
      'AdminCreateUserConfig',
    ],
  ],
  CreateUserPoolClientRequest: [
    ...[
      'UserPoolId',
      'ClientName',
      'GenerateSecret',
      'ClientSecret',
      'ExplicitAuthFlows',
      'PreventUserExistenceErrors',
    ],
    ...['AccessTokenValidity', 'IdTokenValidity', 'RefreshTokenValidity', 'TokenValidityUnits', 'AuthSessionValidity'],
    ...['RefreshTokenRotation', 'AllowedOAuthScopes'],
  ],
}

/**
 * List the settings of a request that are kept and returned, and change nothing.
 *
 * @param request name of the request's shape in the service's model
 * @returns names of its members, in the model's order
 */
export const keptWithoutEffect = (request: string): string[] =>
  Object.keys(shapes[request]?.members ?? {}).filter((name) => !WITH_EFFECT[request]?.includes(name))

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
  const list = (request: string): string =>
    keptWithoutEffect(request)
      .map((name) => `\`${name}\``)
      .join(', ')
  const sections = SUBJECTS.map(([subject]) => {
    const rows = names.filter((name) => subjectOf(name) === subject).map((name) => `| \`${name}\` | ${stateOf(name)} |`)
    return `## ${subject}\n\n| operation | |\n| --- | --- |\n${rows.join('\n')}\n`
  })
  return `# Operations of the emulator

<!-- Made by packages/user-pool-emulator/model/write-operations.ts: do not edit. -->

The service has ${names.length} operations. The emulator plays ${count('played')}, keeps the settings of ${count('kept without effect')} without effect, and
answers ${count('answers with an error')} with \`UnsupportedOperationException\`. Every request is checked against the service's model first.

## Settings that are kept without effect

They come back as they were set, and change nothing. Triggers are in the seed, as functions or as addresses.

| of | |
| --- | --- |
| a pool (CreateUserPool, UpdateUserPool) | ${list('CreateUserPoolRequest')} |
| an app client (CreateUserPoolClient, UpdateUserPoolClient) | ${list('CreateUserPoolClientRequest')} |

${sections.join('\n')}`
}
