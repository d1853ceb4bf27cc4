import type { Flow } from 'cognito-srp-flows'
import { element } from '../element.js'
import type { Stage } from '../stage.js'
import { button, field, form, type View } from './form.js'

/** The form that most stories begin with. */
export function signInView(stage: Stage, news?: string): View {
  const { story, session } = stage
  const flow: Flow = story.flow
  const preferredChallenge = flow === 'USER_AUTH' && story.passwordFirst ? 'PASSWORD_SRP' : undefined

  const begin = (value: (name: string) => string) =>
    stage.run(() => {
      const password = story.passwordFirst ? value('password') : undefined
      stage.begin()
      if (password) stage.watchFor(password)
      return session.signIn({ username: value('username'), password, flow, preferredChallenge })
    })
  const body = form(
    story.passwordFirst ? 'Sign in' : 'Continue',
    begin,
    field({
      name: 'username',
      label: 'E-mail address',
      type: 'email',
      autocomplete: 'username',
      value: story.username,
    }),
    story.passwordFirst &&
      field({
        name: 'password',
        label: 'Password',
        type: 'password',
        autocomplete: 'current-password',
        value: story.password,
        hint: 'Filled in for you. Try a wrong one, too.',
      }),
  )
  if (story.id !== 'passkey') return { title: 'Sign in', lead: news ?? story.about, body: [body] }

  const withPasskey = () =>
    stage.run(() => {
      stage.begin()
      const username = String(new FormData(body).get('username') ?? '')
      return session.signIn({ username, flow: 'USER_AUTH', preferredChallenge: 'WEB_AUTHN' })
    })
  return {
    title: 'Sign in',
    lead: news ?? story.about,
    body: [body, element('p', { class: 'or' }, 'or'), button('Sign in with a passkey', withPasskey)],
  }
}
