/** How long ago, in the largest whole unit. */
type Words = { readonly minutes: (n: number) => string; readonly hours: (n: number) => string; readonly days: (n: number) => string }

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

export const ageWords = (ageMs: number, t: Words): string => {
  if (ageMs >= 2 * DAY_MS) return t.days(Math.floor(ageMs / DAY_MS))
  if (ageMs >= 2 * HOUR_MS) return t.hours(Math.floor(ageMs / HOUR_MS))
  return t.minutes(Math.max(1, Math.floor(ageMs / MINUTE_MS)))
}
