/** Counts of one month in a list of whole numbers: two for every day, hour and value that was given. Written and read many thousand times a second. */
import { FLAGGED, NO_DAY, type DayNumber, type LedgerEntry } from './answer-ledger.ts'

/** Shape  keys and their counts in turns, keys ascending, no count of nought. */
export type MonthCounts = Uint32Array
/** Months since the year 0; NO_MONTH holds what carries no time. */
export type MonthNumber = number
export const NO_MONTH: MonthNumber = -1

export const monthOf = (day: DayNumber): MonthNumber => {
  if (day === NO_DAY) return NO_MONTH
  const date = new Date(day * DAY_MS)
  return date.getUTCFullYear() * 12 + date.getUTCMonth()
}

const DAY_MS = 86_400_000
/** None, and 24. */
const HOURS = 25
/** Signs of play, and 0 … 14. */
const VALUES = 16

/** Name of a place in a month. */
export const keyIn = (month: MonthNumber, { day, hour, value }: Omit<LedgerEntry, 'n'>): number => {
  const dayOfMonth = month === NO_MONTH ? 0 : day - firstDay(month)
  return (dayOfMonth * HOURS + (hour === null ? 0 : hour + 1)) * VALUES + value - FLAGGED
}

export const entriesOf = (month: MonthNumber, counts: MonthCounts): readonly LedgerEntry[] =>
  Array.from({ length: counts.length / 2 }, (_, i) => entryAt(month, counts[2 * i]!, counts[2 * i + 1]!))

export const entryAt = (month: MonthNumber, key: number, n: number): LedgerEntry => {
  const hour = Math.floor(key / VALUES) % HOURS
  return { day: (month === NO_MONTH ? NO_DAY : firstDay(month)) + Math.floor(key / (HOURS * VALUES)), hour: hour === 0 ? null : hour - 1, value: (key % VALUES) + FLAGGED, n }
}

/** With what was added since, by key, and what was taken away. Errors  throws RangeError if more would go than is there: only a bug can cause it. */
export const withAdded = (counts: MonthCounts, added: ReadonlyMap<number, number>): MonthCounts => {
  const keys = Uint32Array.from(added.keys()).sort()
  const merged = new Uint32Array(counts.length + 2 * keys.length)
  let length = 0
  const put = (key: number, n: number): void => {
    if (n < 0) throw new RangeError(`${-n} answers more gone than there were`)
    if (n === 0) return
    merged[length] = key
    merged[length + 1] = n
    length += 2
  }
  let next = 0
  for (let i = 0; i < counts.length; i += 2) {
    const key = counts[i]!
    for (; next < keys.length && keys[next]! < key; next++) put(keys[next]!, added.get(keys[next]!)!)
    const more = next < keys.length && keys[next] === key ? added.get(keys[next++]!)! : 0
    put(key, counts[i + 1]! + more)
  }
  for (; next < keys.length; next++) put(keys[next]!, added.get(keys[next]!)!)
  return merged.slice(0, length)
}

const firstDay = (month: MonthNumber): DayNumber => Date.UTC(Math.floor(month / 12), month % 12) / DAY_MS
