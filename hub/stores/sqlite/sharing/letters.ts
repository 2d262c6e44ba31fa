/** Weekly letters in SQLite. */
import type { DatabaseSync } from 'node:sqlite'
import type { Letters } from '#hub/ports/letters.ts'
import type { KeptLetter } from '#shared/protocol/weekly-letter.ts'
import { allRows, oneRow } from '../database/rows.ts'

export const sqliteLetters = (sql: DatabaseSync): Letters => {
  const keep = sql.prepare('INSERT OR IGNORE INTO letter (week, told_at, content) VALUES (?, ?, ?)')
  const forget = sql.prepare('DELETE FROM letter WHERE week NOT IN (SELECT week FROM letter ORDER BY week DESC LIMIT ?)')
  const find = sql.prepare('SELECT content FROM letter WHERE week = ?')
  const weeks = sql.prepare('SELECT week FROM letter ORDER BY week DESC')
  return {
    keep: (letter, most) => {
      keep.run(letter.week, letter.toldAt, JSON.stringify(letter))
      forget.run(most)
    },
    find: (week) => {
      const row = oneRow<{ readonly content: string }>(find, week)
      return row && (JSON.parse(row.content) as KeptLetter)
    },
    weeks: () => allRows<{ readonly week: string }>(weeks).map(({ week }) => week),
  }
}
