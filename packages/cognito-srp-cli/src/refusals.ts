import { EXIT, type ExitCode } from './failure.js'
import type { Settings } from './settings.js'
import { duration } from './words.js'

/** The facts at hand when something fails. */
export interface Circumstances {
  readonly settings?: Settings | undefined
  readonly address?: string | undefined
  readonly skew?: number | undefined
  readonly env: NodeJS.ProcessEnv
}

type Rule = readonly [
  name: RegExp,
  message: RegExp,
  explain: (circumstances: Circumstances, message: string) => readonly [ExitCode, ...string[]],
]

const ANY = /^/
const SECRET_WAYS = 'Set COGNITO_CLIENT_SECRET, or name a file: --client-secret-file FILE.'
const CLIENT_PLACE = 'The console shows it under App clients.'

/** The explanations of the service's exceptions by name and message; the first that fits counts. */
export const REFUSALS: readonly Rule[] = [
  [
    /^(CredentialsProvider|TokenProvider)Error|^SSO/,
    ANY,
    (_, message) => [
      EXIT.usage,
      `There are no AWS credentials for --admin: ${message}`,
      'Set AWS_PROFILE, or --profile NAME, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY; for SSO: aws sso login.',
    ],
  ],
  [
    /^(AccessDenied|UnrecognizedClient|InvalidSignature|ExpiredToken|InvalidClientTokenId|MissingAuthenticationToken)/,
    ANY,
    (_, message) => [
      EXIT.refused,
      `AWS refuses the credentials: ${message}`,
      'They need cognito-idp:AdminInitiateAuth and cognito-idp:AdminRespondToAuthChallenge.',
    ],
  ],
  [
    /^NotAuthorized/,
    /SECRET_HASH was not received/,
    () => [EXIT.usage, 'This app client has a secret.', SECRET_WAYS, CLIENT_PLACE],
  ],
  [
    /^NotAuthorized/,
    /secret hash|client secret/i,
    ({ settings }) =>
      settings?.clientSecret
        ? [
            EXIT.usage,
            'The client secret is not that of this app client, or the client has none.',
            `Compare both. ${CLIENT_PLACE}`,
          ]
        : [EXIT.usage, 'This app client has a secret, and it was not given.', SECRET_WAYS],
  ],
  [
    /^(InvalidParameter|NotAuthorized)/,
    /flow not enabled|not enabled for (this|the) client/i,
    ({ settings }, message) => {
      const flow = /\b[A-Z]+(_[A-Z]+)*_AUTH\b/.exec(message)?.[0] ?? FLOW_NAMES[settings?.flow ?? 'srp']
      return [
        EXIT.usage,
        `${flow} is not enabled for this client.`,
        `Enable ALLOW_${flow} in the console (App clients, the client, Authentication flows),`,
        `or take another flow: --flow ${otherFlows(settings?.flow)}. doctor says what the client allows.`,
      ]
    },
  ],
  [/^NotAuthorized/, /^Incorrect username or password/, wrongPassword],
  [/^UserNotFound/, ANY, wrongPassword],
  [
    /^NotAuthorized/,
    /attempts exceeded/i,
    () => [
      EXIT.refused,
      'Too many wrong passwords: the user is locked for a while.',
      'Wait before the next try, 15 minutes at most; each try too early counts.',
    ],
  ],
  [/^NotAuthorized/, /disabled/i, () => [EXIT.refused, 'The user is disabled.', 'An administrator can enable it.']],
  [
    /^NotAuthorized/,
    /Temporary password has expired/i,
    () => [EXIT.refused, 'The temporary password has expired.', 'An administrator can set another one.'],
  ],
  [
    /^NotAuthorized/,
    /refresh token/i,
    () => [
      EXIT.refused,
      'The refresh token is not valid: expired, revoked, or of another app client.',
      'The token of a remembered device needs its --device-key. Otherwise sign in again.',
    ],
  ],
  [
    /^RefreshTokenReuse/,
    ANY,
    () => [EXIT.refused, 'This refresh token was used before, and replaced by another.', 'Sign in again.'],
  ],
  [
    /^NotAuthorized/,
    /access token/i,
    () => [
      EXIT.refused,
      'The access token is not valid: expired or revoked.',
      'Get another one by refresh or sign-in.',
    ],
  ],
  [
    /^ResourceNotFound/,
    /client/i,
    ({ settings, address }) => [
      EXIT.usage,
      `There is no app client ${settings?.clientId} at ${address}.`,
      `Look at --client-id, and whether the region is right. ${CLIENT_PLACE}`,
    ],
  ],
  [
    /^ResourceNotFound/,
    /pool/i,
    ({ settings }) => [EXIT.usage, `There is no user pool ${settings?.userPoolId}.`, 'Look at --user-pool-id.'],
  ],
  [
    /^ResourceNotFound/,
    /device/i,
    () => [EXIT.refused, 'The service does not know this device.', 'To drop what is kept here: forget-device --local'],
  ],
  [
    /^UserNotConfirmed/,
    ANY,
    () => [
      EXIT.refused,
      'The user has not confirmed the sign-up.',
      'Confirm it with the code that was sent, in the app or by: aws cognito-idp confirm-sign-up',
    ],
  ],
  [
    /^PasswordResetRequired/,
    ANY,
    () => [
      EXIT.refused,
      'The password must be reset before the next sign-in.',
      'Reset it in the app or by: aws cognito-idp forgot-password',
    ],
  ],
  [/^CodeMismatch/, ANY, () => [EXIT.refused, 'The code is wrong.', 'Start again.']],
  [
    /^ExpiredCode/,
    ANY,
    (_, message) => [EXIT.refused, `The code is no longer good: ${message}`, 'Start again, with a new code.'],
  ],
  [/Lambda/, ANY, (_, message) => [EXIT.refused, `A Lambda trigger of the pool refused: ${message}`]],
  [
    /^(TooManyRequests|LimitExceeded|Throttl|RequestLimit|TooManyFailedAttempts)/,
    ANY,
    () => [EXIT.service, 'The service has had too many requests.', 'Wait a minute, then try again.'],
  ],
  [
    /^InvalidParameter/,
    /custom auth/i,
    () => [
      EXIT.usage,
      'This pool has no triggers for custom sign-in.',
      `Take another flow: --flow ${otherFlows('custom')}.`,
    ],
  ],
  [
    /^(InvalidParameter|InvalidUserPoolConfiguration)/,
    ANY,
    (_, message) => [EXIT.usage, `The service does not take this: ${message}`],
  ],
  [/^NotAuthorized/, ANY, (_, message) => [EXIT.refused, `Refused: ${message}`]],
]

