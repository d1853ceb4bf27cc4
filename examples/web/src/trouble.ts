import type { Story } from '../stories.js'
import { byId, element } from './element.js'

const CHOICES = [
  ['throttle-once', 'Throttle once', 'The next request is turned away. The library waits and tries again.'],
  ['throttle', 'Keep throttling', 'The next three tries are turned away. Then the library gives up.'],
  ['drop', 'Cut the connection', 'The next request gets no answer.'],
  ['session-expired', 'Let the sign-in run out', 'When you answer the next question, it is too late.'],
] as const

/** Lets the visitor order what can go wrong, and begin the story again. */
export function offerTrouble(story: () => Story, again: () => void): void {
  const status = byId('trouble-status')
  const order = async (kind: string, promise: string) => {
    const response = await fetch(`/trouble/${story().id}/${kind}`, { method: 'POST' }).catch(() => undefined)
    status.textContent = response?.ok ? promise : 'The demo’s server does not answer.'
  }
  const startOver = () => {
    status.textContent = ''
    again()
  }
  const buttons = CHOICES.map(([kind, label, promise]) =>
    element('button', { type: 'button', class: 'secondary small', onclick: () => void order(kind, promise) }, label),
  )
  const restart = element(
    'button',
    { type: 'button', class: 'secondary small', onclick: startOver },
    'Start this story over',
  )
  byId('trouble').replaceChildren(...buttons, restart)
}
