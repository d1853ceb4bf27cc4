// Views before the first sign-in: an account, or a new password for it.
import { confirmForgotPassword, confirmSignUp, forgotPassword, resendCode, signUp } from 'cognito-srp-flows/account'
import type { Stage } from '../stage.js'
import { button, field, form, type View } from './form.js'

const NEW_PASSWORD = 'Brand-New-8-Password'

const username = (stage: Stage) =>
  field({
    name: 'username',
    label: 'E-mail address',
    type: 'email',
    autocomplete: 'username',
    value: stage.story.username,
  })

const newPassword = field.bind(undefined, {
  name: 'password-new',
  label: 'New password',
  type: 'password',
  autocomplete: 'new-password',
  value: NEW_PASSWORD,
  hint: 'Filled in for you. Try one that is too simple, too.',
})

const code = field.bind(undefined, { name: 'code', label: 'Code', autocomplete: 'one-time-code' })

/** An account is made; the code that follows confirms it. */
export function signUpView(stage: Stage, news?: string): View {
  const { story, client } = stage
  const begin = (value: (name: string) => string) =>
    stage.run(async () => {
      const [name, password] = [value('username'), value('password-new')]
      stage.begin()
      stage.watchFor(password)
      const { sentTo } = await signUp(client, { username: name, password, attributes: { name: 'Dorothy' } })
      stage.show(confirmView(stage, name, password, sentTo))
      return undefined
    })
  return {
    title: 'Make an account',
    lead: news ?? story.about,
    body: [form('Sign up', begin, username(stage), newPassword())],
  }
}

function confirmView(stage: Stage, name: string, password: string, sentTo = 'you', news?: string): View {
  const { client, session } = stage
  const confirm = (value: (name: string) => string) =>
    stage.run(async () => {
      const { session: signedUp } = await confirmSignUp(client, { username: name, code: value('code') })
      // If the pool gives a session, the password has done its part already.
      return session.signIn({
        username: name,
        ...(signedUp ? { flow: 'USER_AUTH', session: signedUp } : { password }),
      })
    })
  const again = () =>
    stage.run(async () => {
      await resendCode(client, { username: name })
      stage.show(confirmView(stage, name, password, sentTo, 'A new code is on its way. The old one is void.'))
      return undefined
    })
  return {
    title: 'Confirm your address',
    lead: news ?? `A code was sent to ${sentTo}. It arrives on the phone below.`,
    body: [form('Continue', confirm, code()), button('Send it once more', again)],
  }
}

/** A code is sent, and lets a new password be set. */
export function forgotView(stage: Stage, news?: string): View {
  const { story, client } = stage
  const begin = (value: (name: string) => string) =>
    stage.run(async () => {
      const name = value('username')
      stage.begin()
      const { sentTo } = await forgotPassword(client, { username: name })
      stage.show(resetView(stage, name, sentTo))
      return undefined
    })
  return {
    title: 'Forgotten password',
    lead: news ?? story.about,
    body: [form('Send a code', begin, username(stage))],
  }
}

function resetView(stage: Stage, name: string, sentTo = 'you'): View {
  const { client, session } = stage
  const reset = (value: (name: string) => string) =>
    stage.run(async () => {
      const password = value('password-new')
      stage.watchFor(password)
      await confirmForgotPassword(client, { username: name, code: value('code'), password })
      return session.signIn({ username: name, password })
    })
  return {
    title: 'Choose a new password',
    lead: `A code was sent to ${sentTo}. It arrives on the phone below.`,
    body: [form('Save and sign in', reset, code(), newPassword())],
  }
}
