/**
 * Alarms as other programs are told of them: with the numbers that they were opened with. Those of the hub's own page follow answers that come late, and two tellings would differ by one of them.
 * Times are whole hours: an alarm is raised by an answer, and ends with one.
 */
import type { Alarm, AlarmNumbers, AlarmStore } from '#hub/ports/alarm-store.ts'
import { millis, type Millis } from '#shared/kernel/time.ts'

const HOUR_MS = 3_600_000

export type ToldAlarm = Omit<Alarm, 'noticedAt'>

/** Shape  `n` 0: an answer among them was erased since, or there are none. */
export const toldAlarm = (alarms: Pick<AlarmStore, 'openedWith'>, { id, kind, place, device, since, raisedAt, closedAt, ending }: Alarm): ToldAlarm => ({
  id,
  kind,
  place,
  device,
  since: hourOf(since),
  raisedAt: hourOf(raisedAt),
  closedAt: closedAt === null ? null : hourOf(closedAt),
  ending,
  ...(alarms.openedWith(id) ?? NOTHING),
})

const NOTHING: AlarmNumbers = { n: 0, good: 0, expected: 0 }

const hourOf = (at: Millis): Millis => millis(Math.floor(at / HOUR_MS) * HOUR_MS)
