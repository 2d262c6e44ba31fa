/** Answers counted by day, from every side from which figures look at them. Whatever is added can be taken away again without a trace, so a new answer costs a few additions however many there are. */
import type { Counts } from '../figure.ts'
import { UNDATED } from '../group-tallies.ts'

/** Whole days since 1970 of the store's calendar; NO_DAY: nobody noted when. */
export type DayNumber = number
export const NO_DAY: DayNumber = -1_000_000

/** Where an answer belongs besides its time. `device`: a kiosk, or the name of a channel. Empty: nobody knows. */
export type AnswerPlace = {
  readonly question: string
  readonly survey: string
  /** A rating beside the survey's own score: it counts for its question alone. */
  readonly detail: boolean
  readonly touchpoint: string
  readonly channel: string
  readonly device: string
  readonly language: string
  readonly segment: string
}

/** Divisions that are counted by day besides touchpoint, question and hour. */
export const LEDGER_SLICES = ['survey', 'channel', 'device', 'language', 'segment'] as const
export type LedgerSlice = (typeof LEDGER_SLICES)[number]

/**
 * From where the answers are looked at. `of`: of one group alone.
 * Shape   `detail` ratings are there by question and `of` a question only.
 */
export type LedgerView = { readonly by: 'whole' | 'touchpoint' | 'question' | 'hour' | LedgerSlice; readonly of?: { readonly [O in Divider]?: string }; readonly detail?: boolean }
/** One group of these can be looked at alone; of channels and languages by language and segment. */
export type Divider = 'question' | 'touchpoint' | 'channel' | 'language'

/** Answers of one group on each day. `n`: how many; `counts`: how often each value in units `from` … before `to`; `flagged`: those with a sign of play among them. */
export type Line = { readonly n: Int32Array; counts(from: number, to: number): Counts; flagged(from: number, to: number): number }
export type Lines = ReadonlyMap<string, Line>

/** What is added, or with a negative `n` taken away. `hour` null: of no hour, as what carries no time. `value` FLAGGED: answers with a sign of play, counted a second time. */
export type LedgerEntry = { readonly day: DayNumber; readonly hour: number | null; readonly value: number; readonly n: number }
export const FLAGGED = -1

/** Which sides an entry is told to: an answer to both, what is kept by day or by hour to one of them. */
export type LedgerSide = 'both' | 'day' | 'hour'

export type AnswerLedger = {
  /** Where the answers of a place are added: kept by whoever adds more than once. */
  at(place: AnswerPlace): (entry: LedgerEntry, side: LedgerSide, sign: 1 | -1) => void
  /** Days with answers in order, UNDATED first; the units of all lines. */
  days(): readonly string[]
  /** As it stands now; lines without answers are left out. Order  by name. */
  lines(view: LedgerView): Lines
}

/** In front of the values of a day: the sum of all, and those with a sign of play. */
const TOTAL = 0
const BEFORE_VALUES = 2
/** Between the parts of a name: in no id. */
const AND = '\u0000'
/** The largest value of any scale. */
const MOST_USUAL = 10

type Counter = { cells: Int32Array }
type Side = ReadonlyMap<string, Counter>

/** `most`: the largest value that is ever added. */
export const answerLedger = (most = MOST_USUAL): AnswerLedger => {
  const slots = BEFORE_VALUES + most + 1
  const index = new Map<DayNumber, number>()
  const sides = new Map<string, Map<string, Counter>>()
  let sorted: { readonly days: readonly string[]; readonly order: Int32Array } | null = null

  const counterOf = ([side, key]: readonly [string, string]): Counter => {
    const own = sides.get(side) ?? new Map<string, Counter>()
    sides.set(side, own)
    const found = own.get(key) ?? { cells: new Int32Array(32 * slots) }
    own.set(key, found)
    return found
  }
  const indexOf = (day: DayNumber): number => {
    const known = index.get(day)
    if (known !== undefined) return known
    index.set(day, index.size)
    return index.size - 1
  }
  const put = (counter: Counter, at: number, value: number, n: number): void => {
    const place = at * slots
    if (place + slots > counter.cells.length) {
      const grown = new Int32Array(Math.max(place + slots, 2 * counter.cells.length))
      grown.set(counter.cells)
      counter.cells = grown
    }
    counter.cells[place + BEFORE_VALUES + value]! += n
    if (value !== FLAGGED) counter.cells[place + TOTAL]! += n
  }
  const inOrder = (): NonNullable<typeof sorted> => {
    if (sorted) return sorted
    // A day whose answers are all gone is as if it had never been.
    const present = PRESENCE.flatMap((side) => Array.from(sides.get(side)?.values() ?? []))
    const order = [...index].filter(([, at]) => present.some(({ cells }) => (cells[at * slots + TOTAL] ?? 0) > 0)).sort(([a], [b]) => a - b)
    sorted = { days: order.map(([day]) => dayName(day)), order: Int32Array.from(order, ([, at]) => at * slots) }
    return sorted
  }
  return {
    at: (place) => {
      const byDay = dayKeys(place).map(counterOf)
      const byHour = new Map<number | null, readonly Counter[]>()
      return ({ day, hour, value, n }, side, sign) => {
        sorted = null
        const at = indexOf(day)
        if (side !== 'hour') for (const own of byDay) put(own, at, value, sign * n)
        if (side === 'day') return
        const own = byHour.get(hour) ?? hourKeys(place, hour).map(counterOf)
        byHour.set(hour, own)
        for (const counter of own) put(counter, at, value, sign * n)
      }
    },
    days: () => inOrder().days,
    lines: (view) => linesOf(sides.get(sideOf(view)) ?? new Map(), view, inOrder().order, most),
  }
}

