/** How often alarms are false and how soon they are true, beside the fixed share that other systems alarm at. */
import { FALSE_ALARMS_PER_YEAR } from '#shared/insights/alarm/alarm-plan.ts'
import { compare, median, type Comparison, type Scale } from './measure.ts'
import { hourAt, simulateStore, type SimulatedStore } from './simulated-store.ts'

const TOUCHPOINTS = 6
const PLAN = { touchpoints: TOUCHPOINTS, falsePerYear: FALSE_ALARMS_PER_YEAR }
const PER_DAY = 800
/** Tuesday of the third week, when the store opens. */
const PLANTED_AT = 2 * 168 + 24 + 8
const HOUR_MS = 3_600_000

/** The peer: so many of the last answers unhappy; armed again below the lower share. */
const WINDOW = 100
const ALARM_SHARE = 0.35
const ARMED_SHARE = 0.25

export const alarms = ({ quick }: Scale): readonly Comparison[] => {
  const [years, stores] = quick ? [2, 20] : [20, 200]
  const [falseOurs, falsePeer] = falseAlarms(years)
  const delays = Array.from({ length: stores }, (_, i) => delaysOf(1000 + i))
  const within = (of: (one: (typeof delays)[number]) => number): number => (100 * delays.filter((one) => of(one) <= 24).length) / stores
  const peerIs = `an alarm at ${100 * ALARM_SHARE} % unhappy of the last ${WINDOW} answers`
  return [
    compare(`false alarms a year, ${TOUCHPOINTS} touchpoints of ${PER_DAY} answers a day, ${years} years; stated ${FALSE_ALARMS_PER_YEAR}`, 'alarms', falseOurs / years, falsePeer / years, peerIs),
    compare(`a drop of 10 points found within a day, ${stores} stores`, '%', within(({ ours }) => ours), within(({ peer }) => peer), peerIs),
    compare('the same, until it is found', 'hours', median(delays.map(({ ours }) => ours)), median(delays.map(({ peer }) => peer)), peerIs),
  ]
}

const falseAlarms = (years: number): readonly [number, number] => {
  let [ours, peer] = [0, 0]
  for (let seed = 1; seed <= years; seed++) {
    const fixed = fixedShares()
    ours += simulateStore({ ...storeOf(seed), touchpoints: TOUCHPOINTS, weeks: 52, onAnswer: fixed.see }).filter(({ type }) => type === 'raised').length
    peer += fixed.raised.length
  }
  return [ours, peer]
}

const delaysOf = (seed: number): { readonly ours: number; readonly peer: number } => {
  const fixed = fixedShares()
  const news = simulateStore({ ...storeOf(seed), touchpoints: 1, weeks: 5, planted: { points: -10, fromHour: PLANTED_AT, untilHour: Infinity }, onAnswer: fixed.see })
  const since = hourAt(PLANTED_AT)
  const found = (times: readonly number[]): number => ((times.find((at) => at >= since) ?? Infinity) - since) / HOUR_MS
  return { ours: found(news.filter(({ type, direction }) => type === 'raised' && direction === 'drop').map(({ at }) => at)), peer: found(fixed.raised) }
}

const storeOf = (seed: number): Pick<SimulatedStore, 'seed' | 'perDay' | 'plan'> => ({ seed, perDay: PER_DAY, plan: PLAN })

const fixedShares = (): { readonly raised: number[]; readonly see: NonNullable<SimulatedStore['onAnswer']> } => {
  const raised: number[] = []
  const windows = new Map<number, { readonly last: boolean[]; unhappy: number; armed: boolean }>()
  return {
    raised,
    see: (touchpoint, { good, at }) => {
      const own = windows.get(touchpoint) ?? { last: [], unhappy: 0, armed: true }
      windows.set(touchpoint, own)
      own.last.push(good)
      if (!good) own.unhappy += 1
      if (own.last.length > WINDOW && !own.last.shift()) own.unhappy -= 1
      if (own.last.length < WINDOW) return
      if (own.armed && own.unhappy >= ALARM_SHARE * WINDOW) {
        raised.push(at)
        own.armed = false
      } else if (own.unhappy <= ARMED_SHARE * WINDOW) own.armed = true
    },
  }
}
