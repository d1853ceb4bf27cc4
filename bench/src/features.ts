// The table of Cognito's flows and challenges, by the libraries that drive them. Of ours, the test that shows it. Of
// the others, a search of their published code for the service's own word: without it they cannot; with it, it is taken
// that they do.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { benchFolder } from './build.js'
import { table } from './tables.js'

export interface Feature {
  name: string
  /** One of these words stands in the code of a library that has it. */
  words: readonly string[]
  /** Of our tests, the one that shows it. */
  test: string
}

export const FEATURES: readonly Feature[] = [
  { name: 'sign-in by SRP', words: ['USER_SRP_AUTH', 'SRP_A'], test: 'srp' },
  { name: 'sign-in by password', words: ['USER_PASSWORD_AUTH'], test: 'mfa' },
  { name: 'choice of the first factor', words: ['SELECT_CHALLENGE'], test: 'user-auth' },
  { name: "Cognito's passkeys", words: ['WEB_AUTHN'], test: 'user-auth' },
  { name: 'a code instead of a password', words: ['EMAIL_OTP', 'SMS_OTP'], test: 'user-auth' },
  { name: 'second factor by SMS', words: ['SMS_MFA'], test: 'mfa' },
  { name: 'second factor by an app', words: ['SOFTWARE_TOKEN_MFA'], test: 'mfa' },
  { name: 'choice of the second factor', words: ['SELECT_MFA_TYPE'], test: 'mfa' },
  { name: 'setting up a second factor', words: ['MFA_SETUP'], test: 'mfa' },
  { name: 'new password required', words: ['NEW_PASSWORD_REQUIRED'], test: 'mfa' },
  { name: 'custom challenges', words: ['CUSTOM_CHALLENGE'], test: 'custom' },
  { name: 'remembered devices, by SRP', words: ['DEVICE_PASSWORD_VERIFIER', 'createDeviceVerifier'], test: 'devices' },
  { name: 'app clients with a secret', words: ['SECRET_HASH', 'createSecretHash'], test: 'srp' },
  { name: 'rotating refresh tokens', words: ['GetTokensFromRefreshToken'], test: 'srp' },
  {
    name: 'sign-in by a server (Admin calls)',
    words: ['AdminInitiateAuth', 'AdminInitiateAuthCommand'],
    test: 'admin',
  },
]

export const OURS = 'cognito-srp-flows'
const PEERS = [
  'amazon-cognito-identity-js',
  '@aws-amplify/auth',
  'cognito-srp-helper',
  'amazon-cognito-passwordless-auth',
  'franken-srp',
]

const CODE = /\.[cm]?js$/
/** Folders published beside the library: its tests, its infrastructure. */
const NOT_LIBRARY = /(^|[\\/])(__tests__|node_modules|cdk|umd)[\\/]/

/** Feature to library to the file that shows it, `null` where none does. */
export type FeatureResults = Record<string, Record<string, string | null>>

/** @throws Error if a test of ours is not there */
export function findFeatures(): FeatureResults {
  const peers = PEERS.map((name) => ({ name, files: codeOf(name) }))
  return Object.fromEntries(
    FEATURES.map(({ name, words, test }) => {
      const pattern = new RegExp(`\\b(${words.join('|')})\\b`)
      const found = peers.map((peer) => [peer.name, peer.files.find(({ text }) => pattern.test(text))?.path ?? null])
      return [name, { [OURS]: ourTest(test, words), ...Object.fromEntries(found) }]
    }),
  )
}

function ourTest(test: string, words: readonly string[]): string {
  const path = `packages/cognito-srp-flows/test/flows/${test}.test.ts`
  if (!existsSync(join(benchFolder, '..', path))) throw new Error(`${path} is to show ${words[0]}, and is not there`)
  return path
}

/** Every code file of an installed package, by a path that begins with the package's name. */
function codeOf(name: string): { path: string; text: string }[] {
  const folder = join(benchFolder, 'node_modules', name)
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => CODE.test(file) && !NOT_LIBRARY.test(file))
    .sort()
    .map((file) => ({
      path: `${name}/${file.replaceAll('\\', '/')}`,
      text: readFileSync(join(folder, file), 'utf8'),
    }))
}

export function featureTable(results: FeatureResults): string {
  const libraries = [OURS, ...PEERS]
  const rows = Object.entries(results).map(([name, row]) => [
    name,
    ...libraries.map((library) => (typeof row[library] === 'string' ? 'yes' : '')),
  ])
  return table(['flow or challenge', ...libraries], rows)
}
