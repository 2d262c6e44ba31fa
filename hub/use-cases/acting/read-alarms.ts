/** Alarms as the manager reads them, how far each place is known, and what there is to do. */
import type { Alarm, AlarmStore } from '#hub/ports/alarm-store.ts'
import type { ActingChoices, CaseStore } from '#hub/ports/case-store.ts'
import type { InsightsDeps } from '../figures/read-insights.ts'
import { FALSE_ALARMS_PER_YEAR } from '#shared/insights/alarm/alarm-plan.ts'
import { LEAST_WEEKS } from '#shared/insights/alarm/usual-weeks.ts'
import { learntWeeks, mondayBefore, usualBefore, weeksToFind } from '#shared/insights/alarm/watch-days.ts'
import { MIN_SHOWN } from '#shared/insights/figure.ts'
import { wilsonInterval } from '#shared/insights/interval.ts'
import { isOverdue } from '#shared/cx/case.ts'
import { USUAL_HOURS } from '#shared/cx/opening-hours.ts'
import { addDays, localTime, millis, type Day } from '#shared/kernel/time.ts'
import type { DeviceId } from '#shared/kernel/ids.ts'
import { PAST_DAYS, type ActingSettings, type AlarmsReply, type AlarmView, type TodoReply } from '#shared/protocol/acting.ts'
import { feedbackContext } from '../feedback/feedback-context.ts'
import { missingDevices } from '../figures/read-insights.ts'
import { standingOf } from './read-improvements.ts'
import { alarmPlan, KEPT_DAYS, watchedKeys, WHOLE } from './watch-answers.ts'

export type ReadAlarmsParts = InsightsDeps & { readonly alarms: AlarmStore; readonly cases: CaseStore }

const DAY_MS = 86_400_000
/** Noticed so long after the answer that raised it, it came with answers that were late. */
const LATE_MS = 900_000
const MOST_NEXT = 3

export const settingsOf = ({ falsePerYear = FALSE_ALARMS_PER_YEAR, hours = USUAL_HOURS }: ActingChoices): ActingSettings => ({ falsePerYear, hours })

export const readAlarms = (parts: ReadAlarmsParts): AlarmsReply => {
  const now = parts.clock.now()
  const all = parts.alarms.alarms(millis(Math.max(0, now - PAST_DAYS * DAY_MS)))
  const view = alarmViews(parts, all)
  return {
    asOf: now,
    settings: settingsOf(parts.cases.choices()),
    watched: watchedPlaces(parts),
    open: all.filter(({ closedAt }) => closedAt === null).toSorted(byWeight).map(view),
    past: all.filter(({ closedAt }) => closedAt !== null).map(view),
    missing: missingDevices(parts, { from: now - DAY_MS, until: now + 1 }, now),
  }
}

/** What there is to do, for the overview. */
export const readTodo = (parts: ReadAlarmsParts): TodoReply => {
  const now = parts.clock.now()
  const { timeZone } = feedbackContext(parts.documents)
  const open = parts.alarms.alarms(now).filter(({ closedAt }) => closedAt === null).toSorted(byWeight)
  const cases = parts.cases.cases(now).filter(({ closedAt }) => closedAt === null).toSorted((a, b) => a.dueAt - b.dueAt)
  const today = localTime(now, timeZone).day
  const standings = parts.cases.improvements().map((one) => standingOf(parts, one))
  return {
    asOf: now,
    alarms: open.slice(0, MOST_NEXT).map(alarmViews(parts, open.slice(0, MOST_NEXT))),
    alarmsOpen: open.length,
    cases: {
      open: cases.length,
      overdue: cases.filter((one) => isOverdue(one, now)).length,
      dueToday: cases.filter((one) => !isOverdue(one, now) && localTime(one.dueAt, timeZone).day === today).length,
      next: cases.slice(0, MOST_NEXT).map((one) => ({ id: one.id, title: one.title, dueAt: one.dueAt, overdue: isOverdue(one, now) })),
    },
    improvements: { running: standings.filter((one) => one !== 'closed' && one !== 'stopped').length, ready: standings.filter((one) => one === 'ready').length },
  }
}

