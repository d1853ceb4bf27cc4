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
  /** The same in a configuration file. */
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
  'auth-flow': { type: 'string', value: 'FLOW', help: 'the same, as the AWS CLI calls it; ADMIN_… means --admin' },
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
  local: { type: 'boolean', help: 'only drop what is kept here; ask nobody' },
  trace: { type: 'boolean', help: 'show each request and reply on standard error, secrets hidden' },
  'no-color': { type: 'boolean', help: 'no colours; NO_COLOR does the same' },
  help: { type: 'boolean', short: 'h', help: 'this text' },
} as const satisfies Record<string, Option>

export type OptionName = keyof typeof OPTIONS

const POOL = [
  'user-pool-id',
  'region',
  'client-id',
  'client-secret-file',
  'endpoint',
  'endpoint-url',
  'allow-http',
  'config',
  'profile',
] as const
const AWS = [
  'client-metadata',
  'analytics-metadata',
  'context-data',
  'cli-input-json',
  'generate-cli-skeleton',
] as const
const SCRIPT = ['password-stdin', 'code-stdin', 'totp-secret-stdin'] as const
const OUTPUT = ['json', 'env', 'header', 'token', 'save'] as const
const COMMON = ['trace', 'no-color', 'help'] as const

export interface Command {
  readonly summary: string
  readonly usage: string
  readonly about: string
  readonly groups: readonly (readonly [title: string, options: readonly OptionName[]])[]
  readonly examples: readonly string[]
  /** Options with a meaning of their own in this command. */
  readonly notes?: Partial<Record<OptionName, string>>
}

const PROGRAM = 'cognito-srp'

