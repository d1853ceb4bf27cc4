/**
 * Write a time as TIMESTAMP of a claim: `EEE MMM d HH:mm:ss UTC yyyy` in English and UTC, the day of the month not padded, as in
 * `Thu Jan 1 00:05:09 UTC 2026`. Taken from toUTCString, which ECMAScript fixes to the letter since 2018 (section
 * "Date.prototype.toUTCString"), as it does with no other form but ISO's: Intl differs between engines and locales.
 *
 * @param date a time of the years 1 to 9999
 * @returns the text that is signed and sent
 * @throws TypeError unless it is a Date
 * @throws RangeError if the date is invalid or its year is not between 1 and 9999
 * @example
 * formatTimestamp(new Date(309_000)) // 'Thu Jan 1 00:05:09 UTC 1970'
 */
export function formatTimestamp(date: Date): string {
  if (!(date instanceof Date)) throw new TypeError('date: expected a Date')
  return timestampOf(date)
}

/** Write a time that is known to be a Date. */
export function timestampOf(date: Date): string {
  const year = date.getUTCFullYear()
  if (!(year >= 1 && year <= 9999)) throw new RangeError('date: expected a valid Date of the years 1 to 9999')
  // "Thu, 01 Jan 2026 00:05:09 GMT"
  const [day, dayOfMonth, month, , time] = date.toUTCString().split(/,? /)
  return `${day} ${month} ${Number(dayOfMonth)} ${time} UTC ${String(year).padStart(4, '0')}`
}
