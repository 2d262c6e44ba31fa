/** Cells of counted answers in SQLite. */
import type { DatabaseSync } from 'node:sqlite'
import { COUNT_STEP, type AnswerCell, type AnswerCells, type UncountedAnswers } from '#hub/ports/answer-cells.ts'
import { SCALES } from '#shared/feedback/scales.ts'
import { FLAGGED, type AnswerPlace } from '#shared/insights/rollup/answer-ledger.ts'
import { entriesOf, entryAt, keyIn, monthOf, withAdded, type MonthCounts, type MonthNumber } from '#shared/insights/rollup/month-counts.ts'
import { momentOf } from '#shared/insights/report-figures.ts'
import { QUARTER_MS } from '#shared/insights/group-tallies.ts'
import { millis, type Millis } from '#shared/kernel/time.ts'
import { forgetCells } from './answer-cell-tables.ts'
import { NO_HOUR } from '../feedback/feedback-sums.ts'
import { allRows, oneRow } from '../database/rows.ts'

/** A row of `feedback`, of its sums, or of a change. */
type Answers = {
  readonly kind: string
  readonly question: string
  readonly survey: string
  readonly detail: 0 | 1
  readonly touchpoint: string
  readonly channel: string
  readonly dev: string
  readonly lang: string
  readonly segment: string
  readonly at: number | null
  readonly score: number
  readonly flagged: number
  readonly n: number
}
type Numbered = Omit<Answers, 'score'> & { readonly row: number; readonly score: number | null }
type Standing = { readonly upto: number; readonly sums: string | null; readonly time_zone: string; readonly stamp: number }
type LineRow = Omit<Answers, 'at' | 'score' | 'flagged' | 'n'>
type CellRow = LineRow & { readonly line: number; readonly month: number; readonly hourly: 0 | 1; readonly counts: Uint8Array | null }
/** Keys of a month with what is added to them. */
type Added = { readonly place: LineRow; readonly hourly: 0 | 1; readonly months: Map<MonthNumber, Map<number, number>> }

/** Read one by one at most; so many are counted at once. */
const KEEP_UNCOUNTED = 500
/** Whoever looks less often reads everything again. */
const KEEP_STAMPS = 64

const PLACE = 'kind, question, survey, detail, touchpoint, channel, dev, lang, segment'
const ROW = "kind, question, survey, detail, touchpoint, channel, dev, coalesce(lang, '') AS lang, coalesce(segment, '') AS segment, at, score, flags IS NOT NULL AS flagged, 1 AS n"
const SUM = `kind, question, survey, detail, touchpoint, channel, dev, lang, segment, CASE hour WHEN ${NO_HOUR} THEN NULL ELSE hour END AS at, CAST(answer AS INTEGER) AS score, flagged, n`
/** Sums of choices have no score. */
const SCORED_SUMS = `feedback_sum WHERE kind IN (${Object.keys(SCALES).map((kind) => `'${kind}'`).join(', ')})`
const CHANGE = `${PLACE}, at, score, times * flagged AS flagged, times AS n`

export const sqliteAnswerCells = (sql: DatabaseSync): AnswerCells => {
  const standing = sql.prepare('SELECT upto, sums, time_zone, stamp FROM answer_count')
  const read = reading(sql)
  const count = counting(sql)
  /** Cells of each stamp; null: all. */
  const touched = new Map<number, ReadonlySet<string> | null>()
  const touch = (stamp: number, cells: ReadonlySet<string> | null): void => {
    touched.set(stamp, cells)
    touched.delete(stamp - KEEP_STAMPS)
  }
  let added = KEEP_UNCOUNTED
  const stand = (): Standing => oneRow<Standing>(standing)!
  const step = (timeZone: string): boolean => {
    if (stand().time_zone !== timeZone) {
      forgetCells(sql)
      sql.prepare('UPDATE answer_count SET time_zone = ?').run(timeZone)
      touch(stand().stamp, null)
    }
    const { done, cells, stamp } = count(stand(), timeZone)
    if (cells.size > 0) touch(stamp, cells)
    return done
  }
  return {
    count: step,
    keepUp: (timeZone, more) => {
      added += more
      if (added < KEEP_UNCOUNTED) return
      step(timeZone)
      added = 0
    },
    stamp: () => stand().stamp,
    cells: (kind) => read.cells(kind),
    changedSince: (kind, since) => {
      const keys = new Set<string>()
      for (let stamp = since + 1; stamp <= stand().stamp; stamp++) {
        const own = touched.get(stamp)
        if (!own) return null
        for (const key of own) keys.add(key)
      }
      return [...keys].flatMap((key) => read.cell(kind, key))
    },
    uncounted: (kind) => read.uncounted(kind, stand()),
    forget: () => {
      forgetCells(sql)
      touch(stand().stamp, null)
    },
    differences: () => differing(sql, stand(), read),
  }
}

