/** Colours, or none. */
export interface Style {
  bold(text: string): string
  dim(text: string): string
  red(text: string): string
  green(text: string): string
  cyan(text: string): string
  /** Black on white whatever the theme: what a QR code needs. */
  paper(text: string): string
}

const wrap = (on: boolean, before: string, after: string) => (text: string) =>
  on ? `\u001b[${before}m${text}\u001b[${after}m` : text

export const style = (on: boolean): Style => ({
  bold: wrap(on, '1', '22'),
  dim: wrap(on, '2', '22'),
  red: wrap(on, '31', '39'),
  green: wrap(on, '32', '39'),
  cyan: wrap(on, '36', '39'),
  paper: wrap(on, '38;5;16;48;5;231', '39;49'),
})

/** https://no-color.org: any value but an empty one means no. */
export const wantsColor = (env: NodeJS.ProcessEnv, isTerminal: boolean): boolean =>
  isTerminal && !env.NO_COLOR && env.TERM !== 'dumb'

/** Control characters, which could move the cursor or write over what stands there, and marks that turn the direction of text. */
const UNSAFE = '\\u0000-\\u001f\\u007f-\\u009f\\u061c\\u200e\\u200f\\u2028-\\u202e\\u2066-\\u2069'
const unsafe = new RegExp(`[${UNSAFE}]`, 'g')
/** Return text in printable form, but leave line ends, tabs and the colours of {@link style}. */
const unsafeBesidesColours = new RegExp(`\\u001b\\[[\\d;]*m|(?![\\n\\t])[${UNSAFE}]`, 'g')

/** Return text of the service as it may stand on a terminal: control and direction characters become a dot. */
export const printable = (text: string): string => text.replace(unsafe, '\u00b7')

/** Return what the program prints as it may go to a terminal: whatever was forgotten to be made printable is so now. */
export const guarded = (text: string): string =>
  text.replace(unsafeBesidesColours, (found) => (found.length > 1 ? found : '\u00b7'))

/** Return a value as JSON without a character that a terminal acts upon; it parses to the same value. */
export const printableJson = (value: unknown): string =>
  JSON.stringify(value, null, 2).replace(unsafe, (found) =>
    found === '\n' ? found : `\\u${found.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
