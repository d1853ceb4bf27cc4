const DAYS = 'SunMonTueWedThuFriSat'
const MONTHS = 'JanFebMarAprMayJunJulAugSepOctNovDec'

const two = (value: number): string => `${value < 10 ? 0 : ''}${value}`

/**
 * The TIMESTAMP of a claim: `EEE MMM d HH:mm:ss UTC yyyy` in English and UTC, the day of the month not padded, as in
 * `Thu Jan 1 00:05:09 UTC 2026`. Made of constant tables: Intl differs between engines and locales.
 *
 * @throws TypeError unless it is a Date
 * @throws RangeError if the date is invalid or its year is not between 1 and 9999
 */
export function formatTimestamp(date: Date): string {
  if (!(date instanceof Date)) throw new TypeError('date must be a Date')
  const year = date.getUTCFullYear()
  if (!(year >= 1 && year <= 9999)) throw new RangeError('date must be a valid Date of the years 1 to 9999')
  const name = (table: string, index: number) => table.slice(3 * index, 3 * index + 3)
  const time = [date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds()].map(two).join(':')
  const day = `${name(DAYS, date.getUTCDay())} ${name(MONTHS, date.getUTCMonth())} ${date.getUTCDate()}`
  return `${day} ${time} UTC ${String(year).padStart(4, '0')}`
}
