// Draws the conversation as a sequence diagram: an ordered list whose two lifelines and arrows are CSS.
import { byId, type Child, element } from '../element.js'
import type { Entry, Field, Kept, Totals } from './entry.js'

const SECRECY: Readonly<Record<Field['secrecy'], string>> = {
  public: 'public',
  proof: 'one-time proof',
  secret: 'secret',
}

const LONG = 26

/** Milliseconds for people: one decimal below ten. */
export const milliseconds = (value: number): string => `${value < 10 ? value.toFixed(1) : value.toFixed(0)} ms`

const characters = (length: number): string => `${length.toLocaleString('en')} characters`

function shortened({ value, length, secrecy }: Field): string {
  if (secrecy === 'secret') return `hidden, ${characters(length)}`
  return length <= LONG ? value : `${value.slice(0, LONG - 10)}…${value.slice(-6)}`
}

function fieldRow(field: Field): HTMLElement {
  const { name, value, length, secrecy, meaning } = field
  const full = secrecy !== 'secret' && length > LONG
  return element(
    'details',
    { class: `field ${secrecy}` },
    element(
      'summary',
      { class: 'field-row' },
      element('code', { class: 'name' }, name),
      element('span', { class: 'value' }, shortened(field)),
      element('span', { class: `tag ${secrecy}` }, SECRECY[secrecy]),
    ),
    element('p', {}, meaning),
    full && element('p', { class: 'full' }, element('code', {}, value), ` ${characters(length)}`),
  )
}

/** `g^a` with its exponent raised. */
const raised = (formula: string): Child[] =>
  formula.split(/\^(\([^)]*\)|\w)/).map((part, index) => (index % 2 === 1 ? element('sup', {}, part) : part))

/** Fields that repeat the heading, or are the same every time: folded away, but there. */
const MINOR =
  /^(AuthFlow|ChallengeName|ClientId|TokenType|ExpiresIn|FriendlyDeviceName|FRIENDLY_DEVICE_NAME|USER_ID_FOR_SRP)$/

function fieldList(fields: readonly Field[]): HTMLElement {
  const major = fields.filter(({ name }) => !MINOR.test(name))
  const minor = fields.filter(({ name }) => MINOR.test(name))
  const more = element(
    'details',
    { class: 'more' },
    element('summary', { class: 'field-row' }, `and ${minor.map(({ name }) => name).join(', ')}`),
    ...minor.map(fieldRow),
  )
  return element('div', { class: 'fields' }, ...major.map(fieldRow), minor.length > 0 && more)
}

const keptRow = ({ name, what, fingerprint }: Kept): HTMLElement =>
  element(
    'li',
    { class: 'kept-row' },
    element('code', { class: 'name' }, name),
    element('span', { class: 'value' }, what),
    fingerprint !== undefined &&
      element('span', { class: 'mark', title: 'A fingerprint, good for this page only' }, fingerprint),
    element('span', { class: 'tag stays' }, 'stays here'),
  )

const time = (value: number | undefined): HTMLElement | undefined =>
  value === undefined ? undefined : element('span', { class: 'time' }, milliseconds(value))

function work(entry: Extract<Entry, { kind: 'here' | 'there' }>): HTMLElement {
  return element(
    'li',
    { class: `entry work ${entry.kind}` },
    element(
      'div',
      { class: 'box' },
      element(
        'p',
        { class: 'side' },
        entry.kind === 'here' ? 'In this browser' : 'In the user pool',
        time(entry.milliseconds),
      ),
      element('p', { class: 'title' }, entry.title),
      entry.formula !== undefined && element('p', { class: 'formula' }, ...raised(entry.formula)),
      entry.kind === 'here' && element('ul', { class: 'kept' }, ...entry.kept.map(keptRow)),
    ),
  )
}

function weight({ bytes, milliseconds: taken }: Extract<Entry, { kind: 'sent' | 'came' }>): string {
  const size = `${bytes.toLocaleString('en')} bytes`
  return taken === undefined ? size : `${size} in ${milliseconds(taken)}`
}

