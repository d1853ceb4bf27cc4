/**
 * Read the value of an option of a command.
 *
 * @param text - what was typed
 * @param name - the option, for the message
 * @param least - the smallest value that is taken
 * @returns the number, at most 10^9
 * @throws RangeError for anything but a whole number in that range
 */
export function wholeNumber(text: string, name: string, least: number): number {
  const value = Number(text)
  if (text.trim() === '' || !Number.isInteger(value) || value < least || value > 1e9)
    throw new RangeError(`${name}: ${text} is not a whole number from ${least} on`)
  return value
}
