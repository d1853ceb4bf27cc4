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

/**
 * Text of the service for a terminal: without control characters, which could move the cursor or write over what stands
 * there, and without the marks that turn the direction of text.
 */
export const printable = (text: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what it is about
  text.replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '\u00b7')
