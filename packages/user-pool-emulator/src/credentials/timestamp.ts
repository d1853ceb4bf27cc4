import { formatTimestamp } from '@srp6a/srp/cognito'
import { invalidParameter, wrongPassword } from '../config/errors.js'

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']
const SHAPE = /^([A-Z][a-z]{2}) ([A-Z][a-z]{2}) (\d{1,2}) (\d{1,2}):(\d{1,2}):(\d{1,2}) ([A-Za-z]{1,5}) (\d{4})$/

/** Reads `EEE MMM d HH:mm:ss z yyyy` generously, as a Java date format does; undefined when it cannot be read. */
function parse(text: string): Date | undefined {
  const match = SHAPE.exec(text)
  if (match === null) return undefined
  const [, day = '', month = '', date, hours, minutes, seconds, zone, year] = match
  if (!DAYS.includes(day) || !MONTHS.includes(month) || !/^(UTC|GMT|UT|Z)$/.test(zone ?? '')) return undefined
  return new Date(
    Date.UTC(Number(year), MONTHS.indexOf(month), Number(date), Number(hours), Number(minutes), Number(seconds)),
  )
}

/**
 * Unreadable: InvalidParameterException. Readable but not what the service itself would write (a padded day, a wrong
 * weekday): the same refusal as a wrong password.
 */
export function checkTimestamp(text: string, now: number, maximumSkewSeconds: number | null): void {
  const date = parse(text)
  if (date === undefined) {
    throw invalidParameter('TIMESTAMP format should be EEE MMM d HH:mm:ss z yyyy in english.')
  }
  if (formatTimestamp(date) !== text) throw wrongPassword()
  if (maximumSkewSeconds === null) return
  if (Math.abs(date.getTime() - now) > maximumSkewSeconds * 1000) throw wrongPassword()
}
