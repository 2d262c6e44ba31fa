/** A store's answers over weeks, made from a seed, watched as the hub would: what is usual is learnt from the twelve weeks before, each week anew. */
import { alarmThreshold, type AlarmPlan } from '#shared/insights/alarm/alarm-plan.ts'
import { QUIET, watchAnswer, type Direction, type Watch, type Watched, type WatchNews } from '#shared/insights/alarm/change-watch.ts'
import { dayDispersion, type PastDay } from '#shared/insights/alarm/day-dispersion.ts'
import { LEARNING_WEEKS, weekBaselineOf } from '#shared/insights/alarm/week-baseline.ts'
import { seededRandom } from '#shared/insights/statistics/seeded-random.ts'
import { millis } from '#shared/kernel/time.ts'

export type SimulatedStore = {
  readonly seed: number
  /** Answers a day and touchpoint, Monday to Saturday from 8 to 20. */
  readonly perDay: number
  readonly touchpoints: number
  readonly weeks: number
  readonly plan: AlarmPlan
  /** Points by which the share of good answers of the first touchpoint differs in these hours, counted from the end of the learning weeks. */
  readonly planted?: { readonly points: number; readonly fromHour: number; readonly untilHour: number }
  /** Standard deviation, in points, of good and bad days that nobody planted. */
  readonly dayMood?: number
  /** Sees every answer after the learning weeks. */
  readonly onAnswer?: (touchpoint: number, answer: Watched) => void
}

export type SimulatedNews = WatchNews & { readonly touchpoint: number }

const HOUR_MS = 3_600_000
export const hourAt = (hour: number) => millis((LEARNING_WEEKS * 168 + hour) * HOUR_MS)

/** What a touchpoint really is like at an hour: afternoons and Saturdays are worse. */
const trueShare = (touchpoint: number, hourOfWeek: number): number => {
  const hour = hourOfWeek % 24
  return 0.8 + 0.02 * (touchpoint % 3) - 0.02 - (hour >= 16 ? 0.06 : 0) - (hourOfWeek >= 120 ? 0.04 : 0)
}
const isOpen = (hourOfWeek: number): boolean => hourOfWeek < 144 && hourOfWeek % 24 >= 8 && hourOfWeek % 24 < 20

export const simulateStore = (store: SimulatedStore): readonly SimulatedNews[] => {
  const news: SimulatedNews[] = []
  for (let touchpoint = 0; touchpoint < store.touchpoints; touchpoint++) {
    for (const one of simulateTouchpoint(store, touchpoint)) news.push({ ...one, touchpoint })
  }
  return news
}

const simulateTouchpoint = (store: SimulatedStore, touchpoint: number): readonly WatchNews[] => {
  const random = seededRandom(store.seed * 1000 + touchpoint)
  const weeks: { hits: number; n: number }[][] = []
  const watches: { [D in Direction]: Watch } = { drop: QUIET, rise: QUIET }
  const news: WatchNews[] = []
  let mood = 0
  for (let week = 0; week < LEARNING_WEEKS + store.weeks; week++) {
    const baseline = week < LEARNING_WEEKS ? null : weekBaselineOf(summed(weeks.slice(-LEARNING_WEEKS)))
    const dispersion = baseline ? dayDispersion(weeks.slice(-LEARNING_WEEKS).flatMap((past) => daysOf(past, baseline))) : 1
    const threshold = alarmThreshold(store.plan, { answersPerYear: store.perDay * 312, usual: 0.8 })
    const tally = Array.from({ length: 168 }, () => ({ hits: 0, n: 0 }))
    for (let hour = 0; hour < 168; hour++) {
      if (hour % 24 === 0) mood = (store.dayMood ?? 0) * bell(random)
      if (!isOpen(hour)) continue
      const since = (week - LEARNING_WEEKS) * 168 + hour
      const share = Math.min(0.99, trueShare(touchpoint, hour) + (touchpoint === 0 ? plantedAt(store, since) : 0) + mood / 100)
      const count = arrivals(random, store.perDay / 12)
      for (let i = 0; i < count; i++) {
        const good = random() < share
        tally[hour]!.n += 1
        tally[hour]!.hits += good ? 1 : 0
        if (!baseline) continue
        const answer = { good, usual: baseline[hour]!, at: millis((week * 168 + hour) * HOUR_MS + Math.floor((i * HOUR_MS) / count)) }
        store.onAnswer?.(touchpoint, answer)
        for (const direction of ['drop', 'rise'] as const) {
          const next = watchAnswer(watches[direction], answer, { direction, threshold, dispersion })
          watches[direction] = next.watch
          if (next.news) news.push(next.news)
        }
      }
    }
    // what happens during an alarm is not what is usual
    if (!watches.drop.alarmed && !watches.rise.alarmed) weeks.push(tally)
  }
  return news
}

const plantedAt = ({ planted }: SimulatedStore, hour: number): number => (planted && hour >= planted.fromHour && hour < planted.untilHour ? planted.points / 100 : 0)

const summed = (weeks: readonly (readonly { hits: number; n: number }[])[]): { hits: number; n: number }[] =>
  Array.from({ length: 168 }, (_, hour) => ({ hits: weeks.reduce((sum, week) => sum + week[hour]!.hits, 0), n: weeks.reduce((sum, week) => sum + week[hour]!.n, 0) }))

const daysOf = (week: readonly { readonly hits: number; readonly n: number }[], baseline: readonly number[]): readonly PastDay[] =>
  Array.from({ length: 7 }, (_, day) => {
    const hours = Array.from({ length: 24 }, (_, hour) => day * 24 + hour)
    const sum = (of: (hour: number) => number): number => hours.reduce((total, hour) => total + of(hour), 0)
    return { hits: sum((hour) => week[hour]!.hits), expected: sum((hour) => week[hour]!.n * baseline[hour]!), variance: sum((hour) => week[hour]!.n * baseline[hour]! * (1 - baseline[hour]!)) }
  })

/** As many as come in an hour by Poisson's law. */
const arrivals = (random: () => number, mean: number): number => {
  let [count, product] = [0, random()]
  for (const end = Math.exp(-mean); product > end; count++) product *= random()
  return count
}

const bell = (random: () => number): number => Array.from({ length: 12 }, random).reduce((sum, x) => sum + x, -6)