/** What went down comes before what went up; then the newest. */
const WEIGHT: { readonly [K in Alarm['kind']]: number } = { drop: 0, few: 1, silent: 2, rise: 3 }
const byWeight = (a: Alarm, b: Alarm): number => WEIGHT[a.kind] - WEIGHT[b.kind] || b.raisedAt - a.raisedAt

/** Each with the devices whose answers of these hours may still come, and the case that was made of it. */
const alarmViews = (parts: ReadAlarmsParts, all: readonly Alarm[]): ((alarm: Alarm) => AlarmView) => {
  const now = parts.clock.now()
  const cases = parts.cases.ofAlarms(all.map(({ id }) => id))
  return (alarm) => ({
    id: alarm.id,
    kind: alarm.kind,
    place: alarm.place,
    device: alarm.device === null ? null : { dev: alarm.device, name: parts.devices.find(alarm.device as DeviceId)?.name ?? alarm.device },
    since: alarm.since,
    raisedAt: alarm.raisedAt,
    noticedAt: alarm.noticedAt,
    closedAt: alarm.closedAt,
    ending: alarm.ending,
    late: alarm.noticedAt - alarm.raisedAt > LATE_MS,
    n: alarm.n,
    ...figuresOf(alarm),
    missing: alarm.closedAt === null && alarm.kind !== 'silent' ? missingDevices(parts, { from: alarm.since, until: now + 1 }, now) : [],
    case: cases.get(alarm.id) ?? null,
  })
}

const NO_SHARE = { share: null, low: null, high: null } as const

export const figuresOf = ({ kind, n, good, expected }: Pick<Alarm, 'kind' | 'n' | 'good' | 'expected'>): Pick<AlarmView, 'share' | 'low' | 'high' | 'usual'> => {
  if (kind === 'silent') return { ...NO_SHARE, usual: null }
  if (kind === 'few') return { ...NO_SHARE, usual: expected }
  if (n < MIN_SHOWN) return { ...NO_SHARE, usual: n === 0 ? null : (100 * expected) / n }
  const { low, high } = wilsonInterval(good, n)
  return { share: (100 * good) / n, low: 100 * low, high: 100 * high, usual: (100 * expected) / n }
}

const watchedPlaces = (parts: ReadAlarmsParts): AlarmsReply['watched'] => {
  const { timeZone } = feedbackContext(parts.documents)
  const today = localTime(parts.clock.now(), timeZone).day
  const monday = mondayBefore(today)
  const keys = watchedKeys(parts)
  const plan = alarmPlan(keys, parts.cases.choices())
  const days = parts.alarms.daysSince(addDays(today, -KEPT_DAYS))
  return (keys.length > 1 ? [WHOLE, ...keys] : keys).map((key) => {
    const own = days.filter(({ place, question }) => place === key.place && question === key.question)
    const usual = usualBefore(monday, own, plan)
    return {
      place: key === WHOLE ? null : key.place,
      knownSince: usual && knownSince(own, monday),
      weeks: Math.min(LEAST_WEEKS, learntWeeks(monday, own).length),
      needed: LEAST_WEEKS,
      answersPerWeek: usual?.perWeek ?? 0,
      usual: usual && 100 * usual.mean,
      foundAfterDays: usual && 7 * weeksToFind(usual),
    }
  })
}

/** The Monday behind the first weeks that are kept; weeks without answers teach nothing. */
const knownSince = (days: readonly { readonly day: Day }[], monday: Day): Day => {
  const mondays = [...new Set(days.map(({ day }) => mondayBefore(day)))].filter((one) => one < monday)
  return addDays(mondays[LEAST_WEEKS - 1] ?? monday, 7)
}
