// A step as a browser sees it, and the browser's answer as a step takes it.
import type { FirstFactor, MfaChoice, MfaSetupChoice, PendingStep, Step } from 'cognito-srp-flows'

/** Return the fields that the page needs to ask its question. None of them lets anybody go on with the sign-in. */
export function question(step: PendingStep): Record<string, unknown> {
  const { kind } = step
  switch (step.kind) {
    case 'code':
      return { kind, via: step.via, sentTo: step.sentTo }
    case 'new-password':
      return { kind, requiredAttributes: step.requiredAttributes }
    case 'choose-mfa':
    case 'choose-mfa-setup':
    case 'choose-factor':
      return { kind, choices: step.choices }
    case 'set-up-totp':
      // The user's own secret, for the QR code.
      return { kind, uri: step.uri('Example App') }
    case 'passkey':
      return { kind, request: step.requestJson }
    case 'custom':
      return { kind, parameters: step.parameters }
    default:
      return { kind }
  }
}

/** The fields of an answer: texts, as a form or JSON brings them. */
export type Answer = Readonly<Record<string, string | undefined>>

/** Answers a step with `answer`, and `password` or `attribute.…` where the step takes more than one text. */
export function give(step: PendingStep, fields: Answer): Promise<Step> {
  const { answer = '', password } = fields
  switch (step.kind) {
    case 'new-password':
      return step.answer(answer, attributesOf(fields))
    case 'choose-factor':
      // A value that is not among the choices is a RangeError.
      return step.answer(answer as FirstFactor, password ? { password } : {})
    case 'choose-mfa':
      return step.answer(answer as MfaChoice)
    case 'choose-mfa-setup':
      return step.answer(answer as MfaSetupChoice)
    case 'other':
      throw new Error(`This server does not know the challenge ${step.challenge}`)
    default:
      return step.answer(answer)
  }
}

function attributesOf(fields: Answer): Record<string, string> {
  const attributes: Record<string, string> = {}
  for (const [name, value] of Object.entries(fields)) {
    if (name.startsWith('attribute.') && value) attributes[name.slice('attribute.'.length)] = value
  }
  return attributes
}
