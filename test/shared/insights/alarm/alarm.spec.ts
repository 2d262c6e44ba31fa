import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { alarmThreshold, FALSE_ALARMS_PER_YEAR, LEAST_EVIDENCE, shiftedShare, WATCHED_ODDS } from '#shared/insights/alarm/alarm-plan.ts'
import { QUIET, watchAnswer, type Watch, type WatchNews } from '#shared/insights/alarm/change-watch.ts'
import { dayDispersion } from '#shared/insights/alarm/day-dispersion.ts'
import { LEAST_HISTORY, weekBaselineOf } from '#shared/insights/alarm/week-baseline.ts'
import { watchHistory } from '#shared/insights/alarm/watch-history.ts'
import { mondayOf, weekHours } from '#shared/insights/alarm/week-hours.ts'
import { localTime, millis } from '#shared/kernel/time.ts'
import { hourAt, simulateStore } from '#hub/tools/bench/simulated-store.ts'

const plan = { touchpoints: 6, falsePerYear: FALSE_ALARMS_PER_YEAR }

describe('the evidence', () => {
  it('looks for 80 in 100 becoming 70, 50 becoming 37, 90 becoming 84', () => {
    expect([0.8, 0.5, 0.9].map((share) => Math.round(100 * shiftedShare(share, WATCHED_ODDS)))).toEqual([70, 37, 84])
  })
  it('of an unhappy answer where 80 in 100 are happy is ln(0.3 / 0.2) = 0.405; a happy one takes back ln(0.8 / 0.7) = 0.134 (Steiner et al. 2000, formula 2)', () => {
    const at = millis(0)
    const one = watchAnswer(QUIET, { good: false, usual: 0.8, at }, { direction: 'drop', threshold: 9 }).watch
    expect(one.evidence.toFixed(3)).toBe('0.405')
    expect(watchAnswer(one, { good: true, usual: 0.8, at }, { direction: 'drop', threshold: 9 }).watch.evidence.toFixed(3)).toBe('0.272')
    expect(watchAnswer(QUIET, { good: true, usual: 0.8, at }, { direction: 'drop', threshold: 9 }).watch).toBe(QUIET)
  })
  it('needed grows with the traffic and with the patience: 10.56 for six touchpoints of 250,000 answers a year and four false alarms', () => {
    const busy = { answersPerYear: 250_000, usual: 0.8 }
    expect(alarmThreshold(plan, busy).toFixed(2)).toBe('10.56')
    expect(alarmThreshold({ ...plan, falsePerYear: 1 }, busy)).toBeGreaterThan(alarmThreshold(plan, busy))
    expect(alarmThreshold(plan, { answersPerYear: 50, usual: 0.8 })).toBe(LEAST_EVIDENCE)
  })
  it('is never below nought, whatever comes', () => {
    fc.assert(fc.property(fc.array(fc.tuple(fc.boolean(), fc.double({ min: 0.05, max: 0.95, noNaN: true }))), (answers) => {
      let watch: Watch = QUIET
      for (const [i, [good, usual]] of answers.entries()) {
        watch = watchAnswer(watch, { good, usual, at: millis(i) }, { direction: 'rise', threshold: 5 }).watch
        expect(watch.evidence).toBeGreaterThanOrEqual(0)
        expect(watch.good).toBeLessThanOrEqual(watch.n)
      }
    }))
  })
  it('says since when, how many and what was usual, and closes when the usual is back', () => {
    const news: WatchNews[] = []
    let watch: Watch = QUIET
    const say = (good: boolean, at: number): void => {
      const next = watchAnswer(watch, { good, usual: 0.8, at: millis(at) }, { direction: 'drop', threshold: 4 })
      watch = next.watch
      if (next.news) news.push(next.news)
    }
    for (let at = 0; at < 3; at++) say(true, at)
    for (let at = 3; at < 13; at++) say(false, at)
    for (let at = 13; at < 63; at++) say(true, at)
    expect(news.map(({ type, since, at, n, share, usual }) => [type, since, at, n, share, Number(usual.toFixed(3))])).toEqual([['raised', 3, 12, 10, 0, 0.8], ['closed', 13, 57, 45, 1, 0.8]])
  })
})

describe('what is usual', () => {
  it('leans on the whole where an hour has few answers', () => {
    const history = Array.from({ length: 168 }, (_, hour) => (hour === 9 ? { hits: 450, n: 450 } : hour === 10 ? { hits: 0, n: 2 } : hour === 11 ? { hits: 350, n: 548 } : undefined))
    const usual = weekBaselineOf(history)!
    expect([usual[9]!.toFixed(2), usual[10]!.toFixed(2), usual[11]!.toFixed(2), usual[12]!.toFixed(2)]).toEqual(['0.98', '0.77', '0.65', '0.80'])
  })
  it('is unknown below 300 answers', () => {
    expect(weekBaselineOf([{ hits: LEAST_HISTORY - 1, n: LEAST_HISTORY - 1 }])).toBeNull()
  })
})

describe('good and bad days', () => {
  it('that differ as much as chance has it discount nothing; three times as much, the evidence counts a third', () => {
    const days = (gap: number) => Array.from({ length: 20 }, (_, i) => ({ hits: 80 + (i % 2 === 0 ? gap : -gap), expected: 80, variance: 16 }))
    expect(dayDispersion(days(3))).toBe(1)
    expect(dayDispersion(days(Math.sqrt(48 * 0.95))).toFixed(3)).toBe('3.000')
    expect(dayDispersion(days(9).slice(0, 13))).toBe(1)
  })
})

