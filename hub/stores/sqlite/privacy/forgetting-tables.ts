/** What tied answers to visits, calls and receipts for good, made again without the ties; and visits that had their time, as counts. */
import type { Migration } from '../database/migration.ts'

/**
 * Calls that wait name the numbers their answers lie between. That a visit left an answer has no moment of its own.
 * `visit_day`: by device and the beginning of a day of the store. `visit_folded`: visits that began before are counts alone.
 */
export const FORGETTING_TABLES: Migration = {
  name: 'forgetting-1',
  sql: `
    UPDATE outgoing_call SET data = json_object(
      'after', (SELECT min(n) - 1 FROM feedback WHERE id IN (SELECT value FROM json_each(data, '$.refs'))),
      'upTo', (SELECT max(n) FROM feedback WHERE id IN (SELECT value FROM json_each(data, '$.refs')))
    ) WHERE event = 'feedback.received';
    DELETE FROM outgoing_call WHERE event = 'feedback.received' AND json_extract(data, '$.upTo') IS NULL;
    CREATE TABLE answered_visit_next (dev TEXT NOT NULL, sid TEXT NOT NULL, PRIMARY KEY (dev, sid)) STRICT, WITHOUT ROWID;
    INSERT INTO answered_visit_next (dev, sid) SELECT dev, sid FROM answered_visit;
    DROP TABLE answered_visit;
    ALTER TABLE answered_visit_next RENAME TO answered_visit;
    CREATE TABLE visit_day (
      dev TEXT NOT NULL, day INTEGER NOT NULL, visits INTEGER NOT NULL, told INTEGER NOT NULL, baskets INTEGER NOT NULL, shown_told INTEGER NOT NULL,
      shown INTEGER NOT NULL, opened INTEGER NOT NULL, ordered INTEGER NOT NULL, answered INTEGER NOT NULL, PRIMARY KEY (dev, day)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE visit_folded (one INTEGER PRIMARY KEY CHECK (one = 1), before INTEGER NOT NULL) STRICT;
    DELETE FROM board_voice WHERE id IN (SELECT id FROM erased);
    ALTER TABLE erased_receipt ADD COLUMN arrived INTEGER NOT NULL DEFAULT 0;
    UPDATE erased_receipt SET arrived = 1 WHERE hash IN (SELECT hash FROM receipt_event);
    DELETE FROM receipt_event WHERE hash IN (SELECT hash FROM erased_receipt) OR id IN (SELECT id FROM erased);
  `,
}
