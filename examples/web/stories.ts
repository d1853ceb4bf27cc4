// Stories for a visitor to try: the page lists these, the server makes a user pool for each.

/** One way through a sign-in, with someone to sign in as. */
export interface Story {
  /** Stands in addresses: `#/sms`, `/pool/sms`. */
  readonly id: StoryId
  readonly title: string
  /** One sentence for the page: what will happen, and what to look at. */
  readonly about: string
  readonly username: string
  readonly password: string
  /** The way that the page begins: AuthFlow of the service. */
  readonly flow: 'USER_SRP_AUTH' | 'USER_AUTH' | 'CUSTOM_AUTH'
  /** True if the password is asked for first; without it the pool says which ways in there are. */
  readonly passwordFirst: boolean
  /** The secret that the visitor's authenticator app holds already, in base32. */
  readonly authenticator?: string
}

export const STORY_IDS = [
  'password',
  'sms',
  'totp',
  'set-up',
  'first',
  'several',
  'device',
  'passkey',
  'choice',
  'custom',
  'tabs',
  'sign-up',
  'forgot',
] as const
export type StoryId = (typeof STORY_IDS)[number]

const PASSWORD = 'Correct-Horse-7-Battery'
// RFC 6238's own test secret, in base32.
const AUTHENTICATOR = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'

const story = (given: Pick<Story, 'id' | 'title' | 'about' | 'username'> & Partial<Story>): Story => ({
  password: PASSWORD,
  flow: 'USER_SRP_AUTH',
  passwordFirst: true,
  ...given,
})

export const STORIES: readonly Story[] = [
  story({
    id: 'password',
    title: 'Password',
    about: 'Two requests sign Ada in, and her password is in neither of them.',
    username: 'ada@example.com',
  }),
  story({
    id: 'sms',
    title: 'SMS code',
    about: 'After the password the pool sends Grace a code. It arrives on the phone below.',
    username: 'grace@example.com',
  }),
  story({
    id: 'totp',
    title: 'Authenticator',
    about: 'Alan’s authenticator app shows a new code every 30 seconds.',
    username: 'alan@example.com',
    authenticator: AUTHENTICATOR,
  }),
  story({
    id: 'set-up',
    title: 'Authenticator set-up',
    about: 'The pool insists on a second factor and Joan has none yet: scan the QR code, then prove it.',
    username: 'joan@example.com',
  }),
  story({
    id: 'first',
    title: 'New password',
    about: 'An administrator made this account. Mary signs in with a temporary password and must choose her own.',
    username: 'mary@example.com',
    password: 'Temporary-7-Password',
  }),
  story({
    id: 'several',
    title: 'Several factors',
    about: 'Barbara has a phone, an e-mail address and an authenticator app, and picks one.',
    username: 'barbara@example.com',
    authenticator: AUTHENTICATOR,
  }),
  story({
    id: 'device',
    title: 'Remembered device',
    about: 'Trust this browser, sign out, sign in again: the second time the device proves itself instead of a code.',
    username: 'katherine@example.com',
  }),
  story({
    id: 'passkey',
    title: 'Passkey',
    about: 'Sign in once with the password, create a passkey, sign out, and come back without a password.',
    username: 'hedy@example.com',
    flow: 'USER_AUTH',
  }),
  story({
    id: 'choice',
    title: 'Ways in',
    about: 'Edith types only her name. The pool says which ways in there are.',
    username: 'edith@example.com',
    flow: 'USER_AUTH',
    passwordFirst: false,
  }),
  story({
    id: 'custom',
    title: 'Custom',
    about: 'After the password the pool’s own code asks a question: any Lambda trigger could.',
    username: 'radia@example.com',
    flow: 'CUSTOM_AUTH',
  }),
  story({
    id: 'tabs',
    title: 'Two tabs',
    about: 'Tokens last half a minute here. Sign in, open a second tab: one of them fetches new tokens for both.',
    username: 'karen@example.com',
  }),
  story({
    id: 'sign-up',
    title: 'Sign up',
    about: 'Dorothy has no account yet. Her password travels this once: the pool has no other way to get a verifier.',
    username: 'dorothy@example.com',
  }),
  story({
    id: 'forgot',
    title: 'Forgotten password',
    about: 'Lise does not remember her password. A code that is sent to her proves that the address is hers.',
    username: 'lise@example.com',
  }),
]

/** The story of an id, e.g. of an address; the first one when there is none. */
export function storyOf(id: string): Story {
  const found = STORIES.find((one) => one.id === id) ?? STORIES[0]
  if (!found) throw new Error('There are no stories')
  return found
}

/** The user pool of a story, and its app client. */
export const poolOf = ({ id }: Story): { userPoolId: string; clientId: string } => ({
  userPoolId: `us-east-1_Demo${id.replace('-', '')}`,
  clientId: `web_${id.replace('-', '_')}`,
})