const FLOW_NAMES = {
  refresh: 'REFRESH_TOKEN_AUTH',
  srp: 'USER_SRP_AUTH',
  password: 'USER_PASSWORD_AUTH',
  choice: 'USER_AUTH',
  custom: 'CUSTOM_AUTH',
  'custom-srp': 'CUSTOM_AUTH',
} as const

/** The flows besides the one that failed. */
const otherFlows = (failed: string | undefined) =>
  ['srp', 'password', 'choice', 'custom', 'custom-srp']
    .filter((flow) => flow !== failed && !(failed?.startsWith('custom') && flow.startsWith('custom')))
    .join(', ')

function wrongPassword({ settings, skew }: Circumstances): readonly [ExitCode, ...string[]] {
  return [
    EXIT.refused,
    'Incorrect user name or password.',
    ...(settings?.userPoolId && settings.flow === 'srp'
      ? [
          `Are they of ${settings.userPoolId}? SRP signs the pool's name, so that a wrong one (letter case counts) looks the same.`,
        ]
      : []),
    ...(skewed(skew) ? [clock(skew)] : []),
  ]
}

/** Clocks are never quite the same; two minutes are more than that. */
export const skewed = (skew: number | undefined): skew is number => skew !== undefined && Math.abs(skew) > 120

/** Say by how much the clock is wrong. */
export const clock = (skew: number): string =>
  `This machine's clock is ${duration(Math.abs(skew))} ${skew > 0 ? 'ahead of' : 'behind'} the service's. Set it: sign-ins are dated.`
