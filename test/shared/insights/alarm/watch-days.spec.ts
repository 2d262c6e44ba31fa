import { describe, expect, it } from 'vitest'
import { seededRandom } from '#shared/insights/statistics/seeded-random.ts'
import { isGoodAnswer } from '#shared/insights/alarm/good-answer.ts'
import { usualBefore, hoursOf, mondayBefore, QUIET_WATCHES, watchDay, weeksToFind, type WatchedDay } from '#shared/insights/alarm/watch-days.ts'
import type { WatchNews } from '#shared/insights/alarm/change-watch.ts'
import { watchHistory, type TimedAnswer } from '#shared/insights/alarm/watch-history.ts'
import { addDays, localTime, millis, type Day } from '#shared/kernel/time.ts'

const PLAN = { touchpoints: 1, falsePerYear: 4 }
const ZONE = 'Europe/Berlin'
const FIRST = '2026-01-05' as Day
const HOUR_MS = 3_600_000

/** Sixteen weeks with 40 answers a day, worse by 25 points in the fourteenth. */
const answers: readonly TimedAnswer[] = (() => {
  const random = seededRandom(7)
  const all: TimedAnswer[] = []
  for (let day = 0; day < 16 * 7; day++) {
    const share = day >= 13 * 7 && day < 14 * 7 ? 0.55 : 0.8
    for (let i = 0; i < 40; i++) all.push({ at: millis(Date.parse(`${addDays(FIRST, day)}T08:00:00Z`) + Math.floor((i * 10 * HOUR_MS) / 40)), good: random() < share })
  }
  return all
})()

const byDays = (): { readonly days: readonly WatchedDay[]; readonly news: readonly WatchNews[] } => {
  const days: WatchedDay[] = []
  const news: WatchNews[] = []
  for (const [day, own] of Map.groupBy(answers, ({ at }) => localTime(at, ZONE).day)) {
    const usual = usualBefore(mondayBefore(day), days, PLAN)
    const weekday = (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7
    const read = watchDay(days.at(-1)?.after ?? QUIET_WATCHES, own.map((answer) => ({ ...answer, usual: usual?.shares[weekday * 24 + localTime(answer.at, ZONE).hour] ?? 0.5 })), usual)
    news.push(...read.news)
    days.push({ day, hours: hoursOf(own, ZONE), after: read.after })
  }
  return { days, news }
}

describe('a touchpoint read day by day', () => {
  it('gives the news that reading all of it at one go gives, to the answer', () => {
    const { news } = byDays()
    expect(news.map(({ type, direction }) => `${type} ${direction}`)).toEqual(['raised drop', 'closed drop'])
    expect(news).toEqual(watchHistory(answers, { plan: PLAN, timeZone: ZONE }).news)
  })
  it('goes on from what is kept of a day as JSON: nothing else is needed', () => {
    const { days } = byDays()
    const kept = JSON.parse(JSON.stringify(days)) as readonly WatchedDay[]
    expect(usualBefore('2026-04-20' as Day, kept, PLAN)).toEqual(usualBefore('2026-04-20' as Day, days, PLAN))
  })
  it('learns nothing from a week that ended in an alarm', () => {
    const { days } = byDays()
    const alarmed = days.map((one) => (one.day < '2026-03-02' ? one : Object.assign({}, one, { after: { ...one.after, drop: { ...one.after.drop, alarmed: true } } })))
    expect(usualBefore('2026-04-20' as Day, alarmed, PLAN)?.perWeek).toBe(280)
    expect(usualBefore('2026-04-20' as Day, alarmed.slice(21), PLAN)).toBeNull() // five weeks are left to learn from
  })
  it('says how soon a drop of ten points is found: 280 answers a week take 10 to 20 days, ten times as many a tenth', () => {
    const { days } = byDays()
    const usual = usualBefore('2026-03-30' as Day, days, PLAN)!
    expect(7 * weeksToFind(usual)).toBeGreaterThan(2)
    expect(7 * weeksToFind(usual)).toBeLessThan(20)
    expect(weeksToFind({ ...usual, perWeek: 10 * usual.perWeek })).toBeCloseTo(weeksToFind(usual) / 10)
  })
})

describe('a good answer', () => {
  it('is one of the upper two of five or four smileys, 5 to 7 of seven, 9 or 10', () => {
    expect([3, 4].map((value) => isGoodAnswer('csat5', value))).toEqual([false, true])
    expect([2, 3].map((value) => isGoodAnswer('smiley4', value))).toEqual([false, true])
    expect([4, 5].map((value) => isGoodAnswer('ces7', value))).toEqual([false, true])
    expect([8, 9].map((value) => isGoodAnswer('nps', value))).toEqual([false, true])
  })
})
