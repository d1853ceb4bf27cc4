// Explanations of failures for a person: the meaning and the next step, not the exception's name.
import { FlowError } from 'cognito-srp-flows'

export interface Trouble {
  readonly title: string
  readonly advice: string
  /** The sign-in is lost: only the beginning is left. */
  readonly restart?: true
  /** Set if the typed text is wrong, and is to be typed again. */
  readonly wrong?: true
}

const BY_NAME: Readonly<Record<string, Trouble>> = {
  UserNotConfirmedException: {
    title: 'This account is not confirmed yet',
    advice: 'Use the link or the code that was sent when it was made.',
  },
  PasswordResetRequiredException: {
    title: 'This password must be reset',
    advice: 'Ask for a new one before you sign in.',
  },
  CodeMismatchException: {
    title: 'That code is not right',
    advice: 'Look again, and type the newest one.',
    wrong: true,
  },
  EnableSoftwareTokenMFAException: {
    title: 'That code is not right',
    advice: 'Type what the authenticator app shows now; it changes every 30 seconds.',
    wrong: true,
  },
  ExpiredCodeException: {
    title: 'That code has run out',
    advice: 'Wait for the next one, and type that.',
    wrong: true,
  },
  TooManyRequestsException: {
    title: 'Too many people are signing in right now',
    advice: 'Nothing is wrong with your password. Wait a moment, then press the button again.',
  },
  LimitExceededException: { title: 'Too many tries', advice: 'Wait a few minutes, then try again.' },
  InternalErrorException: { title: 'The service stumbled', advice: 'That was not you. Try again in a moment.' },
  NotAllowedError: {
    title: 'No passkey was used',
    advice: 'It was cancelled, or this browser has none for this site. You can try again, or use your password.',
  },
  InvalidStateError: {
    title: 'This browser has a passkey for this account already',
    advice: 'Sign out, and sign in with it.',
  },
}

const BY_CODE: Readonly<Record<string, Trouble>> = {
  network: {
    title: 'No connection',
    advice: 'The service cannot be reached. Check your network, then press the button again; nothing is lost.',
  },
  timeout: { title: 'The service takes too long', advice: 'Press the button again in a moment.' },
  'session-lost': {
    title: 'This sign-in has run out',
    advice: 'It was left open for too long, or had too many wrong codes. Please begin again.',
    restart: true,
  },
  'device-lost': {
    title: 'The service has forgotten this browser',
    advice: 'Sign in again; you will be asked for a code this once.',
    restart: true,
  },
}

/** Explain anything that was thrown on the way through a sign-in. */
export function explain(error: unknown): Trouble {
  if (!(error instanceof Error)) return { title: 'Something went wrong', advice: String(error) }
  const { name, message } = error
  const known = error instanceof FlowError ? BY_CODE[error.code] : BY_NAME[name]
  if (known) return known
  if (name === 'NotAuthorizedException') {
    if (/exceeded/.test(message)) {
      return {
        title: 'Too many wrong passwords',
        advice: 'The account is locked for a little while, longer after each miss. Wait, then try once more.',
      }
    }
    return {
      title: 'Name and password do not fit',
      advice: 'Check both for typing mistakes. Capital letters count.',
      restart: true,
      wrong: true,
    }
  }
  if (name === 'InvalidPasswordException') {
    return { title: 'That password is too simple', advice: message.replace(/^.*policy: ?/, ''), wrong: true }
  }
  // TypeError and RangeError of the library name the argument; a person only needs the message.
  return { title: 'Something went wrong', advice: message }
}
