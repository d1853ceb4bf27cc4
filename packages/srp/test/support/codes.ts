import { SrpError } from '../../src/errors.js'

/** The way that a call ended: the code of its SrpError, the name of another error, or `none`. An error must say what is wrong. */
export function outcome(run: () => unknown): string {
  try {
    run()
    return 'none'
  } catch (error) {
    if (!(error instanceof Error)) return 'not an Error'
    if (error.message.length < 6) return 'an error without a message'
    return error instanceof SrpError ? error.code : error.name
  }
}

/** The message as well: `TypeError: …`, or the code of an SrpError in place of the name; `none` if all went well. */
export function complaint(run: () => unknown): string {
  try {
    run()
    return 'none'
  } catch (error) {
    return complaintOf(error)
  }
}

export const complaintOf = (error: unknown): string =>
  error instanceof SrpError ? `${error.code}: ${error.message}` : String(error)
