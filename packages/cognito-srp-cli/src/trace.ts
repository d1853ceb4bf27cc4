import { printable, type Style } from './style.js'

/** Fields whose values everybody may see; whatever is not among them is hidden. */
const SHOWN = new Set(
  `__type message Message AuthFlow ClientId ChallengeName AvailableChallenges ExpiresIn TokenType Status Username
  USERNAME USER_ID_FOR_SRP CHALLENGE_NAME PREFERRED_CHALLENGE TIMESTAMP MFAS_CAN_CHOOSE MFAS_CAN_SETUP
  CODE_DELIVERY_DELIVERY_MEDIUM CODE_DELIVERY_DESTINATION FRIENDLY_DEVICE_NAME FriendlyDeviceName requiredAttributes
  DEVICE_KEY DeviceKey DeviceGroupKey DeviceRememberedStatus UserConfirmationNecessary PreferredMfaSetting
  UserMFASettingList Limit`.split(/\s+/),
)

/** Public numbers that are long: their beginning tells them apart. */
const NUMBERS = new Set(['SRP_A', 'SRP_B', 'SALT'])

/** Answers that are the name of a choice. */
const CHOICES = new Set(['SELECT_CHALLENGE', 'SELECT_MFA_TYPE'])

const hidden = (value: unknown) => (typeof value === 'string' ? `(hidden, ${value.length} characters)` : '(hidden)')

/** The lines for a message, field by field, secrets hidden. */
export function traceBody(body: string, mark: string): string[] {
  if (!body) return []
  let parsed: unknown
  try {
    parsed = JSON.parse(body)
  } catch {
    return [`${mark}   ${body.length} characters that are not JSON`]
  }
  const choosing = CHOICES.has(String((parsed as { ChallengeName?: unknown } | null)?.ChallengeName))
  return lines(parsed, (name, value) => {
    if (SHOWN.has(name) || (name === 'ANSWER' && choosing)) return printable(value)
    if (NUMBERS.has(name))
      return printable(value.length > 24 ? `${value.slice(0, 16)}… (${value.length} digits)` : value)
    return hidden(value)
  }).map((line) => `${mark}   ${line}`)
}

function lines(value: unknown, show: (name: string, value: string) => string, indent = ''): string[] {
  if (typeof value !== 'object' || !value) return []
  return Object.entries(value).flatMap(([name, inner]) => {
    const label = `${indent}${printable(name)}`
    if (Array.isArray(inner)) {
      const shown = SHOWN.has(name)
        ? inner.map((one) => printable(String(one))).join(', ')
        : `(hidden, ${inner.length} entries)`
      return [`${label}: ${shown}`]
    }
    if (typeof inner === 'object' && inner) return [label, ...lines(inner, show, `${indent}  `)]
    if (typeof inner === 'string') return [`${label}: ${show(name, inner)}`]
    return [`${label}: ${SHOWN.has(name) ? String(inner) : hidden(inner)}`]
  })
}

/** Shows each request and each reply, repeated ones too. */
export class Trace {
  readonly #say: (line: string) => void
  readonly #style: Style
  readonly #clock: () => number

  constructor(say: (line: string) => void, style: Style, clock: () => number = () => performance.now()) {
    this.#say = say
    this.#style = style
    this.#clock = clock
  }

  request(url: string, operation: string, body: string): (status: string, text: string) => void {
    const began = this.#clock()
    this.#say(this.#style.cyan(`> ${operation} (POST ${url})`))
    for (const line of traceBody(body, '>')) this.#say(line)
    return (status, text) => {
      const took = Math.round(this.#clock() - began)
      this.#say(this.#style.cyan(`< ${printable(status)} after ${took} ms`))
      for (const line of traceBody(text, '<')) this.#say(line)
    }
  }
}
