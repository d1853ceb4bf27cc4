import { forgetDevice, refresh, rememberDevice, type SignedIn, type Tokens } from 'cognito-srp-flows'
import { element } from '../element.js'
import { createPasskey } from '../passkey.js'
import type { Stage } from '../stage.js'
import { button, type View } from './form.js'

interface Claims {
  readonly name?: string
  readonly email?: string
  readonly sub: string
  /** Seconds since 1970. */
  readonly exp: number
}

/** The claims of a token, read and not verified: that is for whoever receives it. */
function claimsOf(token: string): Claims {
  const payload = (token.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/')
  const bytes = Uint8Array.from(atob(payload), (character) => character.charCodeAt(0))
  return JSON.parse(new TextDecoder().decode(bytes)) as Claims
}

const row = (name: string, value: string): HTMLElement =>
  element('div', {}, element('dt', {}, name), element('dd', {}, value))

/** What the user has when it is done, and what can be done with it. */
export function signedInView(step: SignedIn, stage: Stage, news?: string): View {
  const { tokens, device } = step
  const { accessToken, refreshToken } = tokens
  const { name, email = '', sub, exp } = claimsOf(tokens.idToken)
  const again = (news: string, newer: Tokens, now: SignedIn['device']) =>
    stage.show(signedInView({ kind: 'signed-in', tokens: newer, ...(now && { device: now }) }, stage, news))
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
      await rememberDevice(stage.client, { accessToken, deviceKey })
      again('This browser is trusted. Sign out and in again: no code.', tokens, { deviceKey, status: 'known' })
    }
    const decline = async () => {
      await forgetDevice(stage.client, { accessToken, deviceKey })
      again('This browser is not remembered.', tokens, undefined)
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
      await forgetDevice(stage.client, { accessToken, deviceKey })
      again('This browser is forgotten. The next sign-in asks for a code.', tokens, undefined)
    }
    extra.push(act('Forget this browser', forget))
  }
  if (stage.story.id === 'passkey') {
    extra.push(
      act(
        'Create a passkey',
        async () => {
          await createPasskey(stage, accessToken)
          again('Your passkey is ready. Sign out, and come back without a password.', tokens, device)
        },
        'primary',
      ),
    )
  }
  if (refreshToken !== undefined) {
    extra.push(
      act('Get new tokens', async () => {
        const newer = await refresh(stage.client, { refreshToken, deviceKey: device?.deviceKey })
        again('The refresh token has fetched new tokens.', newer, device)
      }),
      act('Sign out', async () => {
        await stage.call('RevokeToken', { ClientId: stage.client.clientId, Token: refreshToken })
        stage.restart()
      }),
    )
  }
  return {
    title: `Hello, ${name ?? email}`,
    lead:
      news ??
      (device?.status === 'known' ? 'This browser proved itself: no code was asked for.' : 'You are signed in.'),
    body: [
      element(
        'dl',
        { class: 'claims' },
        row('E-mail', email),
        row('User id', sub),
        row('Signed in until', new Date(exp * 1000).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' })),
      ),
      element('div', { class: 'actions' }, ...extra),
    ],
  }
}
