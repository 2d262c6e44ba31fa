/** When something of a class has to be gone, on the hub's clock. */
import { millis, type Millis } from '../kernel/time.ts'
import type { KeptClass, PeriodOf, Periods } from './privacy-settings.ts'

const DAY_MS = 86_400_000

/** What came before this instant has had its time. */
export const endOfTime = (period: PeriodOf, days: Periods, now: Millis): Millis => millis(Math.max(0, now - days[period] * DAY_MS))

/** How much of a class there is, and the oldest of it. Contacts: `oldestAt` is when the next one has to go, as their time depends on their answer. */
export type Kept = { readonly class: KeptClass; readonly n: number; readonly oldestAt: Millis | null }

/** A hub that was off for a while, or a run that waits for its hour, is not late yet. */
export const GRACE_MS = DAY_MS

/** Whether something of a class is older than it may be. */
export const isOverdue = ({ class: kept, oldestAt }: Kept, days: Periods, now: Millis): boolean => {
  if (oldestAt === null) return false
  return kept === 'contacts' ? oldestAt + GRACE_MS < now : oldestAt + GRACE_MS < endOfTime(kept, days, now)
}
