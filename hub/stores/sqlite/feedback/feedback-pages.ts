/** Answers in the order of their numbers, in SQLite. */
import type { DatabaseSync } from 'node:sqlite'
import type { FeedbackPages, NumberedAnswer } from '#hub/ports/feedback-pages.ts'
import type { Millis } from '#shared/kernel/time.ts'
import { allRows, oneRow, overMany } from '../database/rows.ts'

type Row = Omit<NumberedAnswer, 'value' | 'receivedAt' | 'at'> & { readonly score: number | null; readonly words: string | null; readonly at: Millis | null; readonly received_at: number }

const COLUMNS = 'n, id, response, touchpoint, question, kind, score, words, at, received_at, channel'
const SHOWN = `kind <> 'contact' AND (hidden IS NULL OR hidden = 'shown')`
/** Kinds whose words are a list. */
const LISTS: ReadonlySet<string> = new Set(['choice', 'ranking', 'amount'])

export const sqliteFeedbackPages = (sql: DatabaseSync): FeedbackPages => {
  const after = sql.prepare(`SELECT ${COLUMNS} FROM feedback WHERE n > ? AND ${SHOWN} ORDER BY n LIMIT ?`)
  const last = sql.prepare('SELECT coalesce(max(n), 0) AS n FROM feedback')
  const many = sql.prepare('SELECT count(*) AS n FROM (SELECT DISTINCT response FROM feedback WHERE at >= ? AND at < ? AND touchpoint = ? LIMIT ?)')
  const comments = sql.prepare(`SELECT ${COLUMNS} FROM feedback WHERE at >= ? AND at < ? AND kind = 'text' AND ${SHOWN} ORDER BY at DESC, n DESC LIMIT ?`)
  const ofIds = overMany(sql, `SELECT ${COLUMNS} FROM feedback WHERE id IN (?…) AND ${SHOWN}`)
  const received = sql.prepare(`SELECT ${COLUMNS} FROM feedback WHERE n > ? AND channel <> 'import' AND ${SHOWN} ORDER BY n LIMIT ?`)
  const read = (statement: typeof after): FeedbackPages['after'] => (place, limit, before) => {
    const rows = allRows<Row>(statement, place, limit)
    const end = rows.findIndex(({ received_at }) => received_at >= before)
    return (end < 0 ? rows : rows.slice(0, end)).map(toAnswer)
  }
  return {
    after: read(after),
    received: read(received),
    last: () => oneRow<{ readonly n: number }>(last)!.n,
    isMany: (touchpoint, from, until, least) => oneRow<{ readonly n: number }>(many, from, until, touchpoint, least)!.n >= least,
    comments: (from, until, limit) => allRows<Row>(comments, from, until, limit).map(toAnswer),
    ofIds: (ids) => (ids.length === 0 ? [] : allRows<Row>(ofIds(ids.length), ...ids).map(toAnswer)),
  }
}

const toAnswer = ({ score, words, received_at: receivedAt, ...row }: Row): NumberedAnswer => ({
  ...row,
  receivedAt,
  value: score ?? (LISTS.has(row.kind) ? (JSON.parse(words!) as readonly string[]) : words!),
})