const reading = (sql: DatabaseSync) => {
  const all = sql.prepare(`SELECT line, month, hourly, ${PLACE}, counts FROM answer_line JOIN answer_cell ON line = n WHERE kind = ?`)
  const one = sql.prepare(`SELECT l.n AS line, ?2 AS month, hourly, ${PLACE}, counts FROM answer_line l LEFT JOIN answer_cell c ON c.line = l.n AND c.month = ?2 WHERE l.n = ?1 AND kind = ?3`)
  // By number: the plus keeps the index of kinds away, which would read all answers of the kind.
  const rows = sql.prepare(`SELECT ${ROW} FROM feedback WHERE feedback.n > ? AND +kind = ? AND score IS NOT NULL`)
  const changes = sql.prepare(`SELECT ${CHANGE} FROM answer_change WHERE kind = ?`)
  const sums = sql.prepare(`SELECT ${SUM} FROM ${SCORED_SUMS} AND kind = ?1 AND (kind, hour) > (?2, ?3)`)
  return {
    cells: function* (kind: string): Generator<AnswerCell> {
      for (const row of all.iterate(kind) as Iterable<unknown> as Iterable<CellRow>) yield toCell(row)
    },
    cell: (kind: string, key: string): readonly AnswerCell[] => {
      const [line, month] = key.split(' ').map(Number) as [number, number]
      return allRows<CellRow>(one, line, month, kind).map(toCell)
    },
    uncounted: (kind: string, { upto, sums: counted }: Standing): readonly UncountedAnswers[] => {
      const [lastKind, lastHour] = counted === null ? [null, 0] : (JSON.parse(counted) as readonly [string, number])
      const late = lastKind === null ? [] : allRows<Answers>(sums, kind, lastKind, lastHour)
      return [...allRows<Answers>(rows, upto, kind), ...allRows<Answers>(changes, kind), ...late].map((row) => ({ place: toPlace(row), at: row.at as Millis | null, value: row.score, n: row.n, flagged: row.flagged }))
    },
  }
}

const toCell = (row: CellRow): AnswerCell => ({ line: row.line, month: row.month, side: row.hourly === 1 ? 'hour' : 'day', place: toPlace(row), entries: row.counts === null ? [] : entriesOf(row.month, unpacked(row.counts)) })

/** A person may carry a tablet; a kiosk stands where it stands. What is no kiosk is known by its channel alone. */
const toPlace = ({ question, survey, detail, touchpoint, channel, dev, lang, segment }: LineRow): AnswerPlace => ({ question, survey, detail: detail === 1, touchpoint, channel, device: channel === 'kiosk' ? dev : channel, language: lang, segment })

