/** One option of the command line; also where else its value may come from. */
export interface Option {
  readonly type: 'string' | 'boolean'
  readonly help: string
  readonly short?: string
  /** The placeholder of the value in the help, e.g. `NAME`. */
  readonly value?: string
  readonly multiple?: true
  /** The environment variable with the same meaning. */
  readonly env?: string
  /** Its name in a configuration file. */
  readonly key?: string
}

export const OPTIONS = {
  'user-pool-id': {
    type: 'string',
    short: 'p',
    value: 'ID',
    env: 'COGNITO_USER_POOL_ID',
    key: 'userPoolId',
    help: 'the user pool, e.g. us-east-1_AbCdEfGhI',
  },
  region: {
    type: 'string',
    short: 'r',
    value: 'NAME',
    env: 'COGNITO_REGION',
    key: 'region',
    help: 'instead of the pool id, for flows without SRP',
  },
  'client-id': {
    type: 'string',
    short: 'c',
    value: 'ID',
    env: 'COGNITO_CLIENT_ID',
    key: 'clientId',
    help: 'the app client',
  },
  'client-secret-file': {
    type: 'string',
    value: 'FILE',
    env: 'COGNITO_CLIENT_SECRET',
    help: 'a file with the secret of the app client, if it has one; the variable holds the secret',
  },
  username: {
    type: 'string',
    short: 'u',
    value: 'NAME',
    env: 'COGNITO_USERNAME',
    key: 'username',
    help: 'user name, e-mail address or phone number',
  },
  flow: {
    type: 'string',
    short: 'f',
    value: 'FLOW',
    env: 'COGNITO_FLOW',
    key: 'flow',
    help: 'srp (default), password, choice, custom, custom-srp, refresh; or a name of the service: USER_SRP_AUTH…',
  },
  'auth-flow': {
    type: 'string',
    value: 'FLOW',
    help: 'the same as --flow, under the name of the AWS CLI; ADMIN_… means --admin',
  },
  admin: { type: 'boolean', help: 'AdminInitiateAuth with your AWS credentials; --profile and AWS_PROFILE name them' },
  'first-factor': {
    type: 'string',
    value: 'FACTOR',
    env: 'COGNITO_FIRST_FACTOR',
    key: 'firstFactor',
    help: 'for --flow choice: PASSWORD_SRP, PASSWORD, EMAIL_OTP, SMS_OTP',
  },
  endpoint: {
    type: 'string',
    value: 'URL',
    env: 'COGNITO_ENDPOINT',
    key: 'endpoint',
    help: 'an emulator or a VPC endpoint instead of Amazon; http on this machine only',
  },
  'allow-http': { type: 'boolean', help: 'take an http endpoint on another machine; everybody on the way can listen' },
  config: {
    type: 'string',
    value: 'FILE',
    env: 'COGNITO_CONFIG',
    help: 'settings as JSON; ./cognito.json is read if it is there',
  },
  profile: {
    type: 'string',
    value: 'NAME',
    env: 'COGNITO_PROFILE',
    help: 'one of the profiles of that file; with --admin also of your AWS credentials',
  },
  'password-stdin': { type: 'boolean', help: 'read the password from standard input; or set COGNITO_PASSWORD' },
  code: { type: 'string', value: '-', help: 'the same as --code-stdin; a code itself is not taken' },
  'code-stdin': { type: 'boolean', help: 'read the code that the pool asks for from standard input' },
  'totp-secret-stdin': {
    type: 'boolean',
    help: 'read the secret of the authenticator app and compute its codes; or set COGNITO_TOTP_SECRET',
  },
  'remember-device': {
    type: 'boolean',
    short: 'd',
    key: 'rememberDevice',
    help: 'remember this device, so that the pool may skip the second factor',
  },
  attribute: {
    type: 'string',
    value: 'NAME=VALUE',
    multiple: true,
    help: 'an attribute that a new account must bring',
  },
  'client-metadata': {
    type: 'string',
    value: 'NAME=VALUE',
    multiple: true,
    help: "for the pool's Lambda triggers",
  },
  issuer: { type: 'string', value: 'NAME', key: 'issuer', help: 'what the authenticator app shows beside the code' },
  save: {
    type: 'boolean',
    short: 's',
    key: 'save',
    help: 'keep the tokens for refresh and whoami, in a file only you can read',
  },
  'auth-parameters': {
    type: 'string',
    value: 'PAIRS',
    help: 'NAME=VALUE,… or JSON or file://FILE; SRP_A, SECRET_HASH and PASSWORD are made where they are left out',
  },
  'challenge-name': { type: 'string', value: 'NAME', help: 'the challenge to answer; --reply names it too' },
  'challenge-responses': {
    type: 'string',
    value: 'PAIRS',
    help: 'NAME=VALUE,… or JSON or file://FILE; what is left out is made or asked for',
  },
  session: { type: 'string', value: 'SESSION', help: 'the Session of the reply before; --reply has it too' },
  reply: { type: 'string', value: 'FILE', help: 'the reply to answer, as initiate or the AWS CLI printed it' },
  'print-request': { type: 'boolean', help: 'print the request for aws --cli-input-json, and send nothing' },
  'analytics-metadata': { type: 'string', value: 'PAIRS', help: 'AnalyticsEndpointId=ID' },
  'context-data': { type: 'string', value: 'PAIRS', help: 'ContextData (admin) or UserContextData' },
  'cli-input-json': {
    type: 'string',
    value: 'FILE',
    help: 'the request as JSON or file://FILE; options count before it',
  },
  'generate-cli-skeleton': { type: 'boolean', help: 'print an empty request for --cli-input-json' },
  'endpoint-url': { type: 'string', value: 'URL', help: 'the same as --endpoint' },
  output: { type: 'string', value: 'FORMAT', help: 'json (default), yaml, text or off' },
  query: { type: 'string', value: 'JMESPATH', help: 'the part of the reply to print' },
  'token-stdin': { type: 'boolean', help: 'read the token from standard input' },
  json: { type: 'boolean', help: 'as JSON' },
  env: { type: 'boolean', help: 'as export lines for a shell' },
  header: { type: 'boolean', help: 'as an Authorization header for curl; --token id takes the ID token' },
  token: { type: 'string', short: 't', value: 'KIND', help: 'one token and nothing else: id, access or refresh' },
  remote: { type: 'boolean', help: 'ask the service (GetUser) instead of reading the token' },
  'device-key': { type: 'string', value: 'KEY', help: 'another device than this one' },
  local: { type: 'boolean', help: 'only drop what is kept here; ask no one' },
  trace: { type: 'boolean', help: 'show each request and reply on standard error, secrets hidden' },
  'no-color': { type: 'boolean', help: 'no colours; NO_COLOR does the same' },
  help: { type: 'boolean', short: 'h', help: 'this text' },
} as const satisfies Record<string, Option>

export type OptionName = keyof typeof OPTIONS
