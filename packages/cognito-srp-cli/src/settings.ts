import { type Arguments, isOneRequest, pairs } from './arguments.js'
import { readConfigFile } from './config-file.js'
import { usage } from './failure.js'
import { OPTIONS, type Option, type OptionName } from './options.js'
import { readSecretFile } from './secret-file.js'

export const FLOWS = {
  srp: 'USER_SRP_AUTH',
  password: 'USER_PASSWORD_AUTH',
  choice: 'USER_AUTH',
  custom: 'CUSTOM_AUTH',
  'custom-srp': 'CUSTOM_AUTH',
  refresh: 'REFRESH_TOKEN_AUTH',
} as const
export type FlowName = keyof typeof FLOWS
export type AuthFlow = (typeof FLOWS)[FlowName] | 'ADMIN_USER_PASSWORD_AUTH' | 'ADMIN_NO_SRP_AUTH'

export const KINDS = ['id', 'access', 'refresh'] as const
export type TokenKind = (typeof KINDS)[number]

type Found = { readonly value: string; readonly source: 'option' | 'environment' | 'file' }

/** Everything that options, the environment and a configuration file say, in one place. */
export interface Settings {
  readonly userPoolId: string | undefined
  readonly region: string | undefined
  readonly clientId: string | undefined
  readonly clientSecret: string | undefined
  readonly username: string | undefined
  readonly flow: FlowName
  /** The name that the service has for it. */
  readonly authFlow: AuthFlow
  /** Through AdminInitiateAuth, with AWS credentials. */
  readonly admin: boolean
  readonly firstFactor: string | undefined
  readonly endpoint: string | undefined
  readonly issuer: string | undefined
  readonly rememberDevice: boolean
  readonly save: boolean
  readonly attributes: Readonly<Record<string, string>>
  readonly clientMetadata: Readonly<Record<string, string>>
  readonly token: TokenKind | undefined
  /** The file that names the pool or the app client, where it merely lies in the folder. */
  readonly poolFoundIn: string | undefined
  /** Sentences on what files set unasked, and on files that are open to others. */
  readonly notes: readonly string[]
  /** Check if an option without a value was given. */
  flag(name: OptionName): boolean
  /** The value of an option that comes from the command line only. */
  option(name: OptionName): string | undefined
}

/**
 * Look up a setting, nearest first: an option, a profile asked for by --profile, the environment, the file (its default
 * profile before what stands outside of profiles). An empty variable counts as none.
 */
export function readSettings(
  { command, values }: Arguments,
  env: NodeJS.ProcessEnv,
  cwd: string,
  own?: string,
): Settings {
  const option = (name: OptionName) => (typeof values[name] === 'string' ? (values[name] as string) : undefined)
  const config = option('config') ?? (env.COGNITO_CONFIG || undefined)
  const isAdmin = values.admin === true || /^ADMIN_/.test(option('auth-flow') ?? option('flow') ?? '')
  const profileName = option('profile') ?? (env.COGNITO_PROFILE || undefined)
  // The command that makes the file reads none, nor do those that are the same everywhere.
  const file = /^(configure|completion)$/.test(command)
    ? undefined
    : readConfigFile({ cwd, named: config, own, profileName, isAwsProfile: isAdmin })
  const asked = option('profile') !== undefined

  const found: string[] = []
  const fromFile = (key: string, value: string): Found => {
    if (file?.found) found.push(`${key} ${value}`)
    return { value, source: 'file' }
  }
  const find = (name: OptionName): Found | undefined => {
    const { env: variable, key = '' }: Option = OPTIONS[name]
    const inProfile = file?.profile[key]
    const typed = option(name)
    if (typed !== undefined) return { value: typed, source: 'option' }
    if (asked && typeof inProfile === 'string') return fromFile(key, inProfile)
    const set = variable && env[variable]
    if (set) return { value: set, source: 'environment' }
    const written = inProfile ?? file?.settings[key]
    return typeof written === 'string' ? fromFile(key, written) : undefined
  }
  const flag = (name: OptionName): boolean => {
    const { key = '' }: Option = OPTIONS[name]
    return values[name] === true || (file?.profile[key] ?? file?.settings[key]) === true
  }

  const pool = find('user-pool-id')
  const userPoolId = pool?.value
  if (userPoolId !== undefined) checkUserPoolId(userPoolId)
  const region = find('region')
  const ownRegion = userPoolId?.slice(0, userPoolId.indexOf('_'))
  if (region && ownRegion && region.value !== ownRegion && region.source === 'option') {
    throw usage(`The user pool is in ${ownRegion}, and --region says ${region.value}.`, 'Leave --region out.')
  }
  const endpointUrl = option('endpoint-url')
  const endpoint = endpointUrl === undefined ? find('endpoint') : ({ value: endpointUrl, source: 'option' } as const)
  const secretOption = option('client-secret-file')
  const secretFile = secretOption === undefined ? undefined : readSecretFile(cwd, secretOption)
  const secretInFile = file?.profile.clientSecret ?? file?.settings.clientSecret
  const clientSecret =
    secretFile !== undefined
      ? secretFile.secret
      : env.COGNITO_CLIENT_SECRET || (typeof secretInFile === 'string' ? secretInFile : undefined)
  if (endpoint) checkEndpoint(endpoint.value, values['allow-http'] === true)
  const printed = (['json', 'env', 'header', 'token'] as const).filter((name) => values[name])
  // A header may be of one token, and whoami prints the claims of one as JSON.
  const together = printed.join() === 'header,token' || command === 'whoami'
  if (printed.length > 1 && !together) throw usage(`Choose one of ${printed.map((name) => `--${name}`).join(' and ')}.`)
  const { flow, authFlow, admin } = readFlow(option('auth-flow') ?? find('flow')?.value ?? 'srp', values.admin === true)
  const firstFactor = find('first-factor')?.value.toUpperCase()
  const clientId = find('client-id')
  const username = find('username')?.value
  const isFromFile = [pool, clientId].some((one) => one?.source === 'file')
  return {
    userPoolId,
    region: ownRegion ?? region?.value,
    clientId: clientId?.value,
    clientSecret,
    username,
    flow,
    authFlow,
    admin,
    firstFactor,
    endpoint: endpoint?.value,
    issuer: find('issuer')?.value,
    rememberDevice: flag('remember-device'),
    save: flag('save'),
    attributes: pairs(values.attribute, 'attribute'),
    clientMetadata: isOneRequest(command) ? {} : pairs(values['client-metadata'], 'client-metadata'),
    token: readKind(option('token')),
    poolFoundIn: isFromFile && file?.found ? file.path : undefined,
    notes: [
      ...(file?.found && found.length > 0 ? [`${file.path} sets ${found.join(', ')}`] : []),
      ...(secretFile?.note ? [secretFile.note] : []),
    ],
    flag,
    option,
  }
}

