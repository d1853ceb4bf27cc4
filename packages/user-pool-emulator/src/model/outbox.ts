import { func, secret } from '../config/check.js'

/** One message that the service would have sent. */
export interface Message {
  readonly medium: 'EMAIL' | 'SMS'
  /** the e-mail address or phone number */
  readonly to: string
  readonly username: string
  /** `sign-in`, `sign-up`, `forgot-password`, `attribute`, `invitation` */
  readonly purpose: string
  /** the code, or the temporary password of an invitation */
  readonly code: string
  /** the whole message and its subject, where the CustomMessage trigger wrote them */
  readonly text?: string
  readonly subject?: string
  /** milliseconds since 1970 */
  readonly sentAt: number
}

/** Every code that would have gone out by e-mail or SMS, oldest first; the last 1000 are kept. */
export class Outbox {
  readonly #messages: Message[] = []
  #listener: ((message: Message) => void) | undefined

  get messages(): readonly Message[] {
    return [...this.#messages]
  }

  /** The newest message to an address, number or username; of all when none is named. */
  last(recipient?: string): Message | undefined {
    if (recipient !== undefined) secret(recipient, 'recipient')
    return this.#messages.findLast(
      ({ to, username }) => recipient === undefined || to === recipient || username === recipient,
    )
  }

  /** Forgets all messages. */
  clear(): void {
    this.#messages.length = 0
  }

  /** Called with every message from now on, as by the log of the command line. */
  onMessage(listener: (message: Message) => void): void {
    func(listener, 'listener')
    this.#listener = listener
  }

  /** @internal */
  deliver(message: Message): void {
    this.#messages.push(message)
    if (this.#messages.length > 1000) this.#messages.shift()
    this.#listener?.(message)
  }
}
