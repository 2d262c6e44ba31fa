/** Answers counted by place and month, how far they are counted, and what has changed of those that are. */
import type { DatabaseSync } from 'node:sqlite'
import type { Migration } from '../database/migration.ts'

const PLACE = "kind TEXT NOT NULL, question TEXT NOT NULL, survey TEXT NOT NULL, detail INTEGER NOT NULL, touchpoint TEXT NOT NULL, channel TEXT NOT NULL, dev TEXT NOT NULL, lang TEXT NOT NULL, segment TEXT NOT NULL"

/** `answer_count.sums`: kind and hour of the last sums that are counted, as JSON; null: all are. `moving`: answers become sums, which changes no cell. Sums keep what the answers said of language, channel and segment. */
export const ANSWER_CELL_TABLES: Migration = {
  name: 'answer-cells-1',
  sql: `
    ALTER TABLE feedback ADD COLUMN segment TEXT;
    CREATE TABLE feedback_sum_next (
      kind TEXT NOT NULL, question TEXT NOT NULL, touchpoint TEXT NOT NULL, dev TEXT NOT NULL, detail INTEGER NOT NULL,
      hour INTEGER NOT NULL, answer TEXT NOT NULL, survey TEXT NOT NULL, channel TEXT NOT NULL, lang TEXT NOT NULL, segment TEXT NOT NULL,
      n INTEGER NOT NULL, flagged INTEGER NOT NULL, PRIMARY KEY (kind, hour, question, touchpoint, dev, detail, answer, survey, channel, lang, segment)
    ) STRICT, WITHOUT ROWID;
    INSERT INTO feedback_sum_next (kind, question, touchpoint, dev, detail, hour, answer, survey, channel, lang, segment, n, flagged)
      SELECT kind, question, touchpoint, dev, detail, hour, answer, '', CASE dev WHEN '' THEN 'import' ELSE 'kiosk' END, '', '', n, flagged FROM feedback_sum;
    DROP TABLE feedback_sum;
    ALTER TABLE feedback_sum_next RENAME TO feedback_sum;
    CREATE INDEX feedback_sum_dev ON feedback_sum (dev, hour, n);
    CREATE TABLE answer_line (n INTEGER PRIMARY KEY, hourly INTEGER NOT NULL, ${PLACE}, UNIQUE (kind, hourly, question, survey, detail, touchpoint, channel, dev, lang, segment)) STRICT;
    CREATE TABLE answer_cell (line INTEGER NOT NULL, month INTEGER NOT NULL, counts BLOB NOT NULL, PRIMARY KEY (line, month)) STRICT, WITHOUT ROWID;
    CREATE TABLE answer_change (n INTEGER PRIMARY KEY AUTOINCREMENT, ${PLACE}, at INTEGER, score INTEGER NOT NULL, flagged INTEGER NOT NULL, times INTEGER NOT NULL) STRICT;
    CREATE TABLE answer_count (one INTEGER PRIMARY KEY CHECK (one = 1), upto INTEGER NOT NULL, sums TEXT, time_zone TEXT NOT NULL, moving INTEGER NOT NULL, stamp INTEGER NOT NULL) STRICT;
    INSERT INTO answer_count (one, upto, sums, time_zone, moving, stamp) VALUES (1, 0, '["",-2]', '', 0, 0);
  `,
}

/** Tables that can be made anew from the answers. */
export const COUNTED_TABLES: ReadonlySet<string> = new Set(['answer_line', 'answer_cell', 'answer_change', 'answer_count'])

const WATCHED = 'kind, question, survey, detail, touchpoint, channel, dev, lang, segment, at, score, flags'
const CHANGE = 'INSERT INTO answer_change (kind, question, survey, detail, touchpoint, channel, dev, lang, segment, at, score, flagged, times)'
const of = (row: 'OLD' | 'NEW', times: 1 | -1): string => `${CHANGE}
  SELECT ${row}.kind, ${row}.question, ${row}.survey, ${row}.detail, ${row}.touchpoint, ${row}.channel, ${row}.dev, coalesce(${row}.lang, ''), coalesce(${row}.segment, ''), ${row}.at, ${row}.score, ${row}.flags IS NOT NULL, ${times}
  WHERE ${row}.score IS NOT NULL;`
const IS_COUNTED = 'OLD.n <= (SELECT upto FROM answer_count)'

/**
 * Whoever corrects, erases or flags an answer that is counted leaves a note of it in the same transaction, without knowing of cells.
 * Shape   of this connection alone, so that tables can be made anew.
 */
export const noteChanges = (sql: DatabaseSync): void => {
  sql.exec(`
    CREATE TEMP TRIGGER IF NOT EXISTS counted_answer_gone AFTER DELETE ON main.feedback WHEN ${IS_COUNTED} AND (SELECT moving FROM answer_count) = 0 BEGIN ${of('OLD', -1)} END;
    CREATE TEMP TRIGGER IF NOT EXISTS counted_answer_changed AFTER UPDATE OF ${WATCHED} ON main.feedback WHEN ${IS_COUNTED} BEGIN ${of('OLD', -1)} ${of('NEW', 1)} END;
  `)
}

/** The next count begins all over. */
export const forgetCells = (sql: DatabaseSync): void => {
  sql.exec(`DELETE FROM answer_cell; DELETE FROM answer_line; DELETE FROM answer_change;
    INSERT OR REPLACE INTO answer_count (one, upto, sums, time_zone, moving, stamp) SELECT 1, 0, '["",-2]', '', 0, coalesce((SELECT stamp FROM answer_count), 0) + 1`)
}
