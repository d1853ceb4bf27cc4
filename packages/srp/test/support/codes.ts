import { SrpError } from '../../src/errors.js'

/** How a call ended: the code of its SrpError, the name of another error, or `none`. An error must say what is wrong. */
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