/** Sides on which every answer is counted: main ones, and details. */
const PRESENCE = ['whole', 'detail question'] as const

/** Sides that are counted by day, each with the name of the answer's group. */
const dayKeys = (place: AnswerPlace): readonly (readonly [string, string])[] => {
  const { question, touchpoint, detail } = place
  const ofQuestion = [['question', question], ['question touchpoint', question + AND + touchpoint], ...LEDGER_SLICES.map((slice) => [`question ${slice}`, question + AND + place[slice]] as const)] as const
  if (detail) return ofQuestion.map(([side, key]) => [`detail ${side}`, key] as const)
  const slices = LEDGER_SLICES.flatMap((slice) => [[slice, place[slice]] as const, [`touchpoint ${slice}`, touchpoint + AND + place[slice]] as const])
  const { channel, language, segment } = place
  return [['whole', ''], ['touchpoint', touchpoint], ...slices, ...ofQuestion, ['channel language', channel + AND + language], ['channel segment', channel + AND + segment], ['language segment', language + AND + segment]]
}

const hourKeys = ({ question, touchpoint, detail }: AnswerPlace, hour: number | null): readonly (readonly [string, string])[] => {
  const key = hour === null ? UNDATED : HOURS[hour]!
  const ofQuestion = ['question hour', question + AND + key] as const
  if (detail) return [['detail question hour', ofQuestion[1]]]
  return [['hour', key], ['touchpoint hour', touchpoint + AND + key], ofQuestion]
}

const HOURS = Array.from({ length: 24 }, (_, hour) => String(hour).padStart(2, '0'))

const sideOf = ({ by, of, detail = false }: LedgerView): string => {
  const [divider] = Object.keys(of ?? {})
  return `${detail ? 'detail ' : ''}${divider === undefined ? by : `${divider} ${by}`}`
}

/** Lines of one question or touchpoint are found by the beginning of their names. */
const linesOf = (side: Side, { of }: LedgerView, order: Int32Array, most: number): Lines => {
  const [name] = Object.values(of ?? {})
  const begins = name === undefined ? '' : name + AND
  const own = [...side].filter(([key]) => key.startsWith(begins)).map(([key, counter]) => [key.slice(begins.length), lineOf(counter, order, most)] as const)
  return new Map(own.filter(([, { n }]) => n.some((one) => one > 0)).sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** `order`: where the counts of each unit begin. */
const lineOf = ({ cells }: Counter, order: Int32Array, most: number): Line => {
  const n = new Int32Array(order.length)
  for (let unit = 0; unit < order.length; unit++) n[unit] = cells[order[unit]! + TOTAL] ?? 0
  const sum = (value: number, from: number, to: number): number => {
    let total = 0
    for (let unit = from; unit < to; unit++) total += cells[order[unit]! + BEFORE_VALUES + value] ?? 0
    return total
  }
  return {
    n,
    counts: (from, to) => {
      const counts: { [value: string]: number } = {}
      for (let value = 0; value <= most; value++) {
        const own = sum(value, from, to)
        if (own > 0) counts[value] = own
      }
      return counts
    },
    flagged: (from, to) => sum(FLAGGED, from, to),
  }
}

/** Lines added up: of a question that is asked as score and as detail, of a stage with several places. */
export const sumOfLines = (lines: readonly Line[], units: number): Line => ({
  n: Int32Array.from({ length: units }, (_, unit) => lines.reduce((sum, { n }) => sum + n[unit]!, 0)),
  counts: (from, to) => {
    const sums: { [value: string]: number } = {}
    for (const line of lines) for (const [value, n] of Object.entries(line.counts(from, to))) sums[value] = (sums[value] ?? 0) + n
    return sums
  },
  flagged: (from, to) => lines.reduce((sum, line) => sum + line.flagged(from, to), 0),
})

export const dayNumber = (day: string): DayNumber => (day === UNDATED ? NO_DAY : Date.parse(`${day}T00:00:00Z`) / 86_400_000)
export const dayName = (day: DayNumber): string => (day === NO_DAY ? UNDATED : new Date(day * 86_400_000).toISOString().slice(0, 10))
