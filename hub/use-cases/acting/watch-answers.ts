/**
 * Watches every touchpoint, and the store as a whole, for changes that chance hardly makes.
 * Everything follows from stored answers and from what is kept of each day: after a restart nothing is missing, and a day is read again whenever answers of it come late.
 */
import type { AlarmStore, KeptDay, WatchKey } from '#hub/ports/alarm-store.ts'
import type { ActingChoices } from '#hub/ports/case-store.ts'
import type { Clock } from '#hub/ports/clock.ts'
import type { DocumentStore } from '#hub/ports/documents.ts'
import type { Retention } from '#hub/ports/retention.ts'
import type { Transactions } from '#hub/ports/transaction.ts'
import { FALSE_ALARMS_PER_YEAR, type AlarmPlan } from '#shared/insights/alarm/alarm-plan.ts'
import { isGoodAnswer } from '#shared/insights/alarm/good-answer.ts'
import type { Usual } from '#shared/insights/alarm/usual-weeks.ts'
import { hoursOf, mondayBefore, QUIET_WATCHES, usualBefore, watchDay, type Watches } from '#shared/insights/alarm/watch-days.ts'
import { weekHours } from '#shared/insights/alarm/week-hours.ts'
import { startOfDay } from '#shared/insights/period.ts'
import { addDays, localTime, millis, type Day, type Millis } from '#shared/kernel/time.ts'
import { documentsToSurveys, documentsToTouchpoints } from '#shared/protocol/documents.ts'
import { feedbackContext } from '../feedback/feedback-context.ts'
import { settleNews } from './settle-alarms.ts'

export type WatchParts = {
  readonly alarms: AlarmStore
  readonly documents: DocumentStore
  readonly retention: Pick<Retention, 'sumsBefore'>
  readonly transactions: Transactions
  readonly choices: () => ActingChoices
  readonly clock: Clock
  /** Lets others be answered between two days. */
  pause(): Promise<unknown>
}

/** Days that are kept: LEARNING_WEEKS, and as many weeks again that ended in an alarm. */
export const KEPT_DAYS = 180
/** So far back is looked for the question that is asked at a place. */
const RECENT_MS = 28 * 86_400_000
/** The store as a whole. */
export const WHOLE: WatchKey = { place: '', question: '' }

/** What is watched: touchpoints by the question that their survey opens with, or else by the one that is answered most. */
export const watchedKeys = ({ alarms, documents, clock }: Pick<WatchParts, 'alarms' | 'documents' | 'clock'>): readonly WatchKey[] => {
  const items = documents.current()?.items ?? {}
  const openings = new Map(documentsToSurveys(items).map(({ id, opening }) => [id, opening.id]))
  const asked = new Map(documentsToTouchpoints(items).map(({ id, survey }) => [id, openings.get(survey)]))
  return alarms.mainQuestions(millis(Math.max(0, clock.now() - RECENT_MS))).map(({ place, question }) => ({ place, question: asked.get(place) ?? question }))
}

/** How much evidence an alarm takes: all touchpoints share the false alarms, and the store beside them where there are several. */
export const alarmPlan = (keys: readonly WatchKey[], { falsePerYear = FALSE_ALARMS_PER_YEAR }: ActingChoices): AlarmPlan => ({ touchpoints: Math.max(1, keys.length + (keys.length > 1 ? 1 : 0)), falsePerYear })

/**
 * Makes looks. Each reads what has come since the one before, from the earliest day it belongs to up to today.
 * Order   days ascending, each in a transaction of its own with the alarms that it raises or closes; a look that is interrupted begins again where it was.
 */
