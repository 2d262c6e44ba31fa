/** When answers were given that were erased lately, and answers in the order of their arrival. */
import type { Migration } from '../database/migration.ts'

/**
 * `erased_answer`: that one of this quarter of an hour was erased, and when; no id, no value, no place. For two days, in which what programs are told leaves out its day.
 * The indexes: which answers have had their time, and how many are kept of either class.
 */
export const PRIVACY_TABLES: Migration = {
  name: 'privacy-1',
  sql: `
    CREATE TABLE erased_answer (n INTEGER PRIMARY KEY, kind TEXT NOT NULL, quarter INTEGER, gone_at INTEGER NOT NULL) STRICT;
    CREATE INDEX erased_answer_gone ON erased_answer (gone_at);
    CREATE INDEX feedback_taps ON feedback (received_at) WHERE kind NOT IN ('text', 'contact');
    CREATE INDEX feedback_words ON feedback (received_at) WHERE kind IN ('text', 'contact');
  `,
}

/** What an alarm was raised with, which is what programs are told of it; null: an answer of it was erased. */
export const ALARM_NUMBERS: Migration = {
  name: 'privacy-2',
  sql: `
    ALTER TABLE answer_alarm ADD COLUMN opened_n INTEGER;
    ALTER TABLE answer_alarm ADD COLUMN opened_good INTEGER;
    ALTER TABLE answer_alarm ADD COLUMN opened_expected REAL;
    UPDATE answer_alarm SET opened_n = n, opened_good = good, opened_expected = expected;
  `,
}
