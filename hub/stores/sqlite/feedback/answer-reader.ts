/** Answers one by one in SQLite, page by page. */
import type { DatabaseSync, SQLInputValue } from 'node:sqlite'
import { READ_PAGE, type AnswerReader, type MaskedWords, type ReadFilter, type ScoredAnswer } from '#hub/ports/answer-reader.ts'
import { allRows } from '../database/rows.ts'

export const sqliteAnswerReader = (sql: DatabaseSync): AnswerReader => {
  const page = <Row>(columns: string, what: string): ((filter: ReadFilter, before: number) => readonly Row[]) => (filter, before) => {
    const parts: readonly (readonly [string, SQLInputValue | undefined])[] = [['at >= ?', filter.from], ['at <= ?', filter.until], ['touchpoint = ?', filter.at]]
    const given = parts.flatMap(([text, value]) => (value === undefined ? [] : [{ text: ` AND ${text}`, value }]))
    return allRows<Row>(sql.prepare(`SELECT ${columns} FROM feedback WHERE n < ? AND ${what}${given.map(({ text }) => text).join('')} ORDER BY n DESC LIMIT ${READ_PAGE}`), before, ...given.map(({ value }) => value))
  }
  return {
    scored: page<ScoredAnswer>('n, dev, response, touchpoint, at, question, kind, detail, score AS value', 'score IS NOT NULL'),
    words: page<MaskedWords>('n, response, touchpoint, at, words AS text', "kind = 'text' AND (hidden IS NULL OR hidden = 'shown')"),
  }
}