const counting = (sql: DatabaseSync) => {
  const rows = sql.prepare(`SELECT feedback.n AS row, ${ROW} FROM feedback WHERE feedback.n > ? ORDER BY feedback.n LIMIT ${COUNT_STEP}`)
  const changes = sql.prepare(`SELECT answer_change.n AS row, ${CHANGE} FROM answer_change ORDER BY answer_change.n LIMIT ${COUNT_STEP}`)
  const forgetChanges = sql.prepare('DELETE FROM answer_change WHERE n <= ?')
  const sums = summing(sql)
  const move = sql.prepare('UPDATE answer_count SET upto = ?, sums = ?, stamp = stamp + ?')
  const write = writing(sql)
  return ({ upto, sums: counted, stamp }: Standing, timeZone: string): { readonly done: boolean; readonly cells: ReadonlySet<string>; readonly stamp: number } => {
    const add = adding(timeZone)
    const newest = allRows<Numbered>(rows, upto)
    const changed = allRows<Numbered & Answers>(changes)
    const late = counted === null ? { rows: [], next: null } : sums(counted)
    for (const row of newest) if (row.score !== null) add.answers(row as Answers)
    for (const row of changed) add.answers(row)
    for (const row of late.rows) add.answers(row)
    if (changed.length > 0) forgetChanges.run(changed.at(-1)!.row)
    const cells = write(add.all())
    if (cells.size + newest.length > 0 || late.next !== counted) move.run(newest.at(-1)?.row ?? upto, late.next, cells.size > 0 ? 1 : 0)
    return { done: newest.length < COUNT_STEP && changed.length < COUNT_STEP && late.next === null, cells, stamp: stamp + (cells.size > 0 ? 1 : 0) }
  }
}

/** Sums in the order of their key, whole hours of a scale at a time. */
const summing = (sql: DatabaseSync): ((counted: string) => { readonly rows: readonly Answers[]; readonly next: string | null }) => {
  const place = sql.prepare(`SELECT kind, hour FROM feedback_sum WHERE (kind, hour) > (?, ?) ORDER BY kind, hour LIMIT 1 OFFSET ${COUNT_STEP}`)
  const between = sql.prepare(`SELECT ${SUM} FROM ${SCORED_SUMS} AND (kind, hour) > (?1, ?2) AND (?3 IS NULL OR (kind, hour) <= (?3, ?4))`)
  return (counted) => {
    const [kind, hour] = JSON.parse(counted) as readonly [string, number]
    const until = oneRow<{ readonly kind: string; readonly hour: number }>(place, kind, hour)
    return { rows: allRows<Answers>(between, kind, hour, until?.kind ?? null, until?.hour ?? null), next: until && JSON.stringify([until.kind, until.hour]) }
  }
}

/** Between the parts of a name: in no id. */
const AND = '\u0000'

/** Gathers what goes into which cell. An hourly line knows question and touchpoint alone. */
const adding = (timeZone: string): { answers(row: Answers): void; all(): Iterable<Added> } => {
  const lines = new Map<string, Added>()
  const moments = new Map<number | null, ReturnType<typeof momentOf>>()
  const lineOf = (row: LineRow, hourly: 0 | 1): Added => {
    const { kind, question, detail, touchpoint } = row
    const name = hourly === 1 ? [kind, question, detail, touchpoint].join(AND) : [kind, question, row.survey, detail, touchpoint, row.channel, row.channel === 'kiosk' ? row.dev : '', row.lang, row.segment].join(AND)
    const known = lines.get(name)
    if (known) return known
    const [survey = '', channel = '', dev = '', lang = '', segment = ''] = hourly === 1 ? [] : [row.survey, row.channel, row.channel === 'kiosk' ? row.dev : '', row.lang, row.segment]
    const added: Added = { place: { kind, question, survey, detail, touchpoint, channel, dev, lang, segment }, hourly, months: new Map() }
    lines.set(name, added)
    return added
  }
  return {
    answers: (row) => {
      // whole quarters share one reading of the clock
      const quarter = row.at === null ? null : Math.floor(row.at / QUARTER_MS) * QUARTER_MS
      const moment = moments.get(quarter) ?? momentOf(quarter === null ? null : millis(quarter), timeZone)
      moments.set(quarter, moment)
      const month = monthOf(moment.day)
      for (const hourly of [0, 1] as const) {
        const { months } = lineOf(row, hourly)
        const keys = months.get(month) ?? new Map<number, number>()
        months.set(month, keys)
        const hour = hourly === 1 ? moment.hour : null
        const put = (value: number, n: number): void => {
          if (n === 0) return
          const key = keyIn(month, { day: moment.day, hour, value })
          keys.set(key, (keys.get(key) ?? 0) + n)
        }
        put(row.score, row.n)
        put(FLAGGED, row.flagged)
      }
    },
    all: () => lines.values(),
  }
}

