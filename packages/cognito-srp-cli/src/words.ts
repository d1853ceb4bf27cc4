const UNITS = [
  ['second', 1, 90],
  ['minute', 60, 60 * 60],
  ['hour', 3600, 36 * 3600],
  ['day', 86_400, 60 * 86_400],
  ['month', 30.44 * 86_400, 24 * 30.44 * 86_400],
  ['year', 365.25 * 86_400, Number.POSITIVE_INFINITY],
] as const

/** A length of time in the largest unit that fits: `45 minutes`. Given in seconds, never negative. */
export function duration(seconds: number): string {
  // A token of an hour that is two seconds old is still good for an hour, as people say it.
  const whole = Math.round(seconds)
  const rounded = whole >= 3600 - 59 && whole < 3600 ? 3600 : whole
  const [unit, length] = UNITS.find(([, , below]) => rounded < below) ?? UNITS[5]
  const count = Math.round(rounded / length)
  return `${count} ${unit}${count === 1 ? '' : 's'}`
}

/** `in 1 hour`, `2 days ago`. */
export function relative(at: Date, now: Date): string {
  const seconds = (at.getTime() - now.getTime()) / 1000
  if (Math.abs(seconds) < 1) return 'now'
  return seconds > 0 ? `in ${duration(seconds)}` : `${duration(-seconds)} ago`
}

/** Local time to the second, with the offset from UTC: `2026-11-21 15:04:05 +01:00`. */
export function localTime(at: Date): string {
  const two = (value: number) => String(Math.trunc(value)).padStart(2, '0')
  const offset = -at.getTimezoneOffset()
  const zone = `${offset < 0 ? '-' : '+'}${two(Math.abs(offset) / 60)}:${two(Math.abs(offset) % 60)}`
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`
  return `${day} ${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())} ${zone}`
}