export const COMMANDS = {
  'sign-in': {
    summary: 'sign in and print the tokens',
    usage: 'sign-in [USERNAME] [options]',
    about:
      'Signs in to a user pool. The password never leaves this machine unless you ask for another flow than SRP; whatever\nelse the pool wants to know is asked here: codes, a new password, an authenticator app.',
    groups: [
      ['Who, and where', ['username', ...POOL]],
      [
        'How',
        [
          'flow',
          'auth-flow',
          'admin',
          'first-factor',
          ...SCRIPT,
          'remember-device',
          'attribute',
          'client-metadata',
          'issuer',
        ],
      ],
      ['What is printed, and kept', OUTPUT],
      ['Besides', COMMON],
    ],
    examples: [
      `${PROGRAM} sign-in ada@example.com -p us-east-1_AbCdEfGhI -c 1example23456789`,
      `curl -H "$(${PROGRAM} sign-in --header)" https://api.example.com/`,
      `eval "$(${PROGRAM} sign-in --env)"`,
      `pass show work | ${PROGRAM} sign-in --password-stdin --token id`,
      `${PROGRAM} sign-in alice -p us-east-1_Emulator0 -c web --endpoint http://127.0.0.1:9229`,
    ],
  },
  initiate: {
    summary: 'send InitiateAuth alone, and print the reply',
    usage: 'initiate [USERNAME] [options]',
    about:
      'One request, as `aws cognito-idp initiate-auth` and `admin-initiate-auth` (--admin) send it. Where SRP_A is left out it is\ncomputed; its secret is kept for `respond`, sealed under COGNITO_STATE_KEY or a key of your own.',
    groups: [
      ['Who, and where', ['username', ...POOL]],
      ['The request', ['auth-flow', 'flow', 'admin', 'auth-parameters', 'session', ...AWS]],
      ['Secrets', ['password-stdin', 'token-stdin']],
      ['What is printed', ['output', 'query', 'print-request']],
      ['Besides', COMMON],
    ],
    notes: { session: 'of ConfirmSignUp', 'client-metadata': 'NAME=VALUE,… or JSON, for the Lambda triggers' },
    examples: [
      `${PROGRAM} initiate ada --auth-flow USER_SRP_AUTH > reply.json && ${PROGRAM} respond --reply reply.json`,
    ],
  },
  respond: {
    summary: 'send RespondToAuthChallenge alone, and print the reply',
    usage: 'respond [USERNAME] [options]',
    about:
      'Answers the challenge of a reply (--reply), whether `initiate` or the AWS CLI printed it. The signature of SRP is computed\nwhere `initiate` computed SRP_A; a code, a password or an answer that is left out is asked for.',
    groups: [
      ['Who, and where', ['username', ...POOL]],
      ['The request', ['reply', 'challenge-name', 'challenge-responses', 'session', 'admin', ...AWS]],
      ['Secrets', SCRIPT],
      ['What is printed', ['output', 'query', 'print-request']],
      ['Besides', COMMON],
    ],
    notes: { 'client-metadata': 'NAME=VALUE,… or JSON, for the Lambda triggers' },
    examples: [`${PROGRAM} respond --reply reply.json --query AuthenticationResult.IdToken --output text`],
  },
  token: {
    summary: 'print a valid token: kept, refreshed, or by signing in',
    usage: 'token [USERNAME] [options]',
    about:
      'Prints the kept token while it is good for another minute, refreshes it when it is not, and asks only then. What is new is\nkept.',
    groups: [
      ['Who, and where', ['username', ...POOL]],
      ['How', ['token', 'flow', 'auth-flow', 'admin', 'first-factor', ...SCRIPT, 'header']],
      ['Besides', COMMON],
    ],
    notes: { token: 'which one: access (default) or id' },
    examples: [`curl -H "$(${PROGRAM} token --header)" https://api.example.com/`],
  },
  refresh: {
    summary: 'new tokens for the refresh token that was kept',
    usage: 'refresh [USERNAME] [options]',
    about:
      'Takes the refresh token from standard input (--token-stdin), from COGNITO_REFRESH_TOKEN, or from what sign-in --save\nkept; what was kept is brought up to date.',
    groups: [
      ['Who, and where', ['username', ...POOL]],
      ['Which token', ['token-stdin', 'device-key']],
      ['What is printed, and kept', OUTPUT],
      ['Besides', COMMON],
    ],
    examples: [`${PROGRAM} refresh`, `${PROGRAM} refresh ada@example.com --token access`],
  },
  whoami: {
    summary: 'who a token is for, and until when',
    usage: 'whoami [USERNAME] [options]',
    about:
      'Reads the claims of a token: from standard input, from COGNITO_ID_TOKEN or COGNITO_ACCESS_TOKEN, or from what sign-in\n--save kept. A token is only read, its signature is not verified; --remote asks the service instead.',
    groups: [
      ['Which token', ['token-stdin', 'token', 'username', 'user-pool-id', 'client-id', 'config', 'profile']],
      ['How', ['remote', 'region', 'endpoint', 'allow-http', 'json']],
      ['Besides', COMMON],
    ],
    notes: {
      token: 'which one: id (default) or access',
      json: 'the claims as JSON',
    },
    examples: [`${PROGRAM} whoami`, `${PROGRAM} sign-in --token id | ${PROGRAM} whoami --token-stdin`],
  },
  'forget-device': {
    summary: 'forget this device, here and at the service',
    usage: 'forget-device [USERNAME] [options]',
    about:
      'The service wants to know who asks: a kept session or COGNITO_ACCESS_TOKEN serves, otherwise you sign in once more.',
    groups: [
      ['Who, and where', ['username', ...POOL]],
      ['How', ['device-key', 'local', 'token-stdin', 'password-stdin', 'flow', 'first-factor']],
      ['Besides', COMMON],
    ],
    notes: { 'token-stdin': 'read an access token from standard input' },
    examples: [`${PROGRAM} forget-device ada@example.com`],
  },
  doctor: {
    summary: 'which flows the app client allows, asked without credentials',
    usage: 'doctor [options]',
    about:
      'Asks the service with a made-up user, and says which flows the app client allows and whether the clock is right.',
    groups: [
      ['Where', POOL],
      ['Besides', COMMON],
    ],
    examples: [`${PROGRAM} doctor -p us-east-1_AbCdEfGhI -c 1example23456789`],
  },
  outbox: {
    summary: 'the codes that an emulator has sent',
    usage: 'outbox [USERNAME] [options]',
    about: 'Reads the codes of cognito-user-pool-emulator, for demos and tests.',
    groups: [
      ['Who, and where', ['username', 'endpoint', 'endpoint-url', 'allow-http', 'config', 'profile']],
      ['What is printed', ['json']],
      ['Besides', COMMON],
    ],
    examples: [`${PROGRAM} outbox alice --endpoint http://127.0.0.1:9229`],
  },
  'sign-out': {
    summary: 'revoke the kept refresh token and delete it here',
    usage: 'sign-out [USERNAME] [options]',
    about: 'Undoes sign-in --save.',
    groups: [
      ['Who, and where', ['username', ...POOL]],
      ['How', ['local']],
      ['Besides', COMMON],
    ],
    examples: [`${PROGRAM} sign-out`],
  },
  configure: {
    summary: 'write a profile: pool, app client, endpoint',
    usage: 'configure [options]',
    about:
      'Writes a profile for --profile into a file of yours (mode 600); the first one counts where none is named. What is\nnot given is asked for at a terminal.',
    groups: [
      ['The profile', ['profile', 'user-pool-id', 'client-id', 'endpoint', 'allow-http']],
      ['Besides', ['no-color', 'help']],
    ],
    notes: { profile: 'its name; default if left out' },
    examples: [`${PROGRAM} configure --profile work`, `${PROGRAM} sign-in ada --profile work`],
  },
  completion: {
    summary: 'print a script that completes commands and options',
    usage: 'completion bash|zsh|fish',
    about: 'Prints the script for a shell.',
    groups: [['Besides', ['help']]],
    examples: [
      `source <(${PROGRAM} completion bash)     # in ~/.bashrc; zsh likewise`,
      `${PROGRAM} completion fish | source      # in ~/.config/fish/config.fish`,
    ],
  },
} as const satisfies Record<string, Command>

export type CommandName = keyof typeof COMMANDS
export const isCommand = (name: string): name is CommandName => Object.hasOwn(COMMANDS, name)