/** @throws Failure `usage` for what is no id of a user pool */
export function checkUserPoolId(id: string): void {
  if (/^[a-z0-9-]+_[0-9a-zA-Z]+$/.test(id)) return
  throw usage(
    'The user pool id is not one.',
    'It looks like us-east-1_AbCdEfGhI: the region, an underscore, the name. The console shows it as "User pool ID".',
  )
}

/** A flow by its short name or the service's; the ADMIN_… ones go through AdminInitiateAuth. */
function readFlow(name: string, asked: boolean): { flow: FlowName; authFlow: AuthFlow; admin: boolean } {
  if (name === 'ADMIN_USER_PASSWORD_AUTH' || name === 'ADMIN_NO_SRP_AUTH') {
    return { flow: 'password', authFlow: name, admin: true }
  }
  const known = name === 'REFRESH_TOKEN' ? 'REFRESH_TOKEN_AUTH' : name
  const flow = Object.entries(FLOWS).find(([own, service]) => own === known || service === known)?.[0] as FlowName
  if (!flow) {
    throw usage(
      `There is no flow ${name}.`,
      `Flows: ${Object.entries(FLOWS)
        .map(([key, service]) => `${key} (${service})`)
        .join(', ')}, ADMIN_USER_PASSWORD_AUTH, ADMIN_NO_SRP_AUTH`,
    )
  }
  // AdminInitiateAuth has a name of its own for it.
  const authFlow = asked && flow === 'password' && name === 'password' ? 'ADMIN_USER_PASSWORD_AUTH' : FLOWS[flow]
  return { flow, authFlow, admin: asked }
}

function readKind(name: string | undefined): TokenKind | undefined {
  const kind = KINDS.find((one) => one === name)
  if (name !== undefined && !kind) throw usage(`There is no token ${name}.`, `Tokens: ${KINDS.join(', ')}`)
  return kind
}

/** A resolver may send `x.localhost` elsewhere; `localhost` alone is this machine. */
const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])$/

/**
 * Check where requests may go: in the clear only to this machine.
 *
 * @throws Failure `usage` for what is not an address, and for http to another machine unless `allowHttp`
 */
export function checkEndpoint(endpoint: string, allowHttp: boolean): void {
  const url = URL.canParse(endpoint) ? new URL(endpoint) : undefined
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password) {
    throw usage('The endpoint is not an address.', 'It looks like http://127.0.0.1:9229 or https://vpce.example.com/.')
  }
  if (LOOPBACK.test(url.hostname)) return
  if (url.protocol === 'http:' && !allowHttp) {
    throw usage(
      `The endpoint ${url.origin} is neither https nor on this machine.`,
      'Tokens and codes would travel in the clear. If that is what you want: --allow-http',
    )
  }
}