const writing = (sql: DatabaseSync): ((lines: Iterable<Added>) => ReadonlySet<string>) => {
  const names = PLACE.split(', ')
  const find = sql.prepare(`SELECT n FROM answer_line WHERE hourly = ? AND ${names.map((name) => `${name} = ?`).join(' AND ')}`)
  const make = sql.prepare(`INSERT INTO answer_line (hourly, ${PLACE}) VALUES (?${', ?'.repeat(names.length)})`)
  const held = sql.prepare('SELECT counts FROM answer_cell WHERE line = ? AND month = ?')
  const keep = sql.prepare('INSERT INTO answer_cell (line, month, counts) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET counts = excluded.counts')
  const drop = sql.prepare('DELETE FROM answer_cell WHERE line = ? AND month = ?')
  return (lines) => {
    const touched = new Set<string>()
    for (const { place, hourly, months } of lines) {
      const values = [hourly, ...Object.values(place)] as const
      const line = oneRow<{ readonly n: number }>(find, ...values)?.n ?? Number(make.run(...values).lastInsertRowid)
      for (const [month, keys] of months) {
        const before = oneRow<{ readonly counts: Uint8Array }>(held, line, month)
        const counts = withAdded(before ? unpacked(before.counts) : NOTHING, keys)
        if (counts.length > 0) keep.run(line, month, new Uint8Array(counts.buffer))
        else if (before) drop.run(line, month)
        touched.add(`${line} ${month}`)
      }
    }
    return touched
  }
}

const NOTHING: MonthCounts = new Uint32Array()
/** Bytes of the disk begin at any address; numbers do not. */
const unpacked = (bytes: Uint8Array): MonthCounts => new Uint32Array(bytes.slice().buffer)

/** Counted rows and sums, without what has changed since, against the cells. */
const differing = (sql: DatabaseSync, { upto, sums: counted, time_zone: timeZone }: Standing, read: ReturnType<typeof reading>): readonly string[] => {
  const left = new Map<string, number>()
  const put = (place: AnswerPlace, side: string, { day, hour, value, n }: AnswerCell['entries'][number], sign: 1 | -1): void => {
    const name = [side, day, hour, value, ...Object.values(place)].join(' ')
    left.set(name, (left.get(name) ?? 0) + sign * n)
  }
  const putRows = (statement: string, sign: 1 | -1, ...values: readonly (string | number)[]): void => {
    for (const row of sql.prepare(statement).iterate(...values) as Iterable<unknown> as Iterable<Answers>) {
      const add = adding(timeZone)
      add.answers(row)
      for (const { place, hourly, months } of add.all())
        for (const [month, keys] of months) for (const [key, n] of keys) put(toPlace(place), hourly === 1 ? 'hour' : 'day', entryAt(month, key, n), sign)
    }
  }
  putRows(`SELECT ${ROW} FROM feedback WHERE feedback.n <= ? AND score IS NOT NULL`, 1, upto)
  if (counted === null) putRows(`SELECT ${SUM} FROM ${SCORED_SUMS}`, 1)
  else putRows(`SELECT ${SUM} FROM ${SCORED_SUMS} AND (kind, hour) <= (?, ?)`, 1, ...(JSON.parse(counted) as readonly [string, number]))
  putRows(`SELECT ${CHANGE} FROM answer_change`, -1)
  for (const kind of Object.keys(SCALES)) for (const { place, side, entries } of read.cells(kind)) for (const entry of entries) put(place, side, entry, -1)
  return [...left].filter(([, n]) => n !== 0).map(([name, n]) => `${n > 0 ? 'lacks' : 'has'} ${Math.abs(n)} of ${name}`)
}