describe('hours of the week', () => {
  it('are those of the clock, everywhere and through its changes', () => {
    const zone = fc.constantFrom('Europe/Berlin', 'UTC', 'America/St_Johns', 'Asia/Kathmandu', 'Australia/Lord_Howe')
    const instant = fc.oneof(fc.integer({ min: Date.parse('2026-03-28'), max: Date.parse('2026-04-06') }), fc.integer({ min: Date.parse('2026-10-02'), max: Date.parse('2026-11-03') }), fc.integer({ min: 0, max: Date.parse('2030-01-01') }))
    fc.assert(fc.property(zone, fc.array(instant, { maxLength: 20 }), (zone, instants) => {
      const weekHour = weekHours(zone)
      for (const at of instants.map(millis)) {
        const { hourOfWeek, monday } = weekHour(at)
        const local = localTime(at, zone)
        expect(hourOfWeek).toBe((local.weekday - 1) * 24 + local.hour)
        expect(new Date(`${mondayOf(monday)}T00:00:00Z`).getUTCDay()).toBe(1)
      }
    }))
  })
})

describe('a history', () => {
  /** Ten answers at ten on every weekday, eight good, and from then on only bad ones. */
  const history = (weeks: number, from: string, badDays = 0) => Array.from({ length: weeks * 7 + badDays }, (_, day) =>
    Array.from({ length: 10 }, (_, i) => ({ at: millis(Date.parse(from) + day * 86_400_000 + i * 60_000), good: day < weeks * 7 && i < 8 }))).flat()
  const watched = (answers: Parameters<typeof watchHistory>[0]) => watchHistory(answers, { plan: { touchpoints: 1, falsePerYear: 4 }, timeZone: 'Europe/Berlin' })
  it('is compared with nothing before eight weeks are known', () => {
    expect(watched(history(8, '2026-06-01T10:00:00+02:00', 0))).toEqual({ news: [], open: [], knownSince: null })
    expect(watched(history(9, '2026-06-01T10:00:00+02:00', 0)).knownSince).toBe('2026-07-27')
  })
  it('of eight good in ten raises an alarm on the first bad day and leaves it open', () => {
    const { news, open } = watched(history(10, '2026-06-01T10:00:00+02:00', 5))
    expect(news.map(({ type, direction, n, usual }) => [type, direction, n, Number(usual.toFixed(2))])).toEqual([['raised', 'drop', 12, 0.8]])
    expect(open).toEqual(['drop'])
    expect(news[0]!.since).toBe(Date.parse('2026-08-09T10:08:00+02:00'))
  })
  it('knows its hours through a change of the clocks: ten stays ten', () => {
    const [summer, winter] = [history(9, '2026-08-31T10:00:00+02:00').filter(({ at }) => at < Date.parse('2026-10-25T00:00:00Z')), history(3, '2026-10-26T10:00:00+01:00')]
    expect(watched([...summer, ...winter])).toEqual({ news: [], open: [], knownSince: '2026-10-26' })
  })
})

describe('a simulated store', () => {
  it('without any change raises at most four alarms a year: measured over one year of busy and two of quiet traffic', () => {
    const raised = (perDay: number, years: number): number =>
      Array.from({ length: years }, (_, seed) => simulateStore({ seed: seed + 1, perDay, touchpoints: 6, weeks: 52, plan }).filter(({ type }) => type === 'raised').length).reduce((sum, n) => sum + n, 0)
    const [busy, quiet] = [raised(300, 1), raised(100, 2)]
    expect(busy).toBeLessThanOrEqual(FALSE_ALARMS_PER_YEAR)
    expect(quiet).toBeLessThanOrEqual(2 * FALSE_ALARMS_PER_YEAR)
    // a watch that never speaks would pass as well
    expect(busy + quiet).toBeGreaterThan(0)
  })
  it('whose days go up and down by two points for no reason raises no more in half a year', () => {
    expect(simulateStore({ seed: 1, perDay: 400, touchpoints: 6, weeks: 26, plan, dayMood: 2 }).filter(({ type }) => type === 'raised').length).toBeLessThanOrEqual(FALSE_ALARMS_PER_YEAR / 2)
  })

  const start = 2 * 168 + 24 + 8
  const planted = (points: number, seed: number, hours = 99_999) =>
    simulateStore({ seed, perDay: 800, touchpoints: 1, weeks: 4, plan, planted: { points, fromHour: start, untilHour: start + hours } })
  const delaysOf = (points: number, direction: 'drop' | 'rise'): readonly number[] =>
    Array.from({ length: 20 }, (_, i) => {
      const raised = planted(points, 100 + i).find((news) => news.type === 'raised' && news.direction === direction && news.at >= hourAt(start))
      return raised ? (raised.at - hourAt(start)) / 3_600_000 : Infinity
    })
  it('with a drop of 10 points at one touchpoint alarms within a day of 800 answers, in 18 of 20 stores at least', () => {
    expect(delaysOf(-10, 'drop').filter((hours) => hours <= 24).length).toBeGreaterThanOrEqual(18)
  })
  it('with a rise of 10 points says so within two days', () => {
    expect(delaysOf(10, 'rise').filter((hours) => hours <= 48).length).toBeGreaterThanOrEqual(18)
  })
  it('closes the alarm within a day after three bad days are over, and has told how bad they were', () => {
    for (let seed = 200; seed < 206; seed++) {
      const news = planted(-10, seed, 72).filter(({ direction, at }) => direction === 'drop' && at >= hourAt(start) && at <= hourAt(start + 96))
      const [first, last] = [news[0]!, news.at(-1)!]
      expect([first.type, last.type]).toEqual(['raised', 'closed'])
      expect(first.share).toBeLessThan(first.usual - 0.04)
    }
  })
})