export const answerWatch = (parts: WatchParts): (() => Promise<void>) => {
  const { alarms, documents, transactions, clock } = parts
  let known: { readonly at: string; readonly keys: readonly WatchKey[] } | null = null
  /** Looking through four weeks of answers is for once a day, and for imports. */
  const keysOn = (today: Day, isLate: boolean): readonly WatchKey[] => {
    const at = `${today} ${documents.head()?.hash ?? ''}`
    if (known?.at !== at || isLate) known = { at, keys: watchedKeys(parts) }
    return known.keys
  }
  return async () => {
    const { timeZone } = feedbackContext(documents)
    const today = localTime(clock.now(), timeZone).day
    const arrived = alarms.arrivedAfter(alarms.seen())
    if (!arrived) return
    const first = firstDay(parts, localTime(arrived.earliestAt, timeZone).day, timeZone)
    const keys = keysOn(today, first < today)
    const plan = alarmPlan(keys, parts.choices())
    for (let day = first; day <= today; day = addDays(day, 1)) {
      transactions.run(() => watchOneDay(parts, { day, keys, plan, timeZone }))
      await parts.pause()
    }
    transactions.run(() => {
      alarms.noteSeen(arrived.newest)
      alarms.forgetDaysBefore(addDays(today, -KEPT_DAYS))
    })
  }
}

/** Answers that are kept as sums alone cannot be read again one by one; days older than KEPT_DAYS teach nothing any more. */
const firstDay = ({ retention, clock }: WatchParts, wanted: Day, timeZone: string): Day => {
  const sums = retention.sumsBefore()
  const whole = sums === null ? wanted : addDays(localTime(sums, timeZone).day, 1)
  const oldest = addDays(localTime(clock.now(), timeZone).day, 1 - KEPT_DAYS)
  return [wanted, whole, oldest].toSorted().at(-1)!
}

type DayTask = { readonly day: Day; readonly keys: readonly WatchKey[]; readonly plan: AlarmPlan; readonly timeZone: string }

const watchOneDay = ({ alarms, clock }: WatchParts, { day, keys, plan, timeZone }: DayTask): void => {
  const [from, until] = [dayStart(day, timeZone), dayStart(addDays(day, 1), timeZone)]
  const questions = new Map(keys.map(({ place, question }) => [place, question]))
  const answers = alarms.answersBetween(from, until).filter(({ place, question }) => questions.get(place) === question)
  const before = alarms.daysSince(addDays(day, -KEPT_DAYS)).filter((kept) => kept.day < day)
  const places = keys.map((key) => knownOf(key, before, day, plan))
  const weekHour = weekHours(timeZone)
  const ofPlace = new Map(places.map((known) => [known.key.place, known]))
  const usualAt = (known: Known | undefined, at: Millis): number | undefined => known?.usual?.shares[weekHour(at).hourOfWeek]
  const graded = answers.map(({ place, kind, value, at }) => ({ place, at, good: isGoodAnswer(kind, value), own: usualAt(ofPlace.get(place), at) }))
  const anew = alarms.begunAnew()
  for (const known of keys.length > 1 ? [...places, knownOf(WHOLE, before, day, plan)] : places) {
    // Before a place began anew nothing is looked at again.
    if (anew.some(({ place, question, day: begun }) => place === known.key.place && question === known.key.question && begun > day)) continue
    // Held against what is usual where it was given, so that a place that is silent today does not change the store.
    const own = (known.key === WHOLE ? graded : graded.filter(({ place }) => place === known.key.place)).map(({ at, good, own: atPlace }) => ({ at, good, usual: atPlace ?? usualAt(known, at) ?? 0.5 }))
    const { after, news } = watchDay(known.watches, own, known.usual)
    alarms.keepDay({ ...known.key, day, hours: hoursOf(own, timeZone), after })
    const alarmed = { drop: known.watches.drop.alarmed, rise: known.watches.rise.alarmed }
    settleNews({ alarms, now: clock.now() }, { place: known.key === WHOLE ? null : known.key.place, from, until, news, alarmed })
  }
}

type Known = { readonly key: WatchKey; readonly usual: Usual | null; readonly watches: Watches }

const knownOf = (key: WatchKey, days: readonly KeptDay[], day: Day, plan: AlarmPlan): Known => {
  const own = days.filter(({ place, question }) => place === key.place && question === key.question)
  return { key, usual: usualBefore(mondayBefore(day), own, plan), watches: own.at(-1)?.after ?? QUIET_WATCHES }
}

/** The store's midnight. */
export const dayStart = (day: Day, timeZone: string): Millis => startOfDay(millis(Date.parse(`${day}T12:00:00Z`)), timeZone)
