/** What a day's answers say, beside the alarms that are kept: raised, closed, or without ground since answers came late. */
import type { Alarm, AlarmStore } from '#hub/ports/alarm-store.ts'
import type { Direction, WatchNews } from '#shared/insights/alarm/change-watch.ts'
import { DIRECTIONS } from '#shared/insights/alarm/watch-days.ts'
import type { Millis } from '#shared/kernel/time.ts'

export type SettleParts = { readonly alarms: Pick<AlarmStore, 'alarms' | 'raise' | 'amend'>; readonly now: Millis }

/** One day of one place: `from` … before `until`; `alarmed` at its beginning. Order  news as it happened. */
export type DayNews = { readonly place: string | null; readonly from: Millis; readonly until: Millis; readonly news: readonly WatchNews[]; readonly alarmed: { readonly [D in Direction]: boolean } }

/** The same day read again gives the same alarms; nothing is raised twice. */
export const settleNews = (parts: SettleParts, day: DayNews): void => {
  const kept = parts.alarms.alarms(day.from).filter(({ place, ending }) => place === day.place && ending !== 'revised' && ending !== 'accepted')
  for (const direction of DIRECTIONS) {
    const own = kept.filter(({ kind }) => kind === direction)
    const news = day.news.filter((one) => one.direction === direction)
    const rest = day.alarmed[direction] ? settleCarried(parts, day, own, news) : news
    settleRaised(parts, day, own, rest)
  }
}

/** An alarm of a day before: the first end that is told is its own. */
const settleCarried = (parts: SettleParts, day: DayNews, own: readonly Alarm[], news: readonly WatchNews[]): readonly WatchNews[] => {
  const carried = own.find(({ raisedAt }) => raisedAt < day.from)
  const [first, ...rest] = news
  const closed = first?.type === 'closed' ? first : null
  if (carried) end(parts, day, carried, closed)
  return closed ? rest : news
}

const settleRaised = (parts: SettleParts, day: DayNews, own: readonly Alarm[], news: readonly WatchNews[]): void => {
  const raised = news.filter(({ type }) => type === 'raised')
  const open = own.filter(({ raisedAt }) => raisedAt >= day.from && raisedAt < day.until).toSorted((a, b) => a.raisedAt - b.raisedAt)
  for (const [i, one] of raised.entries()) {
    const seen = { since: one.since, raisedAt: one.at, n: one.n, good: Math.round(one.share * one.n), expected: one.usual * one.n }
    const known = open[i]
    const alarm = known ? amend(parts, known, { ...known, ...seen }) : parts.alarms.raise({ ...seen, kind: one.direction, place: day.place, device: null, noticedAt: parts.now, closedAt: null, ending: null })
    end(parts, day, alarm, news.find(({ type, at }) => type === 'closed' && at >= one.at) ?? null)
  }
  // What is over was told as it was known then.
  for (const lost of open.slice(raised.length)) if (lost.closedAt === null) amend(parts, lost, { ...lost, closedAt: parts.now, ending: 'revised' })
}

/** Closed on this day, or not: what a later day said of it stays until that day is read again. */
const end = (parts: SettleParts, { from, until }: DayNews, alarm: Alarm, closed: WatchNews | null): void => {
  if (closed) amend(parts, alarm, { ...alarm, closedAt: closed.at, ending: 'back' })
  else if (alarm.closedAt !== null && alarm.closedAt >= from && alarm.closedAt < until) amend(parts, alarm, { ...alarm, closedAt: null, ending: null })
}

const amend = ({ alarms }: SettleParts, was: Alarm, is: Alarm): Alarm => {
  if (JSON.stringify(was) !== JSON.stringify(is)) alarms.amend(is)
  return is
}
