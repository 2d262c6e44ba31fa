/** Watched days and alarms in SQLite. */
import type { DatabaseSync } from 'node:sqlite'
import type { Alarm, AlarmStore, KeptDay, PlacedAnswer, WatchKey } from '#hub/ports/alarm-store.ts'
import { QUIET_WATCHES, type Watches } from '#shared/insights/alarm/watch-days.ts'
import type { Day, Millis } from '#shared/kernel/time.ts'
import { allRows, oneRow } from '../database/rows.ts'

type DayRow = WatchKey & { readonly day: Day; readonly hours: string; readonly after: string }
type AlarmRow = Omit<Alarm, 'raisedAt' | 'noticedAt' | 'closedAt'> & { readonly raised_at: Millis; readonly noticed_at: Millis; readonly closed_at: Millis | null }
type Count = { readonly n: number }

const COLUMNS = 'kind, place, device, since, raised_at, noticed_at, closed_at, ending, n, good, expected'

export const sqliteAlarmStore = (sql: DatabaseSync): AlarmStore => {
  const alarms = sql.prepare(`SELECT id, ${COLUMNS} FROM answer_alarm WHERE closed_at IS NULL OR closed_at >= ? ORDER BY noticed_at DESC, id DESC`)
  const one = sql.prepare(`SELECT id, ${COLUMNS} FROM answer_alarm WHERE id = ?`)
  const add = sql.prepare(`INSERT INTO answer_alarm (${COLUMNS}, opened_n, opened_good, opened_expected) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?9, ?10, ?11)`)
  const opened = sql.prepare('SELECT opened_n AS n, opened_good AS good, opened_expected AS expected FROM answer_alarm WHERE id = ? AND opened_n IS NOT NULL')
  const amend = sql.prepare(`UPDATE answer_alarm SET (${COLUMNS}) = (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) WHERE id = ?`)
  const valuesOf = (alarm: Omit<Alarm, 'id'>) =>
    [alarm.kind, alarm.place, alarm.device, alarm.since, alarm.raisedAt, alarm.noticedAt, alarm.closedAt, alarm.ending, alarm.n, alarm.good, alarm.expected] as const
  return {
    ...watching(sql),
    alarms: (closedSince) => allRows<AlarmRow>(alarms, closedSince).map(toAlarm),
    alarm: (id) => {
      const row = oneRow<AlarmRow>(one, id)
      return row && toAlarm(row)
    },
    openedWith: (id) => oneRow(opened, id),
    raise: (alarm) => ({ ...alarm, id: Number(add.run(...valuesOf(alarm)).lastInsertRowid) }),
    amend: (alarm) => void amend.run(...valuesOf(alarm), alarm.id),
  }
}

const toAlarm = ({ raised_at: raisedAt, noticed_at: noticedAt, closed_at: closedAt, ...row }: AlarmRow): Alarm => ({ ...row, raisedAt, noticedAt, closedAt })

const watching = (sql: DatabaseSync): Omit<AlarmStore, 'alarms' | 'alarm' | 'openedWith' | 'raise' | 'amend'> => {
  const MAIN = 'score IS NOT NULL AND detail = 0'
  const between = sql.prepare(`SELECT touchpoint AS place, question, kind, score AS value, at FROM feedback WHERE at >= ? AND at < ? AND ${MAIN} ORDER BY at, n`)
  const arrived = sql.prepare('SELECT max(n) AS newest, min(at) AS earliestAt FROM feedback WHERE n > ? AND at IS NOT NULL')
  const main = sql.prepare(`SELECT touchpoint AS place, question, count(*) AS n FROM feedback WHERE at >= ? AND ${MAIN} GROUP BY touchpoint, question ORDER BY touchpoint, n DESC, question`)
  const days = sql.prepare(`SELECT w.place, w.question, w.day, hours, after FROM watched_day w LEFT JOIN watch_anew a ON a.place = w.place AND a.question = w.question
    WHERE w.day >= ? AND w.day >= coalesce(a.day, '') ORDER BY w.day, w.place, w.question`)
  const keep = sql.prepare('INSERT OR REPLACE INTO watched_day (place, question, day, hours, after) VALUES (?, ?, ?, ?, ?)')
  const read = readDays()
  const forget = sql.prepare('DELETE FROM watched_day WHERE day < ?')
  const anew = sql.prepare('INSERT INTO watch_anew (place, question, day) VALUES (?, ?, ?) ON CONFLICT (place, question) DO UPDATE SET day = excluded.day')
  const begun = sql.prepare('SELECT place, question, day FROM watch_anew')
  const quiet = sql.prepare('UPDATE watched_day SET after = ? WHERE place = ? AND question = ? AND day >= ?')
  const seen = sql.prepare('SELECT n FROM watch_seen')
  const noteSeen = sql.prepare('INSERT INTO watch_seen (one, n) VALUES (1, ?) ON CONFLICT (one) DO UPDATE SET n = excluded.n')
  return {
    answersBetween: (from, until) => allRows<PlacedAnswer>(between, from, until),
    arrivedAfter: (n) => {
      const row = oneRow<{ readonly newest: number | null; readonly earliestAt: Millis | null }>(arrived, n)
      return row && row.newest !== null && row.earliestAt !== null ? { newest: row.newest, earliestAt: row.earliestAt } : null
    },
    mainQuestions: (from) => {
      const first = new Map<string, WatchKey>()
      for (const { place, question } of allRows<WatchKey & Count>(main, from)) if (!first.has(place)) first.set(place, { place, question })
      return [...first.values()]
    },
    daysSince: (from) => allRows<DayRow>(days, from).map(read),
    keepDay: ({ place, question, day, hours, after }) => void keep.run(place, question, day, JSON.stringify(hours.map(({ hits, n }) => [hits, n])), JSON.stringify(after)),
    forgetDaysBefore: (day) => void forget.run(day),
    begunAnew: () => allRows(begun),
    beginAnew: ({ place, question }, from) => {
      anew.run(place, question, from)
      quiet.run(JSON.stringify(QUIET_WATCHES), place, question, from)
    },
    seen: () => oneRow<Count>(seen)?.n ?? 0,
    noteSeen: (n) => void noteSeen.run(n),
  }
}

/** Half a year is looked at with every look, and all but today stays as it is. */
const readDays = (): ((row: DayRow) => KeptDay) => {
  const known = new Map<string, { readonly row: DayRow; readonly day: KeptDay }>()
  return (row) => {
    const name = JSON.stringify([row.day, row.place, row.question])
    const kept = known.get(name)
    if (kept && kept.row.hours === row.hours && kept.row.after === row.after) return kept.day
    if (known.size >= MOST_DAYS) known.clear()
    const day = toDay(row)
    known.set(name, { row, day })
    return day
  }
}
const MOST_DAYS = 20_000

const toDay = ({ hours, after, ...key }: DayRow): KeptDay => ({
  ...key,
  hours: (JSON.parse(hours) as readonly (readonly [number, number])[]).map(([hits, n]) => ({ hits, n })),
  after: JSON.parse(after) as Watches,
})
