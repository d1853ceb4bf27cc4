import type { OptionName } from './options.js'

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
const SCRIPT = ['password-stdin', 'code', 'code-stdin', 'totp-secret-stdin'] as const
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
    notes: { 'device-key': 'the device of a token that is given' },
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
    about:
      'Reads the codes of cognito-user-pool-emulator, for demos and tests. With the token of its control path (EMULATOR_CONTROL_TOKEN) it asks there.',
    notes: { 'token-stdin': 'read the token of the control path from standard input' },
    groups: [
      ['Who, and where', ['username', 'endpoint', 'endpoint-url', 'allow-http', 'config', 'profile']],
      ['How', ['token-stdin']],
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
