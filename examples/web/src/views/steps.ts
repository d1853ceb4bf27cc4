// One view for each kind of step that waits for someone.
import type { ChooseFactorStep, CodeStep, FirstFactor, PendingStep, SetUpTotpStep } from 'cognito-srp-flows'
import { renderSVG } from 'uqr'
import { element } from '../element.js'
import { usePasskey } from '../passkey.js'
import type { Stage } from '../stage.js'
import { button, field, form, type View } from './form.js'

const CODE = { name: 'code', label: 'Code', autocomplete: 'one-time-code' } as const

/** The view of a step. */
export function stepView(step: PendingStep, stage: Stage): View {
  switch (step.kind) {
    case 'code':
      return codeView(step, stage)
    case 'set-up-totp':
      return setUpTotp(step, stage)
    case 'choose-factor':
      return chooseFactor(step, stage)
    case 'choose-mfa':
      return chooseView(stage, step.choices, (choice) => step.answer(choice))
    case 'choose-mfa-setup':
      return chooseView(stage, step.choices, (choice) => step.answer(choice))
    case 'new-password':
      return {
        title: 'Choose a new password',
        lead: 'The old one was temporary. This is the one time that a password travels: the service has no other way to set it.',
        body: [
          form(
            'Save and sign in',
            (value) => {
              const password = value('password-new')
              stage.watchFor(password)
              const attributes = step.requiredAttributes.map((name) => [name, value(name)])
              stage.run(() => step.answer(password, Object.fromEntries(attributes)))
            },
            field({
              name: 'password-new',
              label: 'New password',
              type: 'password',
              autocomplete: 'new-password',
              hint: 'At least 8 characters: small and capital letters, a number and a symbol.',
            }),
            ...step.requiredAttributes.map((name) =>
              field({ name, label: name === 'name' ? 'Your name' : name, autocomplete: name }),
            ),
          ),
        ],
      }
    case 'passkey':
      return {
        title: 'Use your passkey',
        lead: 'Your browser or phone asks you to confirm.',
        body: [button('Use the passkey', () => stage.run(() => usePasskey(step)), 'primary')],
      }
    case 'custom':
      return answerView(stage, 'One more question', step.parameters.question ?? 'What is the answer?', step.answer)
    case 'set-up-email':
      return answerView(stage, 'Add an e-mail address', 'It will receive your codes.', step.answer)
    case 'password':
      return passwordView(stage, (password) => step.answer(password))
    case 'other':
      return {
        title: 'This page does not know that question',
        lead: `The pool asks ${step.challenge}.`,
        body: [button('Begin again', stage.restart)],
      }
  }
}

type Answer = (text: string) => ReturnType<PendingStep['answer']>

function answerView(stage: Stage, title: string, lead: string, answer: Answer): View {
  const input = field({ name: 'answer', label: 'Answer', autocomplete: 'off' })
  return { title, lead, body: [form('Continue', (value) => stage.run(() => answer(value('answer'))), input)] }
}

function chooseView<Choice extends string>(
  stage: Stage,
  choices: readonly Choice[],
  answer: (choice: Choice) => ReturnType<PendingStep['answer']>,
): View {
  return {
    title: 'Choose a second factor',
    lead: 'You have more than one. Any of them will do.',
    body: choices.map((choice) => button(nameOf(choice), () => stage.run(() => answer(choice)))),
  }
}

function codeView(step: CodeStep, stage: Stage): View {
  const sent = step.via === 'sms' ? 'a text message' : 'an e-mail'
  const lead = step.via === 'totp' ? 'It is in your authenticator app.' : `It is in ${sent} to ${step.sentTo ?? 'you'}.`
  const submit = (value: (name: string) => string) => stage.run(() => step.answer(value('code')))
  return { title: 'Enter the code', lead, body: [form('Continue', submit, field({ ...CODE, hint: 'Six digits' }))] }
}

function setUpTotp(step: SetUpTotpStep, stage: Stage): View {
  // The image is made here, in this page: the secret goes to no one's QR service.
  const svg = renderSVG(step.uri('Sign-in demo'), { border: 2, ecc: 'M' })
  const code = element('img', {
    class: 'qr',
    src: `data:image/svg+xml,${encodeURIComponent(svg)}`,
    alt: 'QR code with the secret for your authenticator app',
    width: '184',
    height: '184',
  })
  return {
    title: 'Set up your authenticator',
    lead: 'Scan this with the phone below or an app of your own, then type the code.',
    body: [
      code,
      element(
        'details',
        { class: 'manual' },
        element('summary', {}, 'Cannot scan it?'),
        element('p', {}, 'Type this secret into the app instead:'),
        element('p', {}, element('code', { class: 'secret' }, step.secretCode.replace(/(.{4})(?=.)/g, '$1 '))),
      ),
      form('Continue', (value) => stage.run(() => step.answer(value('code'), { deviceName: 'Phone' })), field(CODE)),
    ],
  }
}

const NAMES: Readonly<Record<string, string>> = {
  SMS_MFA: 'Code by text message',
  SMS_OTP: 'Code by text message',
  EMAIL_OTP: 'Code by e-mail',
  SOFTWARE_TOKEN_MFA: 'Authenticator app',
  PASSWORD_SRP: 'Password',
  WEB_AUTHN: 'Passkey',
}

const nameOf = (choice: string): string => NAMES[choice] ?? choice

function chooseFactor(step: ChooseFactorStep, stage: Stage): View {
  // PASSWORD would send the password itself; PASSWORD_SRP does the same without.
  const choices = step.choices.filter((choice) => choice !== 'PASSWORD')
  const choose = (choice: FirstFactor) =>
    choice === 'PASSWORD_SRP'
      ? stage.show(passwordView(stage, (password) => step.answer(choice, { password })))
      : stage.run(() => step.answer(choice))
  return {
    title: 'How do you want to sign in?',
    lead: 'The pool knows these ways in for you.',
    body: choices.map((choice) => button(nameOf(choice), () => choose(choice))),
  }
}

function passwordView(stage: Stage, answer: Answer): View {
  const input = field({
    name: 'password',
    label: 'Password',
    type: 'password',
    autocomplete: 'current-password',
    value: stage.story.password,
  })
  const submit = (value: (name: string) => string) => {
    stage.watchFor(value('password'))
    stage.run(() => answer(value('password')))
  }
  return { title: 'Enter your password', body: [form('Sign in', submit, input)] }
}
