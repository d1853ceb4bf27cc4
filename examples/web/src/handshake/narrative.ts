// The pool's work on a request, in a sentence. The page cannot see it; the emulator's code is where it can be read.

interface Deed {
  readonly title: string
  readonly formula?: string
}

const ANSWERS: Readonly<Record<string, Deed>> = {
  PASSWORD_VERIFIER: {
    title: 'Reaches the same S from the verifier and compares signatures. It never had the password',
    formula: 'S = (A·v^u)^b mod N',
  },
  DEVICE_SRP_AUTH: { title: 'Looks up the device’s verifier and hides it in B', formula: 'B = k·v + g^b mod N' },
  DEVICE_PASSWORD_VERIFIER: {
    title: 'Checks the device’s proof the same way',
    formula: 'S = (A·v^u)^b mod N',
  },
  NEW_PASSWORD_REQUIRED: { title: 'Keeps a new salt and verifier, and drops the password', formula: 'v = g^x mod N' },
  SOFTWARE_TOKEN_MFA: { title: 'Works out the code of this half minute and compares' },
  SELECT_MFA_TYPE: { title: 'Goes on with the factor that was picked' },
  SELECT_CHALLENGE: { title: 'Goes on with the way in that was picked' },
  MFA_SETUP: { title: 'Keeps the authenticator: from now on it asks for a code' },
  CUSTOM_CHALLENGE: { title: 'Runs the pool’s own code: is the answer right, and what comes next?' },
  WEB_AUTHN: { title: 'Checks the signature with the public key it keeps' },
}

const OPERATIONS: Readonly<Record<string, Deed>> = {
  AssociateSoftwareToken: { title: 'Draws a secret for the authenticator' },
  VerifySoftwareToken: { title: 'Checks the first code' },
  ConfirmDevice: { title: 'Keeps the device’s salt and verifier' },
  UpdateDeviceStatus: { title: 'Notes whether the user trusts the device' },
  ForgetDevice: { title: 'Forgets the device and its verifier' },
  GetTokensFromRefreshToken: { title: 'Checks the refresh token and signs new tokens' },
  StartWebAuthnRegistration: { title: 'Draws a challenge for the new passkey' },
  CompleteWebAuthnRegistration: { title: 'Keeps the passkey’s public key' },
  SignUp: { title: 'Makes a salt and a verifier, keeps those, and drops the password', formula: 'v = g^x mod N' },
  ConfirmSignUp: { title: 'Compares the code with the one it sent, and lets the user in' },
  ResendConfirmationCode: { title: 'Sends another code' },
  ForgotPassword: { title: 'Sends a code to the address it knows' },
  ConfirmForgotPassword: {
    title: 'Compares the code, keeps a new salt and verifier, and drops the password',
    formula: 'v = g^x mod N',
  },
  GlobalSignOut: { title: 'Makes every token of this user worthless, on all devices' },
  RevokeToken: { title: 'Makes the refresh token worthless' },
}

const SRP: Deed = { title: 'Looks up salt and verifier, and hides the verifier in B', formula: 'B = k·v + g^b mod N' }

/** The challenge's name, with its request's fields, to what the pool does with it. */
export function deedOf(operation: string, request: Readonly<Record<string, unknown>>): Deed {
  const given = (request.AuthParameters ?? request.ChallengeResponses ?? {}) as Record<string, unknown>
  if (given.SRP_A !== undefined && given.DEVICE_KEY === undefined) return SRP
  if (operation === 'InitiateAuth') {
    return given.SRP_A === undefined ? { title: 'Looks up how this user may sign in' } : SRP
  }
  const challenge = String(request.ChallengeName ?? '')
  return OPERATIONS[operation] ?? ANSWERS[challenge] ?? { title: 'Compares the code with the one it sent' }
}

/** Describe the pool's work on a request that it refused. */
export function refusalOf(exception: string, request: Readonly<Record<string, unknown>>): Deed {
  if (exception === 'TooManyRequestsException') return { title: 'Is too busy, and turns the request away unread' }
  const proof = String(request.ChallengeName ?? '').endsWith('PASSWORD_VERIFIER')
  if (proof && exception === 'NotAuthorizedException') {
    return { title: 'Signs the same with its own S and compares: the signatures differ' }
  }
  return { title: 'Looks at it, and refuses' }
}

const CHALLENGES: Readonly<Record<string, string>> = {
  PASSWORD_VERIFIER: 'prove that you know the password',
  DEVICE_SRP_AUTH: 'prove that you are the device',
  DEVICE_PASSWORD_VERIFIER: 'the device’s salt and B',
  NEW_PASSWORD_REQUIRED: 'choose a password of your own',
  SMS_MFA: 'what was the code in the text message?',
  SMS_OTP: 'what was the code in the text message?',
  EMAIL_OTP: 'what was the code in the e-mail?',
  SOFTWARE_TOKEN_MFA: 'what does the authenticator app show?',
  SELECT_MFA_TYPE: 'which second factor?',
  SELECT_CHALLENGE: 'which way in?',
  MFA_SETUP: 'set up a second factor',
  CUSTOM_CHALLENGE: 'a question of the pool’s own',
  WEB_AUTHN: 'sign this with your passkey',
  PASSWORD: 'what is the password?',
  PASSWORD_SRP: 'send an SRP_A',
}

/** Describe a reply in a few words. */
export function replyTitle(reply: Readonly<Record<string, unknown>>): { title: string; note?: string } {
  const challenge = reply.ChallengeName
  if (typeof challenge === 'string') {
    const note = CHALLENGES[challenge]
    return note === undefined ? { title: challenge } : { title: challenge, note }
  }
  if (reply.AuthenticationResult) return { title: 'Tokens', note: 'signed in' }
  return { title: 'Done' }
}
