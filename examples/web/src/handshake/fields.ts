// The meaning of each field of the service, and who may know it.
import type { Field, Secrecy } from './entry.js'

const MEANINGS: Readonly<Record<string, readonly [Secrecy, string]>> = {
  AuthFlow: ['public', 'Which way of signing in this is.'],
  ClientId: ['public', 'The app client: which app is asking. Every visitor of the app can read it.'],
  ChallengeName: ['public', 'The question of the pool, or which question is being answered.'],
  AvailableChallenges: ['public', 'The ways in that this user has.'],
  PREFERRED_CHALLENGE: ['public', 'The way in that the app asks for.'],
  CHALLENGE_NAME: ['public', 'A custom flow that is to begin with SRP.'],
  Session: ['secret', 'Ties the answers to this sign-in, for a few minutes. Good for one answer.'],
  USERNAME: ['public', 'Who is signing in.'],
  USER_ID_FOR_SRP: ['public', 'The real user name, which the arithmetic uses whatever was typed.'],
  SRP_A: ['public', 'A = g^a mod N. No one can work out a from it.'],
  SRP_B: ['public', 'B = k·v + g^b mod N: the pool’s half, with the verifier hidden in it.'],
  SALT: ['public', 'Makes two users with the same password look different.'],
  SECRET_BLOCK: [
    'public',
    'The pool’s own sealed notes about this handshake. The answer must bring it back and sign it.',
  ],
  PASSWORD_CLAIM_SIGNATURE: [
    'proof',
    'An HMAC under the key of this handshake: it shows that the password was right, once, and nothing else about it.',
  ],
  PASSWORD_CLAIM_SECRET_BLOCK: ['public', 'The pool’s notes, given back unread.'],
  TIMESTAMP: ['public', 'When it was signed.'],
  NEW_PASSWORD: [
    'secret',
    'The new password. The service has no other way to set one: it travels, under TLS, this one time.',
  ],
  requiredAttributes: ['public', 'What the pool must know before the account is complete.'],
  userAttributes: ['public', 'What the pool knows about the user.'],
  SMS_MFA_CODE: ['secret', 'The code from the phone. Good for one answer.'],
  EMAIL_OTP_CODE: ['secret', 'The code from the e-mail. Good for one answer.'],
  SMS_OTP_CODE: ['secret', 'The code from the phone. Good for one answer.'],
  SOFTWARE_TOKEN_MFA_CODE: ['secret', 'What the authenticator app shows now. Good for one answer.'],
  UserCode: ['secret', 'The first code of the new authenticator.'],
  SecretCode: ['secret', 'The authenticator’s secret, which the QR code carries. Anyone who has it can make codes.'],
  Status: ['public', 'Whether the first code was right.'],
  FriendlyDeviceName: ['public', 'What the user calls the authenticator.'],
  FRIENDLY_DEVICE_NAME: ['public', 'What the user calls the authenticator.'],
  CODE_DELIVERY_DELIVERY_MEDIUM: ['public', 'How the code was sent.'],
  CODE_DELIVERY_DESTINATION: ['public', 'Where to, with most of it hidden.'],
  MFAS_CAN_CHOOSE: ['public', 'The second factors that this user has.'],
  MFAS_CAN_SETUP: ['public', 'The second factors that may be set up.'],
  ANSWER: ['public', 'The choice, or the answer to the pool’s question.'],
  question: ['public', 'What the pool’s own code asks.'],
  DEVICE_KEY: ['public', 'The name of this device. It proves nothing by itself.'],
  DeviceKey: ['public', 'The name of this device. It proves nothing by itself.'],
  DeviceGroupKey: ['public', 'Takes the place of the pool’s name in the device’s arithmetic.'],
  Salt: ['public', 'The salt of the device’s own password.'],
  PasswordVerifier: ['public', 'v = g^x mod N for the device: enough to check its proof, not enough to make one.'],
  DeviceRememberedStatus: ['public', 'Whether the user trusts this device.'],
  UserConfirmationNecessary: ['public', 'Whether the user must be asked before the device is trusted.'],
  CREDENTIAL_REQUEST_OPTIONS: [
    'public',
    'What the authenticator is to sign: a challenge, good once and for this site only.',
  ],
  CREDENTIAL: [
    'proof',
    'The passkey’s signature over the challenge and this site’s name. The private key stays in the authenticator.',
  ],
  CredentialCreationOptions: ['public', 'What kind of passkey the pool takes, and a challenge to sign.'],
  Credential: ['public', 'The new passkey’s public key. The private one never leaves the authenticator.'],
  AccessToken: ['secret', 'Lets its holder act as the user, for an hour.'],
  IdToken: ['secret', 'Says who the user is, signed by the pool.'],
  RefreshToken: ['secret', 'Fetches new tokens, for thirty days.'],
  Token: ['secret', 'The refresh token that is to be worth nothing from now on.'],
  TokenType: ['public', 'How the access token is to be presented.'],
  ExpiresIn: ['public', 'How long the access token is good for, in seconds.'],
  Username: ['public', 'Who it is about.'],
  Password: ['secret', 'The password itself, under TLS: the pool makes a verifier of it and drops it.'],
  UserAttributes: ['public', 'What the pool will know about the user.'],
  ConfirmationCode: ['secret', 'The code from the e-mail. Good for one answer.'],
  CodeDeliveryDetails: ['public', 'Where a code was sent, with most of it hidden.'],
  UserConfirmed: ['public', 'Whether the account is ready, or waits for the code.'],
  UserSub: ['public', 'The user’s id in the pool.'],
  __type: ['public', 'The exception of the service.'],
  message: ['public', 'In the service’s words.'],
}

const GROUPS =
  /^(AuthParameters|ChallengeParameters|ChallengeResponses|AuthenticationResult|NewDeviceMetadata|DeviceSecretVerifierConfig)$/

function meaningOf(name: string): readonly [Secrecy, string] {
  if (name.startsWith('userAttributes.')) return ['public', 'Something about the user that the pool asked for.']
  // A field without a class is treated as a secret.
  return MEANINGS[name] ?? ['secret', 'A field this page does not know.']
}

/** The fields of a request or a reply, those of its groups too; a secret's value is left out. */
export function fieldsOf(body: object): Field[] {
  return Object.entries(body).flatMap(([name, value]): Field[] => {
    if (value === undefined || value === null) return []
    if (GROUPS.test(name) && typeof value === 'object') return fieldsOf(value)
    const [secrecy, meaning] = meaningOf(name)
    const text = typeof value === 'string' ? value : JSON.stringify(value)
    return [{ name, value: secrecy === 'secret' ? '' : text, length: text.length, secrecy, meaning }]
  })
}
