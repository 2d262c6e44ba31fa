/** A store's answers over weeks, made from a seed, and what the watch says to them. */
import type { AlarmPlan } from '#shared/insights/alarm/alarm-plan.ts'
import type { WatchNews } from '#shared/insights/alarm/change-watch.ts'
import { watchHistory, type TimedAnswer } from '#shared/insights/alarm/watch-history.ts'
import { LEARNING_WEEKS } from '#shared/insights/alarm/week-baseline.ts'
import { seededRandom } from '#shared/insights/statistics/seeded-random.ts'
import { millis } from '#shared/kernel/time.ts'

export type SimulatedStore = {
  readonly seed: number
  /** Answers a day and touchpoint, Monday to Saturday from 8 to 20. */
  readonly perDay: number
  readonly touchpoints: number
  /** After the learning weeks. */
  readonly weeks: number
  readonly plan: AlarmPlan
  /** Points by which the share of good answers of the first touchpoint differs in these hours, counted from the end of the learning weeks. */
  readonly planted?: { readonly points: number; readonly fromHour: number; readonly untilHour: number }
  /** Standard deviation, in points, of good and bad days that nobody planted. */
  readonly dayMood?: number
  /** Sees every answer after the learning weeks. */
  readonly onAnswer?: (touchpoint: number, answer: TimedAnswer) => void
}

export type SimulatedNews = WatchNews & { readonly touchpoint: number }

const HOUR_MS = 3_600_000
/** A Monday. */
const START = Date.parse('2024-01-01T00:00:00Z')

/** Hours after the learning weeks as an instant. */
export const hourAt = (hour: number) => millis(START + (LEARNING_WEEKS * 168 + hour) * HOUR_MS)

/** All news of all touchpoints. Order  touchpoint by touchpoint. */
export const simulateStore = (store: SimulatedStore): readonly SimulatedNews[] =>
  Array.from({ length: store.touchpoints }, (_, touchpoint) => {
    const answers = answersOf(store, touchpoint)
    if (store.onAnswer) for (const answer of answers) if (answer.at >= hourAt(0)) store.onAnswer(touchpoint, answer)
    const { news } = watchHistory(answers, { plan: store.plan, timeZone: 'UTC' })
    return news.filter(({ at }) => at >= hourAt(0)).map((one): SimulatedNews => Object.assign({ touchpoint }, one))
  }).flat()

const answersOf = (store: SimulatedStore, touchpoint: number): readonly TimedAnswer[] => {
  const random = seededRandom(store.seed * 1000 + touchpoint)
  const answers: TimedAnswer[] = []
  let mood = 0
  for (let hour = -LEARNING_WEEKS * 168; hour < store.weeks * 168; hour++) {
    const hourOfWeek = ((hour % 168) + 168) % 168
    if (hourOfWeek % 24 === 0) mood = (store.dayMood ?? 0) * bell(random)
    if (!isOpen(hourOfWeek)) continue
    const share = Math.min(0.99, trueShare(touchpoint, hourOfWeek) + (touchpoint === 0 ? plantedAt(store, hour) : 0) + mood / 100)
    const count = arrivals(random, store.perDay / 12)
    for (let i = 0; i < count; i++) answers.push({ at: millis(hourAt(hour) + Math.floor((i * HOUR_MS) / count)), good: random() < share })
  }
  return answers
}

/** What a touchpoint really is like at an hour: afternoons and Saturdays are worse. */
const trueShare = (touchpoint: number, hourOfWeek: number): number => {
  const hour = hourOfWeek % 24
  return 0.8 + 0.02 * (touchpoint % 3) - 0.02 - (hour >= 16 ? 0.06 : 0) - (hourOfWeek >= 120 ? 0.04 : 0)
}
const isOpen = (hourOfWeek: number): boolean => hourOfWeek < 144 && hourOfWeek % 24 >= 8 && hourOfWeek % 24 < 20

const plantedAt = ({ planted }: SimulatedStore, hour: number): number => (planted && hour >= planted.fromHour && hour < planted.untilHour ? planted.points / 100 : 0)

/** As many as come in an hour by Poisson's law. */
const arrivals = (random: () => number, mean: number): number => {
  let [count, product] = [0, random()]
  for (const end = Math.exp(-mean); product > end; count++) product *= random()
  return count
}

const bell = (random: () => number): number => Array.from({ length: 12 }, random).reduce((sum, x) => sum + x, -6)
