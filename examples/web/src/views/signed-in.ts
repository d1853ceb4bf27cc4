import { type DeviceInfo, forgetDevice, rememberDevice, type Tokens } from 'cognito-srp-flows'
import type { SessionUser } from 'cognito-srp-flows/session'
import { element } from '../element.js'
import { createPasskey } from '../passkey.js'
import type { Stage } from '../stage.js'
import { button, type View } from './form.js'

/** The one who is signed in, and by which tokens. */
export interface Present {
  readonly user: SessionUser
  readonly tokens: Tokens
  readonly device?: DeviceInfo | undefined
}

const row = (name: string, value: string): HTMLElement =>
  element('div', {}, element('dt', {}, name), element('dd', {}, value))

const time = (seconds: unknown): string =>
  new Date(Number(seconds) * 1000).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit', second: '2-digit' })

/** Show the tokens and the device of a user who has signed in, and the actions on them. */
export function signedInView(present: Present, stage: Stage, news?: string): View {
  const { user, tokens, device } = present
  const { session, client, story } = stage
  const { accessToken } = tokens
  const { name, email, sub, exp } = user.claims
  const again = (news: string, now: DeviceInfo | undefined) =>
    stage.show(signedInView({ user, tokens, device: now }, stage, news))
  const act = (label: string, work: () => Promise<void>, look?: 'primary') => {
    const run = () =>
      stage.run(async () => {
        await work()
        return undefined
      })
    return button(label, run, look)
  }

  const extra: HTMLElement[] = []
  const asked = device?.status === 'ask-user' ? device : undefined
  if (asked) {
    const { deviceKey } = asked
    const trust = async () => {
      await rememberDevice(client, { accessToken, deviceKey })
      again('This browser is trusted. Sign out and in again: no code.', { deviceKey, status: 'known' })
    }
    const decline = async () => {
      await forgetDevice(client, { accessToken, deviceKey })
      again('This browser is not remembered.', undefined)
    }
    extra.push(
      element(
        'div',
        { class: 'question', role: 'group', 'aria-labelledby': 'trust' },
        element('p', { id: 'trust' }, 'Trust this browser? It then signs in without a code.'),
        act('Trust it', trust, 'primary'),
        act('Not now', decline),
      ),
    )
  }
  if (device?.status === 'known') {
    const { deviceKey } = device
    const forget = async () => {
      await forgetDevice(client, { accessToken, deviceKey })
      again('This browser is forgotten. The next sign-in asks for a code.', undefined)
    }
    extra.push(act('Forget this browser', forget))
  }
  if (story.id === 'passkey') {
    extra.push(
      act(
        'Create a passkey',
        async () => {
          await createPasskey(stage, accessToken)
          again('Your passkey is ready. Sign out, and come back without a password.', device)
        },
        'primary',
      ),
    )
  }
  if (story.id === 'tabs') {
    extra.push(button('Open a second tab', () => void open(location.href, '_blank', 'noopener'), 'primary'))
  }
  extra.push(
    act('Get new tokens', async () => {
      await session.tokens({ refresh: true })
    }),
    act('Sign out', () => session.signOut()),
  )
  if (story.id === 'tabs') extra.push(act('Sign out everywhere', () => session.signOut({ everywhere: true })))
  return {
    title: `Hello, ${name ?? email ?? user.username}`,
    lead:
      news ??
      (device?.status === 'known' ? 'This browser proved itself: no code was asked for.' : 'You are signed in.'),
    body: [
      element(
        'dl',
        { class: 'claims' },
        row('E-mail', String(email ?? '')),
        row('User id', String(sub)),
        row('Tokens end', time(exp)),
      ),
      element('div', { class: 'actions' }, ...extra),
    ],
  }
}
