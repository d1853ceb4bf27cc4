import type {
  CodeStep,
  CustomStep,
  FirstFactor,
  NewPasswordStep,
  PasswordStep,
  PendingStep,
  SetUpTotpStep,
  SignedIn,
  Step,
} from 'cognito-srp-flows'
import type { Codes } from './codes.js'
import { EXIT, Failure } from './failure.js'
import type { Speaker } from './io.js'
import type { Password } from './password.js'
import { downgraded, plainPassword, takesPassword } from './plain-password.js'
import { qrCode } from './qr.js'
import type { Settings } from './settings.js'
import { printable } from './style.js'
import type { Terminal } from './terminal.js'

/** Whom to ask, and what is known already. */
export interface Helpers {
  readonly terminal: Terminal
  readonly speaker: Speaker
  readonly settings: Settings
  readonly password: Password
  readonly codes: Codes
}

/** The everyday names of challenges, factors and deliveries. */
const LABELS: Readonly<Record<string, string>> = {
  SOFTWARE_TOKEN_MFA: 'authenticator app',
  SMS_MFA: 'text message',
  EMAIL_OTP: 'code by e-mail',
  SMS_OTP: 'code by text message',
  PASSWORD_SRP: 'password (by SRP: it stays on this machine)',
  PASSWORD: 'password (sent to the service)',
}

/** The refusals of the service after which the user may type again. */
const AGAIN =
  /^(CodeMismatchException|ExpiredCodeException|EnableSoftwareTokenMFAException|InvalidPasswordException|PasswordHistoryPolicyViolationException)$/

/** Asks at every step until the sign-in is complete. */
export async function answerAll(first: Step, helpers: Helpers): Promise<SignedIn> {
  let step = first
  while (step.kind !== 'signed-in') step = await answer(step, helpers)
  return step
}

async function answer(step: PendingStep, helpers: Helpers): Promise<Step> {
  const { terminal } = helpers
  switch (step.kind) {
    case 'code':
      return answerCode(step, helpers)
    case 'new-password':
      return answerNewPassword(step, helpers)
    case 'choose-mfa':
      return step.answer(await choose(terminal, 'Which second factor?', step.choices))
    case 'choose-mfa-setup':
      return step.answer(
        await choose(terminal, 'This pool wants a second factor. Which one will you set up?', step.choices),
      )
    case 'set-up-totp':
      return setUpTotp(step, helpers)
    case 'set-up-email':
      terminal.show('This pool wants a second factor, and sends codes by e-mail.')
      return again(helpers, async () => step.answer(await typed(terminal, 'E-mail address: ', 'e-mail address')))
    case 'choose-factor':
      return chooseFactor(step.choices, helpers, (choice, password) =>
        step.answer(choice, password ? { password } : {}),
      )
    case 'password':
      return answerPassword(step, helpers)
    case 'custom':
      return answerCustom(step, helpers)
    case 'passkey':
      throw passkeyImpossible()
    case 'other':
      throw new Failure(
        EXIT.unattended,
        `The service asks for ${printable(step.challenge)}, which this version cannot answer in a terminal.`,
        'A newer version may: npx cognito-srp-cli@latest. In a program, the step of kind "other" takes any answer.',
      )
  }
}

/** Asks once more after what may be typed again; the service says when that is over. */
async function again(helpers: Helpers, attempt: () => Promise<Step>): Promise<Step> {
  for (;;) {
    try {
      return await attempt()
    } catch (error) {
      if (!(error instanceof Error && AGAIN.test(error.name))) throw error
      // Without a terminal no one can do better, but a computed code may be the next one.
      if (!helpers.terminal.attended && !helpers.codes.computes) throw error
      const { speaker, terminal } = helpers
      terminal.show(
        `${speaker.style.red('Not taken:')} ${speaker.hide(printable(error.message)).replace(/[.\s]*$/, '.')} Once more:`,
      )
    }
  }
}

/** An answer that is not empty, without the blanks around it. */
async function typed(terminal: Terminal, question: string, what: string): Promise<string> {
  for (;;) {
    const text = (await terminal.ask(question, { what })).trim()
    if (text) return text
  }
}

const choose = <C extends string>(
  terminal: Terminal,
  title: string,
  choices: readonly C[],
  always = false,
): Promise<C> =>
  terminal.choose(
    title,
    choices.map((name) => ({ name, label: LABELS[name] ?? name })),
    always ? 'way to sign in' : 'choice of a factor',
    always,
  )

/** PASSWORD, PASSWORD_SRP or ADMIN_NO_SRP_AUTH, as the service names them. */
async function answerPassword(step: PasswordStep, { terminal, settings, password }: Helpers): Promise<Step> {
  if (step.challenge !== 'PASSWORD_SRP') {
    const plain = plainPassword(settings)
    if (plain === 'never') throw downgraded(settings)
    if (plain === 'choose') await choose(terminal, 'The service asks for the password itself.', ['PASSWORD'], true)
  }
  return step.answer(await password.get())
}