function message(entry: Extract<Entry, { kind: 'sent' | 'came' }>): HTMLElement {
  const sent = entry.kind === 'sent'
  return element(
    'li',
    { class: `entry message ${entry.kind}${entry.failed ? ' failed' : ''}` },
    element(
      'p',
      { class: 'title' },
      element('span', { class: 'visually-hidden' }, sent ? 'Sent: ' : entry.failed ? 'Refused: ' : 'Came back: '),
      element('strong', {}, entry.title),
      entry.note !== undefined && element('span', { class: 'note' }, entry.note),
      element('span', { class: 'weight' }, weight(entry)),
    ),
    element('div', { class: 'arrow', 'aria-hidden': 'true' }),
    fieldList(entry.fields),
  )
}

function draw(entry: Entry): HTMLElement {
  if (entry.kind === 'here' || entry.kind === 'there') return work(entry)
  if (entry.kind !== 'lost') return message(entry)
  return element(
    'li',
    { class: 'entry message lost' },
    element('p', { class: 'title' }, element('strong', {}, entry.title)),
    element('div', { class: 'arrow', 'aria-hidden': 'true' }),
  )
}

/** The diagram of the page, and the figures above it. */
export class Diagram {
  readonly #list = byId('sequence')
  readonly #pane = byId('handshake-pane')
  readonly #status = byId('handshake-status')
  /** The place where the reader is taken: the first step since the last press of a button. */
  #start: HTMLElement | undefined
  #fresh = true
  #news: string[] = []
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor() {
    // Anyone who scrolls is left where they are.
    for (const event of ['wheel', 'touchmove', 'keydown', 'pointerdown']) {
      this.#pane.addEventListener(event, () => this.#leave(), { passive: true })
    }
  }

  #leave(): void {
    this.#start = undefined
  }

  /** Mark a turn: the next entry begins the part that follows a press of a button. */
  turn(): void {
    this.#fresh = true
  }

  clear(): void {
    this.#pane.scrollTop = 0
    this.turn()
    this.#list.replaceChildren()
    this.#pane.classList.add('empty')
    this.#latest()
    this.#totals({ requests: 0, bytes: 0, arithmetic: 0, withPassword: 0 })
  }

  add(entry: Entry, totals: Totals): void {
    this.#pane.classList.remove('empty')
    const drawn = draw(entry)
    this.#list.append(drawn)
    if (this.#fresh) this.#start = drawn
    this.#fresh = false
    if (this.#start) this.#pane.scrollTop = this.#start.offsetTop - 8
    // The reader wants to see the error first, wherever the rest began.
    if (entry.kind === 'lost' || (entry.kind === 'came' && entry.failed)) {
      const end = drawn.offsetTop + drawn.offsetHeight + 16 - this.#pane.clientHeight
      this.#pane.scrollTop = Math.max(this.#pane.scrollTop, end)
    }
    this.#latest(entry)
    this.#totals(totals)
    this.#announce(entry.title)
  }

  /** Keep the latest entry in view. */
  #latest(entry?: Entry): void {
    const latest = byId('latest')
    const failed = entry?.kind === 'lost' || (entry?.kind === 'came' && entry.failed === true)
    latest.classList.toggle('failed', failed)
    latest.hidden = entry === undefined
    if (!entry) return
    const note = entry.kind === 'came' && entry.note !== undefined ? entry.note : ''
    latest.replaceChildren(
      element('span', {}, entry.kind === 'lost' ? 'Lost:' : failed ? 'Refused:' : 'Last:'),
      element('strong', {}, entry.title),
      note,
    )
  }

  #totals({ requests, bytes, arithmetic, withPassword }: Totals): void {
    byId('total-requests').textContent = String(requests)
    byId('total-bytes').textContent = `${(bytes / 1000).toFixed(1)} kB`
    byId('total-arithmetic').textContent = milliseconds(arithmetic)
    byId('total-password').textContent =
      withPassword === 0 ? 'never' : withPassword === 1 ? 'once' : `${withPassword} times`
    byId('total-password').classList.toggle('bad', withPassword > 0)
  }

  /** Several steps take a few milliseconds together: one announcement for all of them. */
  #announce(title: string): void {
    this.#news.push(title)
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => {
      const last = this.#news.at(-1) ?? ''
      const count = this.#news.length
      this.#status.textContent = `Handshake: ${count === 1 ? 'one new step' : `${count} new steps`}, the last is ${last}.`
      this.#news = []
    }, 400)
  }
}
