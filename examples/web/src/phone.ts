// The visitor's phone: text messages and e-mails that the pool would have sent, and an authenticator app.
import { Secret, TOTP } from 'otpauth'
import type { Story } from '../stories.js'
import { byId, element } from './element.js'

/** A message in the emulator's outbox. */
interface Message {
  readonly medium: 'SMS' | 'EMAIL'
  readonly to: string
  readonly code: string
  /** Milliseconds since 1970. */
  readonly sentAt: number
}

const PERIOD = 30

export class Phone {
  readonly #story: () => Story
  readonly #use: (code: string) => void
  #messages: readonly Message[] = []
  /** Base32, while the page shows it as a QR code. */
  #offered: string | undefined

  /** @param use - puts a code where the page asks for one */
  constructor(story: () => Story, use: (code: string) => void) {
    this.#story = story
    this.#use = use
    setInterval(() => this.#tick(), 1000)
  }

  /** The phone as it is when a story begins. */
  async reset(): Promise<void> {
    sessionStorage.removeItem(this.#key)
    this.#offered = undefined
    await this.look()
  }

  /** Looks for new messages, and at the QR code that the page may show. */
  async look(offered?: string): Promise<void> {
    const { id } = this.#story()
    this.#offered = offered
    const messages = await fetch(`/phone/${id}`)
      .then(async (response): Promise<Message[]> => (response.ok ? response.json() : []))
      // Without a network no message arrives; the page says what is wrong where the button was pressed.
      .catch(() => undefined)
    if (messages && id === this.#story().id) this.#messages = messages
    this.#draw()
  }

  get #key(): string {
    return `phone/${this.#story().id}`
  }

  get #secret(): string | undefined {
    return this.#story().authenticator ?? sessionStorage.getItem(this.#key) ?? undefined
  }

  #code(): string {
    return new TOTP({ secret: Secret.fromBase32(this.#secret ?? '') }).generate()
  }

  #draw(): void {
    const app = this.#secret === undefined ? undefined : this.#authenticator()
    const scan = this.#offered !== undefined && this.#secret !== this.#offered && this.#scanner(this.#offered)
    const newest = this.#messages.at(-1)
    const bubble = newest && this.#bubble(newest)
    byId('phone').hidden = !app && !scan && !bubble
    byId('phone-screen').replaceChildren(...[app, scan, bubble].filter((part): part is HTMLDivElement => !!part))
    this.#tick()
  }

  #bubble({ medium, to, code, sentAt }: Message): HTMLDivElement {
    const time = new Date(sentAt).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' })
    const from = medium === 'SMS' ? `Text message to ${to}` : `E-mail to ${to}`
    return element(
      'div',
      { class: 'bubble' },
      element('p', { class: 'from' }, from, element('span', { class: 'when' }, time)),
      element('p', { class: 'text' }, 'Your code is ', element('strong', {}, code)),
      this.#useButton(() => code),
    )
  }

  #scanner(secret: string): HTMLDivElement {
    const scan = () => {
      sessionStorage.setItem(this.#key, secret)
      this.#draw()
      this.#use('')
    }
    return element(
      'div',
      { class: 'bubble' },
      element('p', { class: 'from' }, 'Camera'),
      element('p', { class: 'text' }, 'There is a QR code in view.'),
      element('button', { type: 'button', class: 'secondary small', onclick: scan }, 'Scan it'),
    )
  }

  #authenticator(): HTMLDivElement {
    return element(
      'div',
      { class: 'bubble' },
      element('p', { class: 'from' }, 'Authenticator', element('span', { class: 'when', id: 'totp-left' })),
      element('p', { class: 'text' }, element('strong', { id: 'totp-code', class: 'totp' })),
      this.#useButton(() => this.#code()),
    )
  }

  #useButton(code: () => string): HTMLElement {
    const use = () => this.#use(code())
    return element('button', { type: 'button', class: 'secondary small use', onclick: use }, 'Use this code')
  }

  /** The authenticator's clock; nothing announces it, for it would never stop. */
  #tick(): void {
    const code = document.getElementById('totp-code')
    const left = document.getElementById('totp-left')
    if (!code || !left) return
    code.textContent = this.#code().replace(/(.{3})/, '$1 ')
    left.textContent = `new in ${PERIOD - (Math.floor(Date.now() / 1000) % PERIOD)} s`
  }
}