async function answerCode(step: CodeStep, helpers: Helpers): Promise<Step> {
  const { terminal, codes } = helpers
  const by = step.via === 'sms' ? 'by text message' : 'by e-mail'
  const sent = `${by}${step.sentTo ? ` to ${printable(step.sentTo)}` : ''}`
  const app = `authenticator app${step.deviceName ? ` (${printable(step.deviceName)})` : ''}`
  const via = step.via === 'totp' ? 'totp' : 'sent'
  let given = await codes.next(via)
  const computed = given !== undefined
  if (!computed) terminal.show(step.via === 'totp' ? `Your ${app} shows a code.` : `A code was sent ${sent}.`)
  const what = step.via === 'totp' ? `code of your ${app}` : `code that was sent ${sent}`
  const attempt = async () => {
    const code = given ?? (await codes.next(via)) ?? (await typed(terminal, 'Code: ', what)).replace(/\s+/g, '')
    given = undefined
    return step.answer(code)
  }
  return again(helpers, attempt)
}

async function answerNewPassword(step: NewPasswordStep, helpers: Helpers): Promise<Step> {
  const { terminal, settings, password } = helpers
  terminal.show('Your password was set by someone else, and must be changed now.')
  let attributes: Record<string, string> | undefined
  return again(helpers, async () => {
    const chosen = await password.chooseNew()
    if (!attributes) {
      attributes = { ...settings.attributes }
      for (const name of step.requiredAttributes) {
        attributes[name] ??= await typed(terminal, `${printable(name)}: `, `attribute ${printable(name)} (--attribute)`)
      }
    }
    return step.answer(chosen, attributes)
  })
}

async function setUpTotp(step: SetUpTotpStep, helpers: Helpers): Promise<Step> {
  const { terminal, settings, speaker } = helpers
  const issuer = settings.issuer ?? settings.userPoolId ?? 'Cognito'
  terminal.show('This pool wants an authenticator app as second factor.')
  const code = qrCode(step.uri(issuer), terminal.columns, speaker.style)
  if (code) {
    terminal.show('Scan this with the app:')
    terminal.show(`\n${code.join('\n')}\n`)
    terminal.show('or type this secret into it:')
  } else {
    terminal.show('(The terminal is too narrow for a QR code.) Type this secret into the app:')
  }
  terminal.show(`\n    ${speaker.style.bold(step.secretCode.replace(/(.{4})(?=.)/g, '$1 '))}\n`)
  return again(helpers, async () =>
    step.answer((await typed(terminal, 'Code that it shows: ', 'code of your authenticator app')).replace(/\s+/g, '')),
  )
}

async function chooseFactor(
  choices: readonly FirstFactor[],
  { terminal, settings, password }: Helpers,
  respond: (choice: FirstFactor, password?: string) => Promise<Step>,
): Promise<Step> {
  // A signature of SRP is over the pool's name.
  const plain = plainPassword(settings)
  const offered = choices.filter((name) => name !== 'WEB_AUTHN' && (name !== 'PASSWORD_SRP' || settings.userPoolId))
  if (!offered.length) throw passkeyImpossible()
  const possible = offered.filter((name) => name !== 'PASSWORD' || plain !== 'never')
  if (!possible.length) throw downgraded(settings)
  if (choices.includes('WEB_AUTHN')) terminal.show('(A passkey would do too, in a browser.)')
  if (plain === 'asked' && possible.includes('PASSWORD')) return respond('PASSWORD', await password.get())
  // A single one is taken without a question, but for the one that gives the password away.
  const choice = await choose(terminal, 'How do you want to sign in?', possible, possible.join() === 'PASSWORD')
  return takesPassword(choice) ? respond(choice, await password.get()) : respond(choice)
}

async function answerCustom(step: CustomStep, { terminal }: Helpers): Promise<Step> {
  const parameters = Object.entries(step.parameters).filter(([name]) => !/^USER(NAME|_ID_FOR_SRP)$/.test(name))
  terminal.show(parameters.length ? 'The pool asks:' : 'The pool asks something, and does not say what.')
  for (const [name, value] of parameters) terminal.show(`  ${printable(name)}: ${printable(value)}`)
  return step.answer(await typed(terminal, 'Answer: ', 'answer to a custom challenge'))
}

const passkeyImpossible = () =>
  new Failure(
    EXIT.unattended,
    "The pool wants a passkey, and no terminal can use one: only a browser on the pool's own domain can.",
    'If the user has another way to sign in, ask for it: --flow choice --first-factor PASSWORD_SRP (or EMAIL_OTP, SMS_OTP).',
  )
