import { SrpError } from '../../src/errors.js'

/** How a call ended: the code of its SrpError, the name of another error, or `none`. */
export function outcome(run: () => unknown): string {
  try {
    run()
    return 'none'
  } catch (error) {
    if (error instanceof SrpError) return error.code
    return error instanceof Error ? error.name : 'not an Error'
  }
}
