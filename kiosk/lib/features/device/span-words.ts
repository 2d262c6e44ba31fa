/** A stretch of time in its largest whole unit, never less than it is. */
type Words = { readonly seconds: (n: number) => string; readonly minutes: (n: number) => string; readonly hours: (n: number) => string }

export const spanWords = (ms: number, t: Words): string => {
  const seconds = Math.ceil(Math.abs(ms) / 1000)
  if (seconds < 120) return t.seconds(seconds)
  return seconds < 7200 ? t.minutes(Math.ceil(seconds / 60)) : t.hours(Math.ceil(seconds / 3600))
}
