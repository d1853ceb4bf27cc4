import type { Turn } from '../app-client.js'
import type { PendingStep, Step } from '../step.js'
import { chooseFactor, chooseMfa } from './choose.js'
import { code } from './code.js'
import { custom, other } from './custom.js'
import { beginMfaSetup, mfaSetup } from './mfa-setup.js'
import { newPassword } from './new-password.js'
import { passkey } from './passkey.js'
import { password, passwordVerifier } from './password.js'

const STEPS: Readonly<Record<string, (turn: Turn) => PendingStep>> = {
  SMS_MFA: code,
  SMS_OTP: code,
  EMAIL_OTP: code,
  SOFTWARE_TOKEN_MFA: code,
  NEW_PASSWORD_REQUIRED: newPassword,
  SELECT_MFA_TYPE: chooseMfa,
  MFA_SETUP: mfaSetup,
  CUSTOM_CHALLENGE: custom,
  SELECT_CHALLENGE: chooseFactor,
  PASSWORD: password,
  PASSWORD_SRP: password,
  ADMIN_NO_SRP_AUTH: password,
  WEB_AUTHN: passkey,
}

/** What a challenge waits for. The name comes from the service or a saved text, and may be one of a prototype. */
export function pendingStep(turn: Turn): PendingStep {
  return (Object.getOwnPropertyDescriptor(STEPS, turn.state.challenge)?.value ?? other)(turn)
}

/** A challenge that the flow answers by itself, or begins to; undefined when it takes somebody. */
export function automatic(turn: Turn): Promise<Step | undefined> | undefined {
  const { challenge } = turn.state
  if (challenge === 'PASSWORD_VERIFIER') return passwordVerifier(turn)
  if (challenge === 'MFA_SETUP') return beginMfaSetup(turn)
  return challenge.startsWith('DEVICE_') ? turn.client.devices?.tracking.answer(turn) : undefined
}
