/** How many responses a device may still take. Each device counts for itself, so a quota holds without the hub. */
import { addDays, localTime, type Day, type Millis } from '../kernel/time.ts'
import type { Quota } from './survey.ts'

/** Who asks the same survey: this device among all that do, by name. */
export type QuotaPlace = { readonly device: string; readonly devices: readonly string[] }

/**
 * What this device may take in one period.
 * Shape   allotted shares add up to the quota exactly, and differ by one at most; a device that is not among the devices has none.
 * Order   the first by name have the one more.
 */
export const quotaHere = ({ most, share }: Quota, { device, devices }: QuotaPlace): number => {
  if (share === 'device') return most
  const names = [...new Set(devices)].sort()
  const place = names.indexOf(device)
  if (place < 0) return 0
  return Math.floor(most / names.length) + (place < most % names.length ? 1 : 0)
}

/** The period that an instant belongs to, as a name to count under: a day, the Monday of a week, or `ever`. */
export const quotaPeriod = ({ per }: Pick<Quota, 'per'>, at: Millis, timeZone: string): Day | 'ever' => {
  if (per === 'ever') return 'ever'
  const { day, weekday } = localTime(at, timeZone)
  return per === 'day' ? day : addDays(day, 1 - weekday)
}
