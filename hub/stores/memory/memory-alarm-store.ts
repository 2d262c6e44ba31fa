/** Watched days and alarms in memory. */
import type { Alarm, AlarmNumbers, AlarmStore, KeptDay, PlacedAnswer, WatchKey } from '#hub/ports/alarm-store.ts'
import type { FeedbackRow } from '#hub/ports/feedback-store.ts'
import { isScored } from '#shared/feedback/scales.ts'
import { QUIET_WATCHES } from '#shared/insights/alarm/watch-days.ts'
import type { Day, Millis } from '#shared/kernel/time.ts'

/** `rows`: the answers that are held, in the order of their arrival; the first has number 1. */
export const memoryAlarmStore = (rows: () => readonly FeedbackRow[] = () => []): AlarmStore => ({ ...readingAnswers(rows), ...watching(), ...keepingAlarms() })

const readingAnswers = (rows: () => readonly FeedbackRow[]): Pick<AlarmStore, 'answersBetween' | 'arrivedAfter' | 'mainQuestions'> => {
  const main = (from: number, until: number): readonly PlacedAnswer[] =>
    rows().flatMap(({ touchpoint: place, question, kind, value, at, detail }) => (kind !== 'contact' && isScored(kind) && typeof value === 'number' && !detail && at !== null && at >= from && at < until ? [{ place, question, kind, value, at }] : []))
  return {
    answersBetween: (from, until) => main(from, until).toSorted((a, b) => a.at - b.at),
    arrivedAfter: (n) => {
      const times = rows().map(({ at }, i) => ({ n: i + 1, at })).filter((one): one is { n: number; at: Millis } => one.n > n && one.at !== null)
      return times.length === 0 ? null : { newest: times.at(-1)!.n, earliestAt: times.reduce((earliest, { at }) => (at < earliest ? at : earliest), times[0]!.at) }
    },
    mainQuestions: (from) => {
      const byPlace = Map.groupBy(main(from, Infinity), ({ place }) => place)
      return [...byPlace].toSorted(([a], [b]) => order(a, b)).map(([place, own]): WatchKey => {
        const counts = [...Map.groupBy(own, ({ question }) => question)].map(([question, { length }]) => ({ question, n: length }))
        return { place, question: counts.toSorted((a, b) => b.n - a.n || order(a.question, b.question))[0]!.question }
      })
    },
  }
}

const watching = (): Pick<AlarmStore, 'daysSince' | 'keepDay' | 'forgetDaysBefore' | 'beginAnew' | 'begunAnew' | 'seen' | 'noteSeen'> => {
  const days = new Map<string, KeptDay>()
  const anew = new Map<string, WatchKey & { readonly day: Day }>()
  let seen = 0
  const keyOf = ({ place, question }: WatchKey): string => JSON.stringify([place, question])
  const dayKey = (day: KeptDay): string => JSON.stringify([day.day, day.place, day.question])
  return {
    daysSince: (from) =>
      [...days.values()].filter((one) => one.day >= from && one.day >= (anew.get(keyOf(one))?.day ?? '')).toSorted((a, b) => order(a.day, b.day) || order(a.place, b.place) || order(a.question, b.question)),
    keepDay: (day) => void days.set(dayKey(day), structuredClone(day)),
    forgetDaysBefore: (day) => {
      for (const [key, one] of days) if (one.day < day) days.delete(key)
    },
    beginAnew: ({ place, question }, from) => {
      anew.set(keyOf({ place, question }), { place, question, day: from })
      for (const [key, one] of days) if (one.place === place && one.question === question && one.day >= from) days.set(key, { ...one, after: QUIET_WATCHES })
    },
    begunAnew: () => [...anew.values()].toSorted((a, b) => order(a.place, b.place) || order(a.question, b.question)),
    seen: () => seen,
    noteSeen: (n) => void (seen = n),
  }
}

const keepingAlarms = (): Pick<AlarmStore, 'alarms' | 'alarm' | 'openedWith' | 'raise' | 'amend'> => {
  const all: Alarm[] = []
  const opened: AlarmNumbers[] = []
  return {
    alarms: (closedSince) => all.filter(({ closedAt }) => closedAt === null || closedAt >= closedSince).toSorted((a, b) => b.noticedAt - a.noticedAt || b.id - a.id),
    alarm: (id) => all[id - 1] ?? null,
    openedWith: (id) => opened[id - 1] ?? null,
    raise: (alarm) => {
      const raised = { ...alarm, id: all.length + 1 }
      all.push(raised)
      opened.push({ n: alarm.n, good: alarm.good, expected: alarm.expected })
      return raised
    },
    amend: (alarm) => {
      if (all[alarm.id - 1]) all[alarm.id - 1] = { ...alarm }
    },
  }
}

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
